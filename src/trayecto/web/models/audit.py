"""Who looked at whom, and who changed what others rely on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from trayecto.web.models.accounts import Account


class Look(models.Model):
    """One act worth remembering: a look at a person, an export, an erasure, a change of roles."""

    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    act = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    """A person's number, a map's name …; never an address or a phone."""

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-made_at", "-id"]
