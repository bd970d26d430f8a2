"""Coming in through the company's own door: who is known comes in, who is invited joins."""

from __future__ import annotations

from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from trayecto.web.models import Account, Invitation, Look, Membership
from trayecto.web.speaking import language_of

_SECONDS = 5
"""How long a provider may take."""


class SignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Trust a provider only for addresses it has checked, and make no account uninvited."""

    def get_requests_session(self) -> requests.Session:
        """Return what asks the provider; one that does not answer is no fault of ours."""
        page = "socialaccount/authentication_error.html"
        here = self.request

        class Asking(requests.Session):
            def request(self, *given: Any, **named: Any) -> requests.Response:
                try:
                    return super().request(*given, **{"timeout": _SECONDS, **named})
                except requests.RequestException as error:
                    raise ImmediateHttpResponse(render(here, page, status=502)) from error

        return Asking()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Tell whether somebody new has been invited by the address that was checked."""
        del request
        return _invitation(sociallogin) is not None

    def populate_user(
        self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]
    ) -> Account:
        """Return the account to be made, as the provider describes the person."""
        del request
        account: Account = sociallogin.user
        account.email = str(data.get("email") or "").strip().lower()
        account.name = str(data.get("name") or "")[:300]
        return account

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Account:
        """Make the account of somebody invited, and let them into the team."""
        invitation = _invitation(sociallogin)
        assert invitation is not None, "nobody comes here uninvited"
        sociallogin.user.language = language_of(request)
        account: Account = super().save_user(request, sociallogin, form)
        Invitation.objects.filter(id=invitation.id).update(used_at=timezone.now())
        Membership.objects.create(
            team=invitation.team, account=account, role=invitation.role,
            sees_people=invitation.sees_people,
        )  # fmt: skip
        Look.objects.create(account=account, act="joined by sign-on", about=invitation.team.name)
        return account


def _invitation(sociallogin: Any) -> Invitation | None:
    """Return the open invitation of a person, by an address their provider has checked."""
    checked = [each.email.lower() for each in sociallogin.email_addresses if each.verified]
    return Invitation.objects.filter(
        email__in=checked, used_at=None, expires_at__gt=timezone.now()
    ).first()
