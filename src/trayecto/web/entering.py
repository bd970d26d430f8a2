"""A ticket that signs somebody in once: what the demo opens, so that nobody needs a password."""

from __future__ import annotations

from secrets import token_urlsafe

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from trayecto.web.models import Account, Membership, Role, Team
from trayecto.web.shelf import adopt_files

DEMO = "demo@example.com"
_SALT, _SECONDS = "enter", 600


def ticket(at: str) -> str:
    """Return a ticket that leads to *at*; makes the demo's account when there is none."""
    with transaction.atomic():
        account = Account.objects.filter(email=DEMO).first()
        if account is None:
            account = Account.objects.create_user(DEMO, token_urlsafe(24), name="Demo")
        team = Team.objects.order_by("id").first() or Team.objects.create(name="Demo")
        Membership.objects.get_or_create(
            team=team, account=account, defaults={"role": Role.ADMIN, "sees_people": True}
        )
    adopt_files(team)
    return signing.dumps({"account": account.id, "at": at, "once": token_urlsafe(8)}, salt=_SALT)


def entered(given: str) -> tuple[Account, str] | None:
    """Return whom a ticket lets in and where it leads; None when it is old, used or not ours."""
    try:
        said = signing.loads(given, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    if not cache.add(f"ticket:{said['once']}", True, _SECONDS):
        return None
    account = Account.objects.filter(id=said["account"]).first()
    return (account, str(said["at"])) if account else None


def let_in(request: HttpRequest, account: Account) -> None:
    """Sign somebody in, and list it where they see where they are signed in."""
    login(request, account, settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
