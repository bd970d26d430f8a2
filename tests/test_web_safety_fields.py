"""Script, and names of 300 characters, in the fields and data that the other test leaves out."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from trayecto import flow
from trayecto.web.kept import keeper
from trayecto.web.pages.questions import QUESTIONS
from web_site import Site

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
LONG = ("Ñandú " * 50).strip()

PAGES = [
    "/", "/week/", "/library/", "/library/house/versions/", "/library/house/text/",
    "/library/house/persona/ana/", "/data/", "/data/rules/", "/data/rules/?view=text",
    "/data/rules/versions/", "/data/glossary/", "/data/glossary/?find=%3Cscript%3E", "/segments/",
    "/nodes/", "/nodes/?level=touchpoint", "/maps/buying/", "/maps/buying/part/?part=undrawn",
    "/maps/buying/part/?part=stage:look", "/maps/buying/report/", "/maps/buying/versions/",
    "/maps/buying/comments/",
    *(f"/questions/{question}/" for question in QUESTIONS),
]  # fmt: skip


def harmless(site: Site) -> set[str]:
    """Look at every page, and return those that show the script as the text it is."""
    ana = site.client("ana")
    shows = set()
    for page in PAGES:
        answer = ana.get(page)
        assert answer.status_code == 200, page
        shown = answer.content.decode()
        assert "<script>alert" not in shown, page
        assert "<img src=x" not in shown, page
        if "&lt;script&gt;alert" in shown:
            shows.add(page)
    return shows


def test_a_script_in_the_library_the_rules_and_the_segments_is_text(site: Site) -> None:
    ana = site.client("ana")
    ana.get("/library/house/persona/ana/")
    for field in ("name", "about", "needs"):
        typed = {"only": field, "base": "1", f"{field}:es": SCRIPT, f"{field}:en": SCRIPT}
        saved = ana.post("/library/house/persona/ana/", typed)
        assert saved.status_code == 200, saved.content
    ana.post("/library/", {"library": "house", "kind": "area", "name": SCRIPT})
    added = ana.post("/library/", {"library": "house", "kind": "touchpoint", "name": SCRIPT})
    assert added.status_code == 302
    row = {"view": "form", "base": "1", "text": "", "rule": "0", "act": "save", "0.name": "help"}
    ruled = ana.post("/data/rules/", row | {"0.touchpoint": SCRIPT, "0.area": SCRIPT})
    assert ruled.status_code == 302
    rule = {"property": "plan", "sign": "is", "value": SCRIPT, "called": f"x {SCRIPT}", "keep": "1"}
    assert ana.post("/segments/count/", rule).status_code == 302
    ana.post("/maps/buying/comments/?part=stage:look", {"text": SCRIPT})
    keeper.forget()
    assert {"/library/", "/data/rules/", "/segments/", "/week/"} <= harmless(site)


def test_a_script_in_the_data_is_text(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["occurred_at", "user_id", "touchpoint", "channel", "text", "plan"])
        for n in range(12):
            at = f"2026-03-01 10:{n:02}"
            rows.writerow([at, f"{SCRIPT}{n}", f"x {SCRIPT}", SCRIPT, SCRIPT, SCRIPT])
    flow.import_files(site.workspace, [file], source="bad")
    keeper.forget()
    assert {"/data/glossary/", "/nodes/", "/maps/buying/report/"} <= harmless(site)
    found = site.client("ana").post("/people/", {"search": "script"}).content.decode()
    assert "&lt;script&gt;" in found
    assert "<script>alert" not in found


def test_a_name_of_three_hundred_characters_is_kept_in_the_library_and_the_segments(
    site: Site,
) -> None:
    ana = site.client("ana")
    added = ana.post("/library/", {"library": "house", "kind": "persona", "name": LONG + "x" * 99})
    at = added.headers["Location"]
    assert len(at) < 400
    assert LONG in ana.get(at).content.decode()
    assert LONG in ana.get("/library/").content.decode()
    rule = {"property": "plan", "sign": "is", "value": "fibre", "called": LONG, "keep": "1"}
    assert ana.post("/segments/count/", rule).status_code == 302
    assert LONG in ana.get("/segments/").content.decode()


HUGE = "9" * 30
TAMPERED = [
    ("/library/", {"library": "../house", "earlier": "persona:ana"}),
    ("/library/", {"library": "house", "earlier": "map"}),
    ("/library/", {"library": "house", "moved": "persona:ana", "beside": "area:sales"}),
    ("/library/", {"library": "house", "moved": "persona:ana", "beside": "persona:ana"}),
    ("/library/house/persona/ana/", {"only": "name", "base": HUGE, "name:es": "x"}),
    ("/library/house/persona/ana/", {"only": "name", "base": "²", "name:es": "x"}),
    ("/library/house/persona/ana/", {"only": "id", "base": "1", "id:value": "../x"}),
    ("/library/house/persona/ana/", {"only": "", "base": "1"}),
    ("/library/house/persona/ana/", {"only": "name", "base": "1", "name:es": "a\0b"}),
    ("/library/house/persona/..%2fana/", {"only": "name", "base": "1"}),
    ("/library/nothing/persona/ana/", {"only": "name", "base": "1"}),
]


@pytest.mark.parametrize(("address", "form"), TAMPERED, ids=range(len(TAMPERED)))
def test_a_tampered_change_of_a_library_changes_nothing(
    site: Site, address: str, form: dict[str, str]
) -> None:
    ana = site.client("ana")
    ana.get("/library/house/persona/ana/")
    before = (site.workspace.folder / "maps" / "house.yaml").read_text("utf-8")
    assert ana.post(address, form).status_code in (400, 404, 422)
    assert (site.workspace.folder / "maps" / "house.yaml").read_text("utf-8") == before
