"""The curve says on what each feeling rests, and never draws what nobody said as if they had."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from samples import FIBRE, FIBRE_MEASURED
from trayecto import flow, measuring
from trayecto.contrast.measured import Measured, TouchpointMeasure
from trayecto.emotion.masking import Quote
from trayecto.render.poster.poster import poster
from trayecto.render.report.page import report_page
from trayecto.render.report.told import Report
from trayecto.vocabulary.estimate import Estimate, mean, unknown
from trayecto.vocabulary.text import LANGUAGES, Language

HINT = Estimate(-0.6, -0.65, -0.55, 900)


def with_one(id: str, **changed: object) -> Measured:
    """Return the sample's measures with one touchpoint's changed."""
    touchpoints = tuple(
        replace(t, **changed) if t.id == id else t  # type: ignore[arg-type]
        for t in FIBRE_MEASURED.touchpoints
    )
    return replace(FIBRE_MEASURED, touchpoints=touchpoints)


def words_in(svg: str) -> str:
    return re.sub(r"\s+", " ", " ".join(re.findall(r">([^<>]+)<", svg)))


def some_heard() -> TouchpointMeasure:
    return next(t for t in FIBRE_MEASURED.touchpoints if t.felt.value is not None)


def title_of(svg: str, id: str) -> str:
    found = re.search(rf'data-emotion="{id}"[^>]*>\s*<title>([^<]*)', svg)
    assert found, f"{id} is not on the curve"
    return found[1]


def test_a_feeling_known_from_words_alone_says_so() -> None:
    heard = some_heard()
    told = with_one(heard.id, scored=0, told=heard.felt.n)
    svg = poster(FIBRE, language="en", measured=told)
    assert "known from words alone" in words_in(svg)
    assert f"0 by a score, {heard.felt.n} by words" in title_of(svg, heard.id)
    scored = with_one(heard.id, scored=heard.felt.n, told=0)
    assert "known from words alone" not in words_in(poster(FIBRE, language="en", measured=scored))


def test_too_few_voices_have_a_ring_and_their_n_and_no_level() -> None:
    heard = some_heard()
    few = with_one(heard.id, felt=unknown(7), scored=7, told=0)
    svg = poster(FIBRE, language="en", measured=few)
    assert "too few spoke: unknown" in words_in(svg)
    assert "n 7" in words_in(svg)
    assert "— (n 7)" in title_of(svg, heard.id)


def test_behaviour_is_drawn_only_where_people_did_not_say_enough() -> None:
    heard = some_heard()
    both = with_one(heard.id, strain=HINT)
    assert "only a hint from behaviour" not in words_in(poster(FIBRE, language="en", measured=both))
    alone = with_one(heard.id, felt=unknown(), scored=0, told=0, strain=HINT)
    svg = poster(FIBRE, language="en", measured=alone)
    assert "only a hint from behaviour" in words_in(svg)
    assert "behaviour hints at −1.2 (weak evidence)" in title_of(svg, heard.id)


def test_a_hint_of_next_to_nothing_is_not_drawn() -> None:
    slight = with_one(some_heard().id, felt=unknown(), strain=mean(-0.05, 0.1, 900))
    svg = poster(FIBRE, language="en", measured=slight)
    assert "only a hint from behaviour" not in words_in(svg)


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotes_stand_in_the_report_only_when_given(language: Language) -> None:
    given = (Quote("ayuda", "La espera fue <eterna>, [nombre]", -0.5),)
    for quotes in ((), given):
        page = report_page(Report(FIBRE, FIBRE_MEASURED, language, quotes=quotes))
        assert ("La espera fue &lt;eterna&gt;, [nombre]" in page) == bool(quotes)
        assert ('id="quotes"' in page) == bool(quotes)


def test_quotes_of_a_map_are_covered_and_need_enough_voices(tmp_path: Path) -> None:
    rows = ["timestamp,user_id,event,comment"]
    rows += [
        f"2026-03-01T10:0{n}:00Z,u{n},shop,Todo genial Laura mi mail es u{n}@example.com"
        for n in range(4)
    ]
    rows.append("2026-03-01T11:00:00Z,u1,pay,Pésimo trato de verdad")
    (tmp_path / "said.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (tmp_path / "map.yaml").write_text(
        "map: shop\ntitle: Shop\nminimum: 3\njourneys: {per: person, silence: 9 days}\nstages:\n"
        "  - id: buy\n    name: Buy\n    touchpoints:\n"
        "      - {id: shop, name: Shop, channel: web, nodes: [shop]}\n"
        "      - {id: pay, name: Pay, channel: web, nodes: [pay]}\n"
    )
    workspace = flow.create(tmp_path / "workspace", language="es")
    flow.import_files(workspace, [tmp_path / "said.csv"], source="crm")
    asked = measuring.measure(workspace, tmp_path / "map.yaml", quotes=2)
    # Four people wrote in the shop, the same once covered; one alone where they pay.
    assert [(q.touchpoint, q.text) for q in asked.quotes] == [
        ("shop", "Todo genial [nombre] mi mail es [correo]")
    ]
    assert measuring.measure(workspace, tmp_path / "map.yaml").quotes == ()
