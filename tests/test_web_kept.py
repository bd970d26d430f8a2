"""Kept answers: worked out once, never kept after an erasure, and no page waits for a long one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from trayecto.vocabulary.text import Text
from trayecto.web.kept import Keeper, Kept, NotYet, keeper, patience
from trayecto.web.models import Account, Map, Version
from trayecto.web.words import phrase
from trayecto.workspace import write_file
from web_site import MAP, Site

PATIENT = 30
"""Seconds that a test waits for what takes none; only a broken promise lets them pass."""


def slow(begun: Event, go_on: Event, answer: str) -> Callable[[], str]:
    """Return work that begins, and ends when it is let."""

    def work() -> str:
        begun.set()
        assert go_on.wait(PATIENT)
        return answer

    return work


@contextmanager
def impatient() -> Iterator[None]:
    """Wait for nothing, as a page does when its time is over."""
    before = patience.set(0.0)
    try:
        yield
    finally:
        patience.reset(before)


def test_an_answer_is_worked_out_once_and_again_when_the_data_changed() -> None:
    kept = Keeper()
    assert kept.now("curve", 1, lambda: "worked out") == "worked out"
    assert kept.now("curve", 1, lambda: "worked out again") == "worked out"
    assert kept.now("curve", 2, lambda: "from new data") == "from new data"


def test_an_old_answer_is_shown_at_once_while_the_new_one_is_worked_out() -> None:
    kept, begun, go_on = Keeper(), Event(), Event()
    kept.get("curve", 1, lambda: "old")
    assert kept.get("curve", 2, slow(begun, go_on, "new")) == Kept("old", updating=True)
    go_on.set()
    assert kept.get("other", 1, lambda: "x").answer == "x"
    while kept.get("curve", 2, lambda: "new").updating:
        pass
    assert kept.get("curve", 2, lambda: "never asked") == Kept("new", updating=False)


def test_an_answer_under_way_when_somebody_is_erased_is_not_kept() -> None:
    kept, begun, go_on = Keeper(), Event(), Event()
    assert kept.glance("samples", 1, slow(begun, go_on, "with Ana in it")) is None
    assert begun.wait(PATIENT)
    kept.forget()
    go_on.set()
    assert kept.get("samples", 1, lambda: "without her").answer == "without her"
    kept._later.submit(lambda: None).result(PATIENT)  # the old work is over by then
    assert kept.get("samples", 1, lambda: "never asked").answer == "without her"


def test_quick_work_under_way_when_somebody_is_erased_is_not_kept_either() -> None:
    kept = Keeper()

    def erased_meanwhile() -> str:
        kept.forget()
        return "with Ana in it"

    kept.now("samples", 1, erased_meanwhile)
    assert kept.now("samples", 1, lambda: "without her") == "without her"


def test_who_has_no_patience_is_told_to_come_back_and_finds_the_answer_then() -> None:
    kept, begun, go_on = Keeper(), Event(), Event()
    with impatient(), pytest.raises(NotYet):
        kept.get("curve", 1, slow(begun, go_on, "there"))
    go_on.set()
    assert kept.get("curve", 1, lambda: "asked twice").answer == "there"


def test_who_waits_goes_before_what_nobody_waits_for() -> None:
    kept, begun, go_on = Keeper(), Event(), Event()
    kept.glance("long", 1, slow(begun, go_on, "long"))
    assert begun.wait(PATIENT)
    kept.glance("in line", 1, lambda: "behind the long one")
    assert kept.get("in line", 1, lambda: "asked for now").answer == "asked for now"
    go_on.set()


def test_a_failure_is_told_to_whoever_asks_and_not_kept() -> None:
    kept = Keeper()

    def fails() -> str:
        raise ValueError("no such node")

    with pytest.raises(ValueError, match="no such node"):
        kept.get("curve", 1, fails)
    assert kept.get("curve", 1, lambda: "mended").answer == "mended"


def test_a_page_whose_answer_takes_long_says_so_and_shows_itself_later(site: Site) -> None:
    begun, go_on = Event(), Event()
    for key in ("a", "b"):  # both of those who work out answers are busy
        keeper.glance(key, 1, slow(begun, go_on, key))
        with impatient(), pytest.raises(NotYet):
            keeper.get(("busy", key), 1, slow(begun, go_on, key))
    browser = site.client("ana")
    first = browser.get("/data/", headers={"sec-fetch-dest": "document"})
    again = browser.get("/data/", headers={"x-waiting": "1"})
    go_on.set()
    assert (first.status_code, again.status_code) == (202, 204)
    assert "Lo estamos calculando" in first.content.decode()
    assert browser.get("/data/").status_code == 200
    assert browser.get("/data/", headers={"x-waiting": "1"}).headers["HX-Refresh"] == "true"


def with_maps(site: Site, many: int) -> None:
    made = [Map(team=site.team, slug=f"m{i}", head=1) for i in range(many)]
    for i, each in enumerate(made):
        each.entitle(Text(es=f"Mapa {i:05}", en=f"Map {i:05}"))
    Map.objects.bulk_create(made)
    Version.objects.bulk_create(Version(map=each, number=1, text=MAP) for each in made)
    for each in made:
        write_file(site.workspace.folder / "maps" / f"{each.slug}.yaml", MAP.encode())


def test_a_home_of_many_maps_shows_some_and_finds_the_rest(site: Site) -> None:
    with_maps(site, 120)
    browser = site.client("ana")
    first = browser.get("/").content.decode()
    assert first.count('<th scope="row">') == 50
    assert "1 a 50 de 121" in first
    last = browser.get("/?page=3").content.decode()
    assert "101 a 121 de 121" in last
    assert "101 a 121 de 121" in browser.get("/?page=99").content.decode()
    found = browser.get("/?search=mapa+00117").content.decode()
    assert found.count('<th scope="row">') == 1
    assert "/maps/m117/" in found
    assert "Ningún mapa lleva eso" in browser.get("/?search=nada").content.decode()


def entitle(slug: str, *, es: str, en: str) -> None:
    held = Map.objects.get(slug=slug)
    held.entitle(Text(es=es, en=en))
    held.save()


def listed(site: Site) -> list[str]:
    page = site.client("ana").get("/").content.decode()
    return re.findall(r'scope="row"><a href="/maps/[^"]+">([^<]+)<', page)


def test_maps_stand_in_the_order_of_the_alphabet_with_accents_and_eñe(site: Site) -> None:
    with_maps(site, 3)
    entitle("m0", es="Ñandú", en="Zebra")
    entitle("m1", es="Árbol", en="élan")
    entitle("m2", es="Nuez", en="Yes")
    entitle("buying", es="oso", en="Fox")
    assert listed(site) == ["Árbol", "Nuez", "Ñandú", "oso"]
    Account.objects.filter(email="ana@example.com").update(language="en")
    assert listed(site) == ["élan", "Fox", "Yes", "Zebra"]


def test_a_map_is_found_without_its_accents_and_by_words_in_any_order(site: Site) -> None:
    entitle("buying", es="Atención al CLIENTE", en="Care")
    browser = site.client("ana")
    for search in ("atencion", "ATENCIÓN", "cliente atencion", "Care", "buying"):
        assert "/maps/buying/" in browser.get("/", {"search": search}).content.decode(), search
    assert "/maps/buying/" not in browser.get("/", {"search": "atencion web"}).content.decode()


def test_the_home_asks_the_database_as_often_for_fifty_maps_as_for_one(
    site: Site, django_assert_max_num_queries: Callable[[int], Callable[[], None]]
) -> None:
    with_maps(site, 49)
    browser = site.client("ana")
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        browser.get("/")


def test_what_was_done_is_said_on_the_page_that_stays_and_not_on_the_one_that_waits(
    site: Site,
) -> None:
    begun, go_on = Event(), Event()
    for key in ("c", "d"):  # both of those who work out answers are busy
        keeper.glance(key, 1, slow(begun, go_on, key))
        with impatient(), pytest.raises(NotYet):
            keeper.get(("busy", key), 1, slow(begun, go_on, key))
    browser = site.client("ana")
    browser.post("/team/", {"called": "", "rename": "1"})
    said = phrase("accounts.team_needs").say("es")
    first = browser.get("/data/", headers={"sec-fetch-dest": "document"})
    assert first.status_code == 202
    assert said not in first.content.decode()  # on the page that comes, and only there
    browser.get("/data/", headers={"x-waiting": "1"})
    go_on.set()
    while browser.get("/data/", headers={"x-waiting": "1"}).status_code == 204:
        pass
    assert said in browser.get("/data/").content.decode()
