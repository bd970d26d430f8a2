"""Who may do what: accounts, teams, and the role of each in each."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Role(models.IntegerChoices):
    """What a member of a team may do; each role may do what those below it may."""

    VIEWER = 1
    EDITOR = 2
    ADMIN = 3


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; an address is one account's, however it is spelled."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """Return a new account."""
        account = Account(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """Return the account of an address."""
        return self.get(email__iexact=username or "")


class Account(AbstractBaseUser):
    """One person who signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, blank=True)
    """es or en; empty: the browser's."""
    zone = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = AccountManager()

    class Meta:
        """One account an address, however it is spelled."""

        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_account")]

    def __str__(self) -> str:
        return self.name or self.email


class Team(models.Model):
    """People who draw and read the same maps."""

    name = models.CharField(max_length=300)
    members: models.ManyToManyField[Account, Membership] = models.ManyToManyField(
        Account, through="Membership", related_name="teams"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What one account may do in one team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    role = models.PositiveSmallIntegerField(choices=Role.choices, default=Role.VIEWER)
    sees_people = models.BooleanField(default=False)
    """May see personal data; every look is written down."""

    class Meta:
        """One role a person and team."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "account"], name="one_membership")
        ]


class Invitation(models.Model):
    """A link that lets somebody make an account in a team; only its hash is kept."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.PositiveSmallIntegerField(choices=Role.choices, default=Role.VIEWER)
    sees_people = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
