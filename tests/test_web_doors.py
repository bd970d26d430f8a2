"""Who may open which page: every address of the app is in this table, or the test fails."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from trayecto.web.entering import ticket
from trayecto.web.models import Account
from trayecto.web.urls import urlpatterns
from web_site import PASSWORD, WHO, Site

OPEN, SIGN_IN, NOT_YOURS, NOT_THERE = 200, 302, 403, 404

EVERYBODY = (OPEN, OPEN, OPEN, OPEN, OPEN)
SIGNED_IN = (OPEN, OPEN, OPEN, OPEN, SIGN_IN)
EDITORS = (OPEN, OPEN, NOT_YOURS, NOT_YOURS, SIGN_IN)
TEAM = (OPEN, OPEN, OPEN, NOT_THERE, SIGN_IN)
TEAM_EDITORS = (OPEN, OPEN, NOT_YOURS, NOT_THERE, SIGN_IN)
TEAM_BACK = (NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE, SIGN_IN)
ADMINS = (OPEN, NOT_YOURS, NOT_YOURS, NOT_YOURS, SIGN_IN)
PEOPLE = (OPEN, NOT_YOURS, NOT_YOURS, NOT_YOURS, SIGN_IN)  # Ana alone may see personal data
PEOPLE_OF_TEAM = (OPEN, NOT_YOURS, NOT_YOURS, NOT_THERE, SIGN_IN)
PEOPLE_BACK = (SIGN_IN, NOT_YOURS, NOT_YOURS, NOT_YOURS, SIGN_IN)
PEOPLE_GONE = (NOT_THERE, NOT_YOURS, NOT_YOURS, NOT_YOURS, SIGN_IN)
ONLY_OUT = (SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN, OPEN)
ELSEWHERE = (SIGN_IN,) * 5

# What a GET gives to Ana (admin), Bruno (editor), Carla (viewer), Dora (another team), a stranger.
DOORS: Mapping[str, tuple[int, ...]] = {
    "first": ELSEWHERE,  # there is a first account already
    "language": ELSEWHERE,
    "enter": ELSEWHERE,  # nobody has that ticket
    "home": SIGNED_IN,
    "week": SIGNED_IN,
    "new_map": EDITORS,
    "guided": EDITORS,
    "guide": (NOT_THERE, NOT_THERE, NOT_YOURS, NOT_YOURS, SIGN_IN),  # nobody has begun that one
    "map": TEAM,
    "part": TEAM,
    "picture": TEAM,
    "visitors": (OPEN, NOT_YOURS, NOT_YOURS, NOT_THERE, SIGN_IN),
    "map_sql": TEAM,
    "edit": (SIGN_IN, SIGN_IN, NOT_YOURS, NOT_THERE, SIGN_IN),
    "undo": (SIGN_IN, SIGN_IN, NOT_YOURS, NOT_THERE, SIGN_IN),
    "text": TEAM_EDITORS,
    "versions": TEAM,
    "version": TEAM,
    "report": TEAM,
    "behind": PEOPLE_OF_TEAM,
    "take": TEAM,
    "comments": TEAM,
    "settle": TEAM_BACK,
    "reword": TEAM_BACK,
    "share": TEAM_EDITORS,
    "place": TEAM_EDITORS,
    "end_share": (SIGN_IN, SIGN_IN, NOT_YOURS, NOT_THERE, SIGN_IN),
    "shared": (NOT_THERE,) * 5,  # nobody has made that link
    "method": SIGNED_IN,
    "nodes": SIGNED_IN,
    "nodes_picture": SIGNED_IN,
    "nodes_part": SIGNED_IN,
    "nodes_replay": SIGNED_IN,
    "question": SIGNED_IN,
    "take_answer": TEAM_BACK,  # no answer is written as YAML
    "people": PEOPLE,
    "take_people": PEOPLE_BACK,
    "person": PEOPLE_GONE,  # nobody has that code
    "join_person": PEOPLE_GONE,
    "split_person": PEOPLE_GONE,
    "take_person": PEOPLE_GONE,
    "forget": PEOPLE_GONE,
    "review": PEOPLE,
    "segments": PEOPLE,
    "count_rule": PEOPLE_BACK,
    "data": SIGNED_IN,
    "node_rules": SIGNED_IN,
    "try_rules": (SIGN_IN, SIGN_IN, NOT_YOURS, NOT_YOURS, SIGN_IN),
    "rules_versions": SIGNED_IN,
    "glossary": SIGNED_IN,
    "node_names": EDITORS,
    "source": SIGNED_IN,
    "rejected_rows": (NOT_THERE, NOT_YOURS, NOT_YOURS, NOT_YOURS, SIGN_IN),  # none is aside
    "replay": (SIGN_IN, SIGN_IN, NOT_YOURS, NOT_YOURS, SIGN_IN),
    "import": EDITORS,
    "arrival": (NOT_THERE, NOT_THERE, NOT_YOURS, NOT_YOURS, SIGN_IN),  # nobody sent that file
    "job": (NOT_THERE, NOT_THERE, NOT_YOURS, NOT_YOURS, SIGN_IN),
    "library": SIGNED_IN,
    "library_item": SIGNED_IN,
    "library_text": EDITORS,
    "library_versions": SIGNED_IN,
    "team": ADMINS,
    "member": (NOT_THERE, NOT_YOURS, NOT_YOURS, NOT_YOURS, SIGN_IN),
    "invitation": (SIGN_IN, NOT_YOURS, NOT_YOURS, NOT_YOURS, SIGN_IN),
    "join": (NOT_THERE,) * 5,  # nobody was invited with that link
    "audit": ADMINS,
    "account": SIGNED_IN,
    "end_session": ELSEWHERE,
    "account_login": ONLY_OUT,
    "account_logout": (OPEN, OPEN, OPEN, OPEN, SIGN_IN),
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "account_change_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "mfa_authenticate": ELSEWHERE,  # nobody is half-way in
    "mfa_reauthenticate": ELSEWHERE,  # nobody has a second factor
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": ELSEWHERE,  # first they say once more who they are
    "mfa_deactivate_totp": (NOT_THERE,) * 4 + (SIGN_IN,),
    "mfa_view_recovery_codes": (NOT_THERE,) * 4 + (SIGN_IN,),
    "mfa_generate_recovery_codes": ELSEWHERE,
    "mfa_download_recovery_codes": (NOT_THERE,) * 4 + (SIGN_IN,),
    "socialaccount_login_cancelled": EVERYBODY,
    "socialaccount_login_error": (401,) * 5,
    "socialaccount_signup": ELSEWHERE,  # nobody comes from a provider
    "socialaccount_connections": ELSEWHERE,
    "openid_connect_login": (NOT_THERE,) * 5,  # there is no such provider
    "openid_connect_callback": (NOT_THERE,) * 5,
}
PARTS = {
    "map": "buying", "number": "1", "draft": "1", "given": "guessed",
    "kind": "yaml", "library": "house", "what": "persona", "item": "ana",
    "uidb36": "1", "key": "x-y",
    "comment": "1", "share": "1", "token": "guessed", "member": "0", "invitation": "1",
    "session": "1", "provider_id": "guessed", "arrival": "guessed-id", "job": "guessed",
    "question": "variants", "person": "p00000000000000ff",
}  # fmt: skip


QUERIES = {
    "source": {"name": "web"},
    "part": {"part": "touchpoint:shop"}, "visitors": {"touchpoint": "shop"},
    "nodes_part": {"node": "shop"},
}  # fmt: skip


def test_the_table_knows_every_address() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(DOORS)


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: str(pattern.name))
def test_every_page_opens_for_whom_it_should_and_nobody_else(
    site: Site, pattern: URLPattern
) -> None:
    named = {name: PARTS[name] for name in pattern.pattern.converters}
    regex = pattern.pattern.regex.groupindex
    named |= {name: PARTS[name] for name in regex}
    address = reverse(str(pattern.name), kwargs=named)
    query = QUERIES.get(str(pattern.name), {})
    got = {who: site.client(who).get(address, query).status_code for who in WHO}
    assert got == dict(zip(WHO, DOORS[str(pattern.name)], strict=True))


def test_the_first_visit_makes_the_first_account_and_the_second_cannot(site: Site) -> None:
    client = site.client("stranger")
    Account.objects.all().delete()
    assert client.get("/").headers["Location"] == "/first/"
    form = {"name": "Eva", "email": "Eva@Example.com", "password": PASSWORD, "team": "CX"}
    assert client.post("/first/", form).headers["Location"] == "/"
    assert Account.objects.get().email == "eva@example.com"
    assert client.get("/").status_code == OPEN
    Client().post("/first/", {**form, "email": "mallory@example.com"})
    assert Account.objects.count() == 1


def test_nothing_on_a_page_may_come_from_elsewhere(site: Site) -> None:
    policy = site.client("ana").get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy


def test_a_person_reads_the_app_in_their_own_language(site: Site) -> None:
    browser = site.client("carla")
    assert "Tus mapas" in browser.get("/").content.decode()
    browser.post("/language/", {"back": "/nodes/"})
    assert "Your maps" in browser.get("/").content.decode()


def test_a_way_back_never_leads_to_another_site(site: Site) -> None:
    answer = site.client("carla").post("/language/", {"back": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_the_ticket_of_the_demo_lets_in_once(site: Site) -> None:
    del site
    way_in = f"/enter/{ticket('/maps/buying/')}/"
    browser = Client()
    assert browser.get(way_in).headers["Location"] == "/maps/buying/"
    assert browser.get("/maps/buying/").status_code == OPEN
    assert Client().get(way_in).headers["Location"] == "/sign-in/"
