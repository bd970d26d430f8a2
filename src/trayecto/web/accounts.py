"""How accounts come to be: the first by whoever starts the app, all others by invitation."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import get_language

from trayecto.web.words import phrase


def _said(key: str) -> str:
    return phrase(key).say("en" if get_language() == "en" else "es")


_later = lazy(_said, str)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Keep the door shut: nobody signs up without an invitation; and say what is wrong our way."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _later("accounts.mismatch"),
        "incorrect_password": _later("accounts.incorrect"),
        "enter_current_password": _later("accounts.incorrect"),
        "too_many_login_attempts": _later("accounts.too_many"),
        "account_inactive": _later("accounts.inactive"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no; the pages `first` and `join` make accounts."""
        del request
        return False
