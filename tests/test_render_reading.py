"""A map stage by stage in words: what a phone shows, and what is read aloud."""

from __future__ import annotations

from dataclasses import replace

import pytest

import samples
from trayecto.render.poster.poster import poster
from trayecto.render.reading import Part, Stop, reading
from trayecto.vocabulary.estimate import unknown

SPANISH = reading(samples.FIBRE, language="es", measured=samples.FIBRE_MEASURED)


def stop(id: str, of: tuple[Part, ...] = SPANISH.parts) -> Stop:
    return next(one for part in of for one in part.stops if one.id == id)


def plain(words: str) -> str:
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def facts(of: Part | Stop) -> dict[str, str]:
    return {fact.name: plain(fact.words) for fact in of.facts}


def test_every_stage_and_touchpoint_of_the_picture_is_told_in_its_order() -> None:
    assert [part.name for part in SPANISH.parts] == [s.name.es for s in samples.FIBRE.stages]
    told = [one.name for part in SPANISH.parts for one in part.stops if one.id]
    assert told == [touchpoint.name.es for touchpoint in samples.FIBRE.touchpoints()]


def test_it_tells_the_same_figures_as_the_picture() -> None:
    comparison = SPANISH.parts[1]
    assert plain(comparison.about) == "8215 personas · 66 % llega"
    assert facts(comparison)["Tiempo en la etapa"] == "9,4 d · previsto 7 d · tarde"
    assert facts(stop("tarifas"))["Se va"].startswith("46 % (45–47)")
    assert facts(stop("tarifas"))["Emoción esperada"] == "+0,6 con esperanza"
    assert plain(SPANISH.figures[1].number) == "28 %"


def test_what_nobody_drew_stands_where_it_happens_and_cannot_be_opened() -> None:
    placed = [one for part in SPANISH.parts for one in part.stops if not one.id]
    assert all("nadie lo dibujó" in one.about and not one.facts for one in placed)
    assert any(one.about.endswith("684 personas") for one in placed)


def test_a_map_by_case_counts_its_cases_by_their_noun() -> None:
    by_case = replace(samples.FIBRE, journeys=replace(samples.FIBRE.journeys, per="case"))
    told = reading(by_case, language="es", measured=samples.FIBRE_MEASURED)
    assert plain(told.parts[1].about) == "8215 altas · 66 % llega"


def test_of_what_nobody_said_no_point_is_drawn_and_no_level_told() -> None:
    quiet = tuple(
        replace(m, felt=unknown(4)) if m.id == "contrato" else m
        for m in samples.FIBRE_MEASURED.touchpoints
    )
    measured = replace(samples.FIBRE_MEASURED, touchpoints=quiet)
    silent = reading(samples.FIBRE, language="es", measured=measured)
    assert "Emoción medida" in facts(stop("contrato"))
    assert "Emoción medida" not in facts(stop("contrato", silent.parts))
    assert [mark.kind for mark in stop("contrato", silent.parts).marks] == ["expected"]


def test_a_feeling_lies_between_the_ends_of_its_line() -> None:
    """The line is 96 wide with 8 left free at each end: −1 at 8, 0 at 48, +1 at 88."""
    for level, x in ((-1.0, "8.0"), (0.0, "48.0"), (1.0, "88.0")):
        assert [mark.x for mark in Stop("a", "a", "", (), felt=level).marks] == [x]


def test_a_map_without_measures_tells_what_was_drawn_and_no_figures() -> None:
    drawn = reading(samples.FIBRE, language="en")
    assert drawn.figures == ()
    assert [part.about for part in drawn.parts] == [""] * len(samples.FIBRE.stages)
    assert stop("tarifas", drawn.parts).about == "Web"


@pytest.mark.parametrize("language", ["es", "en"])
def test_all_it_tells_of_votes_and_pains_is_in_the_picture_too(language: str) -> None:
    told = reading(samples.FIBRE, language=language, measured=samples.FIBRE_MEASURED)  # type: ignore[arg-type]
    picture = poster(samples.FIBRE, language=language, measured=samples.FIBRE_MEASURED)  # type: ignore[arg-type]
    shares = [
        fact.words.split(" (")[0] for part in told.parts for one in part.stops for fact in one.facts
        if fact.layer == "votes" and "%" in fact.words
    ]  # fmt: skip
    assert len(shares) >= 4
    assert [share for share in shares if share not in picture] == []
