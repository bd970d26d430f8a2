"""What a stranger with bad intentions tries: every way in gives a refusal, never a fault."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from pytest_django import Settings

from browser import served
from test_web_doors import PARTS
from trayecto.web.models import Account, Comment, Map, Share, Team
from trayecto.web.urls import urlpatterns
from trayecto.workspace import create
from web_site import PASSWORD, Site

HUGE = "9" * 30
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
LONG = "Ñandú " * 50  # 300 characters

TAMPERED = [
    "/maps/buying/versions/" + HUGE + "/",
    "/maps/buying/comments/" + HUGE + "/",
    "/maps/buying/share/" + HUGE + "/",
    "/maps/guided/" + HUGE + "/",
    "/team/members/" + HUGE + "/",
    "/team/invitations/" + HUGE + "/",
    "/account/sessions/" + HUGE + "/",
    "/people/p" + HUGE + "/",
    "/people/..%2f..%2fetc/",
    "/data/import/..%2f..%2f/",
    "/data/import/..secret../",
    "/jobs/..%2f/",
    "/s/%00/",
    "/join/" + "x" * 3000 + "/",
    "/?page=" + HUGE,
    "/?page=²",
    "/?search=%00",
    "/?search=" + "x" * 5000,
    "/nodes/?nodes=²&edges=²",
    "/nodes/?since=0000-00-00&until=9999-12-31",
    "/nodes/?since=0001-01-01",
    "/nodes/?segment=nobody&source='; drop table steps; --",
    "/nodes/?contains=%00",
    "/nodes/part/?node=%00&then=" + "x" * 400,
    "/questions/around/?node=shop&before=²&after=³",
    "/questions/funnel/?step='&step=\"&within=forever",
    "/questions/compare/?one=segment:nobody&other=:",
    "/questions/variants/?near=-1",
    "/questions/nothing/",
    "/maps/buying/?since=x&layer=<b>",
    "/maps/buying/part/?part=touchpoint:" + "x" * 400,
    "/maps/buying/part/?part=",
    "/maps/buying/take/exe/",
    "/maps/buying/comments/?part=../../x",
]


@pytest.mark.parametrize("address", TAMPERED, ids=range(len(TAMPERED)))
def test_a_tampered_address_is_refused_or_means_nothing(site: Site, address: str) -> None:
    assert site.client("ana").get(address).status_code in (200, 302, 400, 404, 422)


POSTED = [
    ("/maps/buying/comments/", {"text": "x", "answers": "²"}),
    ("/maps/buying/comments/", {"text": "x", "answers": HUGE}),
    ("/maps/buying/comments/", {"text": "a\0b"}),
    ("/maps/buying/text/", {"text": "map: x", "base": "one"}),
    ("/maps/buying/text/", {"text": "map: x", "base": HUGE}),
    ("/maps/buying/text/", {"text": "&a [*a, *a]", "base": "1"}),
    ("/maps/buying/text/", {"text": "a: \x07", "base": "1"}),
    ("/maps/buying/share/", {"days": "-1"}),
    ("/maps/buying/share/", {"days": "7", "password": "x" * 5000}),
    ("/maps/new/", {"template": "../../etc/passwd"}),
    ("/people/", {"search": "%' or 1=1 --"}),
    ("/people/", {"search": "\0"}),
    ("/people/list/", {"search": "\0"}),
    ("/segments/", {"text": "segments: [", "was": ""}),
    ("/segments/count/", {"property": "plan", "sign": "is", "value": "'; drop"}),
    ("/review/", {"left": "x", "right": "y", "answer": "same"}),
    ("/team/", {"email": "x", "role": "9"}),
    ("/team/", {"email": "x@example.com\nbcc: y@example.com", "role": "1"}),
    ("/account/", {"name": "x", "language": "fr", "zone": "../../etc/passwd"}),
    ("/language/", {"back": "//evil.example"}),
    ("/language/", {"back": "javascript:alert(1)"}),
    ("/data/import/", {"source": "../x"}),
    ("/maps/guided/", {"x": "y"}),
]


@pytest.mark.parametrize(("address", "form"), POSTED, ids=range(len(POSTED)))
def test_a_tampered_form_is_refused_or_means_nothing(
    site: Site, address: str, form: dict[str, str]
) -> None:
    answer = site.client("ana").post(address, form)
    assert answer.status_code in (200, 302, 400, 404, 422)
    assert "evil" not in answer.headers.get("Location", "")
    assert "javascript" not in answer.headers.get("Location", "")


TOLD = [
    "not json", "[]", "null", "{}", '{"base": null}', '{"base": "x"}', '{"base": -1}',
    f'{{"base": {HUGE}}}', '{"base": 1, "kind": "set", "thing": "x", "field": "name"}',
    '{"base": 1, "kind": "set", "thing": "touchpoint:shop", "field": "name", "given": 3}',
    '{"base": 1, "kind": "add", "list": "..", "value": {"id": "../x"}}',
    '{"base": 1, "kind": "set", "thing": "touchpoint:shop", "field": "name",'
    ' "given": {"es": "a\\u0000b"}}',
    '{"version": "x"}', '{"version": []}', f'{{"version": {HUGE}}}', '{"version": 1}',
]  # fmt: skip


@pytest.mark.parametrize("told", TOLD, ids=range(len(TOLD)))
def test_a_tampered_change_of_a_map_changes_nothing(site: Site, told: str) -> None:
    browser = site.client("ana")
    for what in ("edit", "undo"):
        answer = browser.post(f"/maps/buying/{what}/", told, content_type="application/json")
        assert answer.status_code in (400, 404, 409, 422)
    site.map.refresh_from_db()
    assert site.map.head == 1


def test_a_script_in_any_field_is_shown_as_the_text_it_is(site: Site) -> None:
    ana, map_ = site.client("ana"), "/maps/buying"
    Team.objects.update(name=SCRIPT)
    Map.objects.update(title_es=SCRIPT, title_en=SCRIPT)
    ana.post("/account/", {"name": SCRIPT, "language": "es", "zone": SCRIPT})
    ana.post(f"{map_}/comments/", {"text": SCRIPT})
    ana.post("/team/", {"email": '"<script>"@example.com', "role": "1"})
    ana.post("/maps/guided/", {})
    draft = ana.get("/maps/guided/").content.decode().split('href="/maps/guided/')[1].split("/")[0]
    ana.post(f"/maps/guided/{draft}/", {"name": "title", "answer": SCRIPT})
    change = {"kind": "set", "thing": "touchpoint:shop", "field": "name", "base": 1}
    ana.post(
        f"{map_}/edit/", json.dumps({**change, "given": {"es": SCRIPT, "en": SCRIPT}}),
        content_type="application/json",
    )  # fmt: skip
    asked = {
        "search": SCRIPT,
        "node": SCRIPT,
        "segment": SCRIPT,
        "contains": SCRIPT,
        "part": SCRIPT,
    }
    pages = [
        "/", "/team/", "/account/", "/audit/", "/nodes/", "/questions/funnel/", "/people/",
        "/segments/", "/maps/guided/", f"/maps/guided/{draft}/", f"{map_}/", f"{map_}/versions/",
        f"{map_}/versions/1/", f"{map_}/text/", f"{map_}/comments/", f"{map_}/share/",
        f"{map_}/report/", f"{map_}/picture/", "/nodes/part/",
    ]  # fmt: skip
    for page in pages:
        for query in ({}, asked):
            shown = ana.get(page, query).content.decode()
            assert "<script>alert" not in shown, page
            assert "<img src=x" not in shown, page
    found = ana.post("/people/", {"search": SCRIPT}).content.decode()
    assert "<script>alert" not in found


def test_a_script_in_a_picture_is_no_markup_of_it(site: Site) -> None:
    text = (
        site.map.versions.get(number=1)
        .text.replace("Mirar", "'<b onload=x>'")
        .replace("Tienda", "<script>alert(1)</script>")
    )
    ana = site.client("ana")
    ana.post("/maps/buying/text/", {"text": text, "base": "1"})
    for address in ("/maps/buying/", "/maps/buying/?layer=designed", "/maps/buying/take/svg/"):
        shown = ana.get(address).content.decode()
        assert "<script>alert" not in shown
        assert "<b onload" not in shown


def test_names_of_three_hundred_characters_are_kept_and_shown(site: Site) -> None:
    ana = site.client("ana")
    assert len(LONG) == 300
    form = {"name": LONG.strip(), "language": "es", "zone": ""}
    assert ana.post("/account/", form).status_code == 302
    assert Account.objects.get(email="ana@example.com").name == LONG.strip()
    assert ana.post("/account/", {**form, "name": LONG + "x"}).status_code == 200
    text = site.map.versions.get(number=1).text.replace("Comprar en la web", LONG.strip() * 2)
    assert ana.post("/maps/buying/text/", {"text": text, "base": "1"}).status_code == 302
    assert LONG.strip() in ana.get("/").content.decode()
    assert ana.get("/maps/buying/").status_code == 200
    assert ana.get("/team/").status_code == 200


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: str(pattern.name))
def test_no_page_takes_a_form_from_another_site(site: Site, pattern: URLPattern) -> None:
    named = {name: PARTS[name] for name in pattern.pattern.regex.groupindex}
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(Account.objects.get(email="ana@example.com"))
    before = (Comment.objects.count(), Share.objects.count(), site.map.versions.count())
    answer = browser.post(reverse(str(pattern.name), kwargs=named), {"text": "x", "days": "7"})
    assert answer.status_code in (403, 405)
    assert before == (Comment.objects.count(), Share.objects.count(), site.map.versions.count())


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(site: Site) -> None:
    del site
    browser = Client()
    browser.post("/sign-in/", {"login": "carla@example.com", "password": PASSWORD})
    cookie = browser.cookies["trayecto"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_nobody_says_for_the_proxy_that_a_request_came_encrypted(
    site: Site, settings: Settings
) -> None:
    del site
    settings.SECURE_SSL_REDIRECT = True
    plain = Client().get("/sign-in/", headers={"x-forwarded-proto": "https"})
    assert plain.headers["Location"] == "https://testserver/sign-in/"


def test_pages_with_personal_data_are_kept_by_no_browser_and_others_by_no_proxy(
    site: Site,
) -> None:
    ana = site.client("ana")
    assert "no-store" in ana.get("/people/").headers["Cache-Control"]
    assert "private" in ana.get("/maps/buying/").headers["Cache-Control"]


def test_behind_the_proxy_that_is_named_cookies_travel_encrypted_only(tmp_path: Path) -> None:
    workspace = create(tmp_path / "workspace", language="es", buckets=2)
    told = {"Host": "mapas.example.com", "X-Forwarded-Proto": "https"}
    with served(workspace.folder, TRAYECTO_HOSTS="mapas.example.com") as home:
        page = urllib.request.urlopen(urllib.request.Request(f"{home}first/", headers=told))
        cookies = str(page.headers.get_all("Set-Cookie"))
        assert re.search(r"trayecto_csrf=.*Secure", cookies)
        assert "max-age" in page.headers["Strict-Transport-Security"].lower()
        with pytest.raises(urllib.error.HTTPError) as other:
            urllib.request.urlopen(
                urllib.request.Request(f"{home}first/", headers={**told, "Host": "evil.example"})
            )
        assert other.value.code == 400
