"""Nothing typed is lost: which forms the browser keeps, and what it is told was saved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from trayecto.web.models import Account
from web_site import PASSWORD, Site, words

TEMPLATES = Path(__file__).parents[1] / "src" / "trayecto" / "web" / "templates"
MARK = "a1b2c3d4e5f6"

SECRET = "a password or a code"
PERSON = "personal data of customers"
SHORT = "the address of a colleague, or a choice"
NOT_KEPT = {
    "account/login.html": SECRET,
    "account/password_change.html": SECRET,
    "account/password_reset.html": SECRET,
    "account/password_reset_from_key.html": SECRET,
    "mfa/authenticate.html": SECRET,
    "mfa/totp/activate_form.html": SECRET,
    "web/first.html": SECRET,
    "web/join.html": SECRET,
    "web/shared_password.html": SECRET,
    "web/share.html": SECRET,
    "web/forget.html": PERSON,
    "web/people.html": PERSON,
    "web/person.html": PERSON,
    "web/team.html": SHORT,
}
"""Templates whose forms leave nothing in the browser, and why."""

_TYPED = re.compile(r'<textarea|web/\w*field\.html|<input(?![^>]*type="(?:hidden|checkbox|radio)")')


def forms_to_type_in() -> set[tuple[str, bool]]:
    """Return each template with a form that somebody types in and sends, and if it is kept."""
    found = set()
    for file in TEMPLATES.rglob("*.html"):
        for form in re.findall(r"<form\b.*?</form>", file.read_text("utf-8"), re.DOTALL):
            tag = form[: form.index(">", form.index("method=")) + 1] if "method=" in form else ""
            if 'method="post"' in tag and _TYPED.search(form):
                found.add((str(file.relative_to(TEMPLATES)), "data-keep=" in form))
    return found


def test_every_form_to_type_in_is_kept_or_it_is_said_why_not() -> None:
    forms = forms_to_type_in()
    assert {name for name, kept in forms if not kept} == set(NOT_KEPT)
    assert not {name for name, kept in forms if kept} & set(NOT_KEPT)
    assert len(forms) > 25


def marks(browser: Client) -> str:
    return browser.cookies["trayecto_saved"].value if "trayecto_saved" in browser.cookies else ""


def test_the_browser_is_told_what_was_saved_and_only_that(site: Site) -> None:
    bruno = site.client("bruno")
    text = site.map.versions.get(number=1).text
    wrong = {"text": text + "stages: twice", "base": "1", "unsent": MARK}
    page = bruno.post("/maps/buying/text/", wrong)
    assert page.status_code == 422
    assert marks(bruno) == ""
    assert f'data-answered="{MARK}"' in page.content.decode()
    bruno.post("/maps/buying/text/", {"text": text + "# ?\n", "base": "1", "unsent": MARK})
    assert marks(bruno) == MARK
    # Two tabs may save before either looks.
    bruno.post("/maps/buying/comments/", {"text": "¿Y la espera?", "unsent": "f" * 12})
    assert marks(bruno) == f"{MARK}.{'f' * 12}"


@pytest.mark.parametrize("mark", ["", "<script>", "x" * 80, "a;b=c"])
def test_a_mark_that_is_none_is_told_to_nobody(site: Site, mark: str) -> None:
    bruno = site.client("bruno")
    page = bruno.post("/maps/buying/comments/", {"text": "¿Y la espera?", "unsent": mark})
    assert page.status_code == 302
    assert marks(bruno) == ""


def test_what_a_stranger_sends_is_not_told_to_be_saved(site: Site) -> None:
    stranger = site.client("stranger")
    answer = stranger.post("/maps/buying/comments/", {"text": "x", "unsent": MARK})
    assert answer.headers["Location"].startswith("/sign-in/")
    assert marks(stranger) == ""
    # A part of a page is refused where it stands: the sign-in page has no place inside another.
    part = stranger.post(
        "/maps/buying/comments/", {"text": "x"}, headers={"hx-current-url": "http://testserver/"}
    )
    assert part.status_code == 401


def test_a_form_from_before_signing_in_again_is_refused_with_the_way_back(site: Site) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(Account.objects.get(email="bruno@example.com"))
    from_page = {"referer": "http://testserver/maps/buying/text/"}
    page = browser.post("/maps/buying/text/", {"text": "x"}, headers=from_page)
    assert page.status_code == 403
    assert "lo que escribiste" in words(page.content)
    assert 'href="http://testserver/maps/buying/text/"' in page.content.decode()
    afar = browser.post("/maps/buying/text/", {}, headers={"referer": "https://evil.example/"})
    assert "evil" not in afar.content.decode()
    assert site.map.versions.count() == 1


def test_a_form_may_bring_the_newest_token_of_the_browser_itself(site: Site) -> None:
    del site
    browser = Client(enforce_csrf_checks=True)
    browser.get("/sign-in/")
    token = browser.cookies["trayecto_csrf"].value
    form = {"login": "bruno@example.com", "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert browser.post("/sign-in/", form).status_code == 302
    newer = browser.cookies["trayecto_csrf"].value
    assert newer != token
    told = {"name": "Bruno", "language": "es", "zone": "", "csrfmiddlewaretoken": newer}
    assert browser.post("/account/", told).status_code == 302
    assert browser.post("/account/", {**told, "csrfmiddlewaretoken": token}).status_code == 403
