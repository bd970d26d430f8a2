"""How accounts come to be: the first by whoever starts the app, all others by invitation."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Keep the door shut: nobody signs up without an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no; the pages `first` and `join` make accounts."""
        del request
        return False
