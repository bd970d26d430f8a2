"""The audit log says who did what in words, in the language of whoever reads it."""

from __future__ import annotations

import re
from pathlib import Path

from trayecto.web.models import Account, Look
from trayecto.web.words.audit import WORDS
from web_site import Site, words

WEB = Path(__file__).parents[1] / "src" / "trayecto" / "web"
COMPOSED = {
    "{own.kind} stopped": {"import stopped", "replay stopped", "nodes stopped"},
    "pair judged {answer}": {"pair judged same", "pair judged different", "pair judged unsure"},
}
"""Acts whose last word is told by what was chosen."""
JUDGED = {"merged", "parted", "joined by sign-on"}


def test_whatever_is_noted_is_said_in_words() -> None:
    noted = set()
    for file in WEB.rglob("*.py"):
        noted |= set(re.findall(r'note\(\s*request, f?"([^"]+)"', file.read_text("utf-8")))
    plain = noted - set(COMPOSED)
    assert plain | set().union(*COMPOSED.values()) | JUDGED == set(WORDS)


def test_the_log_is_told_in_the_readers_language_a_page_at_a_time(site: Site) -> None:
    ana = site.client("ana")
    account = Account.objects.get(email="ana@example.com")
    bruno = Account.objects.get(email="bruno@example.com")
    Look.objects.create(account=account, act="person seen", about="p0123456789abcdef")
    Look.objects.create(account=account, act="rights changed", about=str(bruno.id))
    said = words(ana.get("/audit/").content)
    assert "abrió una persona p0123456789abcdef" in said
    assert f"cambió los permisos de alguien {bruno}" in said
    assert "Más antiguas" not in said
    Look.objects.bulk_create(Look(account=account, act="people searched") for _ in range(250))
    newest = words(ana.get("/audit/").content)
    assert newest.count("buscó personas") == 1
    assert "200 veces, la primera el" in newest
    assert "abrió una persona" not in words(ana.get("/audit/").content)
    older = words(ana.get("/audit/?page=2").content)
    assert "abrió una persona" in older
    assert "Más recientes" in older


def test_a_page_that_waits_notes_a_look_once(site: Site) -> None:
    ana = site.client("ana")
    before = Look.objects.filter(act="pairs reviewed").count()
    ana.get("/review/", headers={"x-waiting": "1"})
    assert Look.objects.filter(act="pairs reviewed").count() == before
    ana.get("/review/")
    assert Look.objects.filter(act="pairs reviewed").count() == before + 1
