"""A person's own settings: name, language, time zone, and where they are signed in."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from trayecto.vocabulary.period import is_zone
from trayecto.vocabulary.text import Language
from trayecto.web.models import Account
from trayecto.web.roles import Needs, page
from trayecto.web.speaking import language_of
from trayecto.web.words import phrase

_REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian",
            "Pacific")  # fmt: skip
_ZONES = ("UTC", *sorted(z for z in available_timezones() if z.split("/")[0] in _REGIONS))
"""The zones that are offered; those of old, such as EST, are taken too."""


class AccountForm(forms.Form):
    """What a person may change of their account."""

    name = forms.CharField(max_length=300)
    language = forms.ChoiceField(choices=[("es", "Español"), ("en", "English")])
    zone = forms.CharField(
        max_length=64, required=False, widget=forms.TextInput(attrs={"list": "zones"})
    )

    def __init__(self, *given: Any, spoken: Language, **named: Any) -> None:
        super().__init__(*given, **named)
        self.spoken = spoken

    def clean_zone(self) -> str:
        """Return the time zone when there is such a one."""
        zone = str(self.cleaned_data["zone"]).strip()
        if zone and not is_zone(zone):
            raise forms.ValidationError(phrase("accounts.zone_wrong").say(self.spoken))
        return zone


@page("account/", name="account", needs=Needs.ACCOUNT)
def account(request: HttpRequest) -> HttpResponseBase:
    """Show and change one's own settings."""
    assert isinstance(request.user, Account)
    own = request.user
    language = language_of(request)
    now = {"name": own.name, "language": language, "zone": own.zone}
    form = AccountForm(request.POST or None, initial=now, spoken=language)
    if request.method == "POST" and form.is_valid():
        for field, value in form.cleaned_data.items():
            setattr(own, field, value)
        own.save(update_fields=list(form.cleaned_data))
        messages.success(request, phrase("accounts.saved").say(language_of(request)))
        return redirect("account")
    sessions = UserSession.objects.purge_and_list(own)
    told = {"form": form, "sessions": sessions, "zones": _ZONES}
    return render(request, "web/account.html", told)


@page("account/sessions/<int:session>/", name="end_session", needs=Needs.ACCOUNT)
def end_session(request: HttpRequest, *, session: int) -> HttpResponseBase:
    """Sign out somewhere else."""
    if request.method == "POST":
        for own in UserSession.objects.filter(user=request.user, id=session):
            own.end()
    return redirect("account")
