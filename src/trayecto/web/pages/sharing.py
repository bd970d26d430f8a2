"""Links that show a map to strangers: read only, for a time, without personal data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from trayecto.vocabulary.text import Language
from trayecto.web.headers import ANYWHERE
from trayecto.web.live import (
    Asked,
    designed_picture,
    designed_reading,
    live_map,
    live_picture,
    live_reading,
)
from trayecto.web.models import Account, Map, Share
from trayecto.web.roles import Needs, note, page
from trayecto.web.shelf import newest
from trayecto.web.speaking import language_of
from trayecto.web.tokens import hash_of, new_token
from trayecto.web.words import phrase

_DAYS = (("7", "7"), ("30", "30"), ("365", "365"))
_TRIES, _TRIES_WITHIN = 10, 600


class ShareForm(forms.Form):
    """For how long, and behind which password."""

    days = forms.TypedChoiceField(choices=_DAYS, coerce=int)
    password = forms.CharField(required=False, max_length=100, strip=False)
    embeds = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None = None, *, language: Language) -> None:
        self.language = language
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        """Return what was chosen; in a page of another site browsers keep no password given."""
        given = self.cleaned_data
        if given.get("password") and given.get("embeds"):
            self.add_error("password", phrase("sharing.not_both").say(self.language))
        return given


@page("maps/<slug:map>/share/", name="share", needs=Needs.EDIT)
def share(request: HttpRequest, *, map: Map) -> HttpResponseBase:
    """Make a link to a map, and see those there are."""
    language = language_of(request)
    form = ShareForm(request.POST or None, language=language)
    link, embeds = "", False
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, Account)
        token, hashed = new_token()
        given = form.cleaned_data
        Share.objects.create(
            map=map, token_hash=hashed, made_by=request.user, embeds=given["embeds"],
            password=make_password(given["password"]) if given["password"] else "",
            expires_at=timezone.now() + timedelta(days=given["days"]),
        )  # fmt: skip
        link = request.build_absolute_uri(reverse("shared", kwargs={"token": token}))
        note(request, "shared", map.slug)
        embeds, form = given["embeds"], ShareForm(language=language)
    shares = map.shares.filter(ended_at=None).order_by("-made_at")
    told = {
        "map": map, "form": form, "link": link, "embeds": embeds, "shares": shares,
        "now": timezone.now(),
    }  # fmt: skip
    return render(request, "web/share.html", told)


@page("maps/<slug:map>/share/<int:share>/", name="end_share", needs=Needs.EDIT)
def end_share(request: HttpRequest, *, map: Map, share: int) -> HttpResponseBase:
    """End a link: from now on it opens nothing."""
    if request.method == "POST":
        ended = get_object_or_404(Share, id=share, map=map)
        ended.ended_at = timezone.now()
        ended.save(update_fields=["ended_at"])
        note(request, "share ended", map.slug)
    return redirect("share", map=map.slug)


@page("s/<str:token>/", name="shared", needs=Needs.ANYONE)
def shared(request: HttpRequest, *, token: str) -> HttpResponseBase:
    """Show a shared map to whoever has the link, and the password if there is one."""
    found = (
        Share.objects.filter(token_hash=hash_of(token), ended_at=None)
        .filter(expires_at__gt=timezone.now())
        .select_related("map")
        .first()
    )
    if found is None:
        raise Http404
    if found.password and not _opened(request, found):
        wrong = request.method == "POST"
        return render(request, "web/shared_password.html", {"wrong": wrong}, status=403)
    version = newest(found.map)
    kept = live_map(found.map, version, Asked()).answer
    language = language_of(request)
    if kept.live is not None:
        picture = live_picture(found.map, kept, Asked(), language=language)
        reading = live_reading(found.map, kept, Asked(), language=language)
    else:
        picture = designed_picture(found.map, version, language=language)
        reading = designed_reading(found.map, version, language=language)
    told = {
        "map": found.map, "picture": picture, "reading": reading, "live": kept.live,
        # What is sent from within another site carries no cookie, and would be refused.
        "framed": request.headers.get("Sec-Fetch-Dest") == "iframe",
    }  # fmt: skip
    response = render(request, "web/shared.html", told)
    if found.embeds:
        setattr(response, ANYWHERE, True)
        response.xframe_options_exempt = True
    return response


def _opened(request: HttpRequest, share: Share) -> bool:
    """Tell whether the password was given; too many wrong ones shut the door for a while."""
    key = f"share:{share.id}"
    if request.session.get(key) == share.password:
        return True
    if request.method != "POST" or cache.get(key, 0) >= _TRIES:
        return False
    if check_password(request.POST.get("password", ""), share.password):
        request.session[key] = share.password
        return True
    cache.add(key, 0, _TRIES_WITHIN)
    cache.incr(key)
    return False
