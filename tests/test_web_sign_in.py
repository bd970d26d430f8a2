"""Signing in: by password, with a code of the phone as well, through the company's own door."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from oidc_provider import CLIENT, SECRET, Provider, provided
from trayecto.vocabulary.errors import TrayectoError
from trayecto.web import providers
from trayecto.web.models import Account, Invitation, Membership, Role
from trayecto.web.templatetags.saying import browser_of
from trayecto.web.tokens import hash_of
from web_site import PASSWORD, Site

CARLA = {"login": "carla@example.com", "password": PASSWORD}


@pytest.fixture(autouse=True)
def nobody_tried_before() -> Iterator[None]:
    """Forget how often sign-in was tried in other tests."""
    cache.clear()
    yield
    cache.clear()


def code_now(secret: str, *, steps: int = 0) -> str:
    """Return what an app shows (RFC 6238: six figures, half a minute, SHA-1)."""
    counter = int(time.time()) // 30 + steps
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def test_the_codes_of_these_tests_are_those_of_the_standard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # RFC 6238, appendix B: at 59 seconds the secret 12345678901234567890 shows 94287082.
    monkeypatch.setattr(time, "time", lambda: 59)
    assert code_now(base64.b32encode(b"12345678901234567890").decode()) == "287082"


def with_second_factor() -> tuple[Client, str, list[str]]:
    """Let Carla turn her second factor on; return her browser, the key and the recovery codes."""
    browser = Client()
    browser.post("/sign-in/", CARLA)
    again = browser.get("/account/second/app/").headers["Location"]
    assert browser.post(again, {"password": PASSWORD}).headers["Location"] == "/account/second/app/"
    page = browser.get("/account/second/app/").content.decode()
    # In groups of four, to be read.
    found = re.search(r'id="secret">((?:<span>[A-Z2-7]{4}</span>){8})</code>', page)
    assert found
    secret = "".join(re.findall("[A-Z2-7]{4}", found[1]))
    done = browser.post("/account/second/app/", {"code": code_now(secret)})
    codes = browser.get(done.headers["Location"]).content.decode()
    cache.clear()  # a code works once; the next must not have to wait half a minute
    return browser, secret, re.findall(r"<code>(\d{8})</code>", codes)


def half_way() -> Client:
    """Return a browser of Carla's that has given the password and must give a code."""
    browser = Client()
    assert browser.post("/sign-in/", CARLA).headers["Location"] == "/sign-in/code/"
    assert browser.get("/").status_code == 302
    return browser


def test_a_password_alone_is_not_enough_once_the_second_step_is_on(site: Site) -> None:
    del site
    _, secret, _ = with_second_factor()
    browser = half_way()
    page = browser.post("/sign-in/code/", {"code": "000000"})
    assert page.status_code == 200
    assert browser.get("/").status_code == 302
    assert browser.post("/sign-in/code/", {"code": code_now(secret)}).headers["Location"] == "/"
    assert browser.get("/").status_code == 200


def test_a_code_of_the_app_works_once(site: Site) -> None:
    del site
    _, secret, _ = with_second_factor()
    code = code_now(secret)
    half_way().post("/sign-in/code/", {"code": code})
    late = half_way()
    late.post("/sign-in/code/", {"code": code})
    assert late.get("/").status_code == 302


def test_a_recovery_code_works_once(site: Site) -> None:
    del site
    _, _, codes = with_second_factor()
    assert len(codes) == 10
    assert half_way().post("/sign-in/code/", {"code": codes[0]}).headers["Location"] == "/"
    again = half_way()
    assert again.post("/sign-in/code/", {"code": codes[0]}).status_code == 200
    assert again.post("/sign-in/code/", {"code": codes[1]}).headers["Location"] == "/"


def test_codes_cannot_be_guessed_by_trying(site: Site) -> None:
    del site
    _, secret, _ = with_second_factor()
    browser = half_way()
    tries = [browser.post("/sign-in/code/", {"code": f"{n:06}"}) for n in range(12)]
    assert "Demasiados" in tries[-1].content.decode()
    assert browser.post("/sign-in/code/", {"code": code_now(secret)}).status_code != 302


def test_the_second_step_is_turned_off_by_who_shows_once_more_who_they_are(site: Site) -> None:
    del site
    browser, _, _ = with_second_factor()
    assert browser.post("/account/second/off/").headers["Location"] == "/account/second/"
    plain = Client()
    assert plain.post("/sign-in/", CARLA).headers["Location"] == "/"


def test_recovery_codes_are_made_anew_and_taken_as_a_file(site: Site) -> None:
    del site
    browser, _, codes = with_second_factor()
    browser.post("/account/second/codes/new/")
    file = browser.get("/account/second/codes/file/")
    fresh = file.content.decode().split()
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    assert "attachment" in file.headers["Content-Disposition"]
    assert half_way().post("/sign-in/code/", {"code": codes[0]}).status_code == 200


# ---- a forgotten password, and where one is signed in


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(site: Site) -> None:
    del site
    stranger = Client(headers={"accept-language": "es"})
    stranger.post("/password/forgotten/", {"email": "carla@example.com"})
    (letter,) = mail.outbox
    assert letter.to == ["carla@example.com"]
    assert letter.subject == "Una contraseña nueva para Trayecto"
    link = re.search(r"http://testserver(/password/new/\S+)", str(letter.body))
    assert link
    form = stranger.get(link[1]).headers["Location"]
    new = {"password1": "otra contraseña larga", "password2": "otra contraseña larga"}
    done = stranger.post(form, new, follow=True)
    assert done.redirect_chain[-1][0] == "/password/new/done/"
    assert "La contraseña se ha cambiado." in done.content.decode()
    assert 'class="notice"' not in done.content.decode()  # said once
    known = {"login": "carla@example.com", "password": "otra contraseña larga"}
    assert Client().post("/sign-in/", known).headers["Location"] == "/"
    assert Client().post("/sign-in/", CARLA).status_code == 200
    assert "ya se usó" in Client(headers={"accept-language": "es"}).get(link[1]).content.decode()


def test_nobody_learns_which_addresses_have_an_account(site: Site) -> None:
    del site
    answers = [
        Client().post("/password/forgotten/", {"email": email})
        for email in ("carla@example.com", "nobody@example.com")
    ]
    assert {answer.headers["Location"] for answer in answers} == {"/password/forgotten/sent/"}


def test_a_new_password_ends_the_sessions_elsewhere(site: Site) -> None:
    del site
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/sign-in/", CARLA)
        assert browser.get("/account/").status_code == 200
    new = "otra contraseña larga"
    here.post(
        "/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )  # fmt: skip
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_somebody_sees_where_they_are_signed_in_and_signs_out_there(site: Site) -> None:
    here = Client(headers={"user-agent": "Firefox on the desk"})
    there = Client(headers={"user-agent": "Chrome on the sofa"})
    for browser in (here, there):
        browser.post("/sign-in/", CARLA)
        browser.get("/")
    page = here.get("/account/").content.decode()
    assert "Chrome on the sofa" in page
    ends = re.search(r"/account/sessions/(\d+)/", page)
    assert ends
    site.client("bruno").post(ends[0])  # not his to end
    assert there.get("/").status_code == 200
    here.post(ends[0])
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


@pytest.mark.parametrize(
    ("told", "named"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox · Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
            "Safari · iPhone",
        ),
        ("curl/8.5", "curl/8.5"),
    ],
)
def test_a_browser_is_named_as_people_name_it(told: str, named: str) -> None:
    assert browser_of(told) == named


def test_who_has_just_joined_sees_where_they_are_signed_in_too(site: Site) -> None:
    form = {"email": "nuria@example.com", "role": int(Role.VIEWER)}
    page = site.client("ana").post("/team/", form).content.decode()
    link = re.search(r"http://testserver(/join/[\w-]+/)", page)
    assert link
    guest = Client(headers={"user-agent": "Safari on the train"})
    guest.post(link[1], {"name": "Nuria", "password": PASSWORD})
    assert "Safari on the train" in guest.get("/account/").content.decode()


def test_a_password_cannot_be_guessed_by_trying(site: Site) -> None:
    del site
    browser = Client(headers={"accept-language": "es"})
    for n in range(6):
        told = browser.post("/sign-in/", {"login": "carla@example.com", "password": f"x{n}"})
    assert "Demasiados" in told.content.decode()
    assert browser.post("/sign-in/", CARLA).status_code != 302


# ---- through the company's own door


class Elsewhere(HTTPRedirectHandler):
    """Say where a provider sends somebody, and do not go there."""

    def redirect_request(self, *_: object) -> None:
        """Stay."""


def through(browser: Client) -> HttpResponse:
    """Go to the provider and come back, as a browser does."""
    gone = browser.get("/sign-in/with/company/")
    try:
        build_opener(Elsewhere).open(gone.headers["Location"])
    except HTTPError as sent:
        back = sent.headers["Location"]
    return browser.get(back.removeprefix("http://testserver"))  # type: ignore[return-value]


@pytest.fixture
def company(site: Site, settings: Settings, tmp_path: Path) -> Iterator[Provider]:
    """Give a provider that the app's file of settings names."""
    del site
    with provided() as provider:
        file = tmp_path / "accounts.yaml"
        file.write_text(
            f"oidc:\n  - id: company\n    name: Mi empresa\n    server: {provider.address}\n"
            f"    client: {CLIENT}\n    secret_from: COMPANY_SECRET\n"
        )
        apps = providers.read(file, {"COMPANY_SECRET": SECRET})
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}
        yield provider


def person(email: str, *, checked: bool = True) -> dict[str, object]:
    return {"sub": f"id of {email}", "email": email, "email_verified": checked, "name": "Nuria Gil"}


def test_the_sign_in_page_offers_the_companys_own_door(company: Provider) -> None:
    del company
    page = Client(headers={"accept-language": "es"}).get("/sign-in/").content.decode()
    assert "Entrar con Mi empresa" in page


def test_a_member_comes_in_through_the_companys_door(company: Provider) -> None:
    company.signed_in = person("carla@example.com")
    browser = Client()
    assert through(browser).headers["Location"] == "/"
    assert "Carla" in browser.get("/account/").content.decode()
    assert Account.objects.count() == 4


def test_an_address_that_the_company_has_not_checked_opens_nothing(company: Provider) -> None:
    company.signed_in = person("carla@example.com", checked=False)
    browser = Client()
    through(browser)
    assert browser.get("/").status_code == 302


def test_nobody_uninvited_gets_an_account(company: Provider) -> None:
    company.signed_in = person("nuria@example.com")
    told = through(Client(headers={"accept-language": "es"}))
    assert "Aún no tienes cuenta" in told.content.decode()
    assert not Account.objects.filter(email="nuria@example.com").exists()


def test_somebody_invited_joins_the_team_through_the_companys_door(
    site: Site, company: Provider
) -> None:
    Invitation.objects.create(
        team=site.team, email="nuria@example.com", role=Role.EDITOR, token_hash=hash_of("x"),
        made_by=Account.objects.get(email="ana@example.com"),
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    company.signed_in = person("Nuria@Example.com")
    browser = Client()
    through(browser)
    assert browser.get("/maps/buying/").status_code == 200
    new = Membership.objects.get(account__email="nuria@example.com")
    assert (new.team, new.role, new.account.name) == (site.team, Role.EDITOR, "Nuria Gil")
    again = Client()
    assert through(again).headers["Location"] == "/"  # now known


def test_the_second_step_is_asked_for_at_the_companys_door_too(company: Provider) -> None:
    with_second_factor()
    company.signed_in = person("carla@example.com")
    assert through(Client()).headers["Location"] == "/sign-in/code/"


def test_who_refuses_half_way_is_told_so(company: Provider) -> None:
    company.refuses = True
    browser = Client(headers={"accept-language": "es"})
    told = through(browser)
    page = browser.get(told.headers["Location"]) if told.status_code == 302 else told
    assert "No has entrado" in page.content.decode()


def test_an_answer_nobody_asked_for_is_not_believed(company: Provider) -> None:
    company.signed_in = person("carla@example.com")
    stolen = Client().get("/sign-in/with/company/").headers["Location"]
    try:
        build_opener(Elsewhere).open(stolen)
    except HTTPError as sent:
        back = sent.headers["Location"].removeprefix("http://testserver")
    victim = Client()
    victim.get(back)
    assert victim.get("/").status_code == 302


def test_a_provider_that_does_not_answer_is_said_to(company: Provider, settings: Settings) -> None:
    del company
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    apps[0]["settings"]["server_url"] = "http://127.0.0.1:9"
    told = Client(headers={"accept-language": "es"}).get("/sign-in/with/company/")
    assert "No has entrado" in told.content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("oidc: [", "A bracket or brace is not closed"),
        ("oidc: yes", "oidc is no list"),
        ("oidc:\n  - id: Mi Empresa\n", "oidc[0].id is not of small letters"),
        ("oidc:\n  - id: a\n    color: red\n", "oidc[0].color is not known"),
        ("oidc:\n  - id: a\n", "oidc[0].server is missing"),
        ("oidc:\n  - id: a\n", "oidc[0].secret is missing"),
        ("oidc:\n  - id: a\n    addresses: x\n", "oidc[0].addresses is no list of domains"),
    ],
)
def test_a_mistake_in_the_file_of_accounts_is_told_with_all_the_others(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "accounts.yaml"
    file.write_text(text)
    with pytest.raises(TrayectoError) as stopped:
        providers.read(file, {})
    assert any(said in problem.say("en") for problem in stopped.value.problems)
