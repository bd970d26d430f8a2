"""The first account, and the language of whoever has none yet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from trayecto.web.entering import entered, let_in
from trayecto.web.models import Account, Membership, Role, Team
from trayecto.web.roles import Needs, page
from trayecto.web.shelf import adopt_files
from trayecto.web.speaking import COOKIE, language_of
from trayecto.web.words import phrase


class FirstAccount(forms.Form):
    """What the first account needs."""

    name = forms.CharField(max_length=300)
    email = forms.EmailField()
    password = forms.CharField(min_length=10, strip=False, widget=forms.PasswordInput)
    team = forms.CharField(max_length=300)

    def clean_password(self) -> str:
        """Return the password when it is hard to guess."""
        password = str(self.cleaned_data["password"])
        validate_password(password, Account(email=self.data.get("email", "")))
        return password


@page("first/", name="first", needs=Needs.ANYONE)
def first(request: HttpRequest) -> HttpResponseBase:
    """Make the first account; once there is one, this page only leads to the door."""
    if Account.objects.exists():
        return redirect("account_login")
    language = language_of(request)
    team = phrase("accounts.team_default").say(language)
    form = FirstAccount(request.POST or None, initial={"team": team})
    if request.method == "POST" and form.is_valid():
        account = _make_first(form.cleaned_data, language)
        if account is not None:
            let_in(request, account)
            return redirect("home")
        return redirect("account_login")
    return render(request, "web/first.html", {"form": form})


def _make_first(given: dict[str, Any], language: str) -> Account | None:
    """Return the first account; nobody when somebody else was quicker."""
    with transaction.atomic():
        # The team's row is locked first, so that two first visits cannot both be first.
        team, _ = Team.objects.get_or_create(id=1, defaults={"name": given["team"]})
        Team.objects.select_for_update().get(id=team.id)
        if Account.objects.exists():
            return None
        account = Account.objects.create_user(
            given["email"], given["password"], name=given["name"], language=language
        )
        Membership.objects.create(team=team, account=account, role=Role.ADMIN, sees_people=True)
    adopt_files(team)
    return account


@page("enter/<str:given>/", name="enter", needs=Needs.ANYONE)
def enter(request: HttpRequest, *, given: str) -> HttpResponseBase:
    """Let in whoever has a ticket, once."""
    found = entered(given)
    if found is None:
        return redirect("account_login")
    account, at = found
    let_in(request, account)
    return redirect(at)


@page("language/", name="language", needs=Needs.ANYONE)
def language(request: HttpRequest) -> HttpResponseBase:
    """Change the language, and go back to where the person was."""
    chosen = "en" if language_of(request) == "es" else "es"
    back = request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    if request.method == "POST":
        if isinstance(request.user, Account):
            Account.objects.filter(id=request.user.id).update(language=chosen)
        response.set_cookie(
            COOKIE, chosen, max_age=31_536_000, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
