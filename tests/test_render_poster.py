"""The journey map as one picture: what it shows, and that no words ever meet."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from xml.dom.minidom import parseString

import pytest

import samples
from trayecto.maps.document import (
    BackStage,
    Boundaries,
    JourneyMap,
    Protagonist,
    Stage,
    Touchpoint,
)
from trayecto.render.poster.poster import poster, sheet
from trayecto.render.poster.scene import A3_MM, WIDTH, scene, systems
from trayecto.vocabulary.estimate import unknown
from trayecto.vocabulary.text import LANGUAGES, Language, Text, same

POINTS_PER_MM = 72 / 25.4


def heights(svg: str) -> float:
    return float(svg.split('viewBox="0 0 1680 ')[1].split('"')[0])


def words_of(svg: str) -> list[str]:
    """Return every text that is drawn, in order."""
    return [
        "".join(node.toxml() for node in text.childNodes)
        for text in parseString(svg).getElementsByTagName("text")
    ]


def a_map(*touchpoints: Touchpoint, **facts: object) -> JourneyMap:
    stage = Stage("compra", same("Compra"), touchpoints=touchpoints)
    return replace(JourneyMap("m", same("Compra en línea"), stages=(stage,)), **facts)  # type: ignore[arg-type]


PAY = Touchpoint("pago", Text(en="Payment", es="Pago"), "compra", "web")
STORE = Touchpoint(
    "caja", Text(en="Till", es="Caja"), "compra", "store", "communication", "company"
)


@pytest.mark.parametrize("seed", range(26))
def test_no_words_meet_leave_the_sheet_or_are_too_small_to_read(seed: int) -> None:
    chance = Random(seed)
    stages = chance.randint(1, 12)
    journey_map = samples.grown(
        stages, chance.randint(stages, 60), seed=seed, full=chance.choice((0.1, 0.5, 0.9))
    )
    measured = samples.measured(journey_map, seed=seed) if seed % 2 else None
    findings = samples.FIBRE_FINDINGS if measured else ()
    language = LANGUAGES[seed // 2 % 2]

    svg, canvas = sheet(journey_map, language=language, measured=measured, findings=findings)

    parseString(svg)
    smallest = min(box.size for box in canvas.boxes) * A3_MM / WIDTH * POINTS_PER_MM
    assert smallest >= 7
    assert samples.collisions(canvas.boxes) == []
    floor = heights(svg) - 10
    assert all(b.left >= 40 and b.right <= WIDTH - 40 and b.bottom <= floor for b in canvas.boxes)


def test_the_sheet_is_a3_or_taller() -> None:
    assert heights(poster(a_map(PAY), language="es")) == pytest.approx(1188)
    assert heights(poster(samples.FIBRE, language="es")) > 1188


def test_the_same_map_gives_the_same_bytes() -> None:
    def once() -> str:
        return poster(samples.FIBRE, language="en", measured=samples.FIBRE_MEASURED)

    assert once() == once()


def test_an_empty_map_is_still_a_picture() -> None:
    svg = poster(JourneyMap("nada", same("Sin etapas")), language="es")

    assert "Sin etapas" in words_of(svg)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_speaks_one_language(language: Language) -> None:
    words = " ".join(words_of(poster(samples.FIBRE, language=language)))

    spanish, english = ("Puntos de contacto", "línea de visibilidad"), ("Touchpoints", "Stays")
    assert all((word in words) == (language == "es") for word in spanish)
    assert all((word in words) == (language == "en") for word in english)


def test_one_more_persona_stands_below_the_first_and_many_share_rows_over_the_whole_sheet() -> None:
    def places(*names: str) -> list[tuple[float, float]]:
        lucia, *others = (Protagonist(same(name), id=name.lower()) for name in names)
        svg = poster(a_map(PAY, protagonist=lucia, personas=tuple(others)), language="es")
        drawn = parseString(svg).getElementsByTagName("text")
        where = dict(zip(words_of(svg), drawn, strict=True))
        found = [where[name] for name in names]
        return [(float(text.getAttribute("x")), float(text.getAttribute("y"))) for text in found]

    (left, top), (below, lower) = places("Lucía", "Diego")
    assert below == left
    assert lower > top
    _, *others = places("Lucía", "Diego", "Ana", "Luz", "Marta", "Pau")
    # 1584 wide, four in a row: one every 396, its words 42 after its portrait.
    assert [left for left, _ in others] == [90, 486, 882, 1278, 90]
    assert len({top for _, top in others}) == 2


def test_lanes_with_nothing_in_them_are_not_drawn() -> None:
    words = words_of(poster(a_map(PAY), language="es"))

    assert "Puntos de contacto" in words
    for lane in ("Emoción", "Momentos", "Puntos de votación", "Tras bastidores", "Esperas"):
        assert lane not in words


def test_the_channel_is_named_and_the_shape_tells_action_from_communication() -> None:
    svg = poster(a_map(PAY, STORE), language="es")

    groups = {g.getAttribute("id"): g for g in parseString(svg).getElementsByTagName("g")}
    assert groups["tp-pago"].getElementsByTagName("rect")[0].getAttribute("stroke") == "#D97706"
    assert groups["tp-caja"].getElementsByTagName("circle")[0].getAttribute("stroke") == "#2F5DA8"
    assert {"Pago", "Web", "Caja", "Tienda"} <= set(words_of(svg))


def test_a_step_out_of_sight_lies_below_the_line_of_visibility() -> None:
    hidden = replace(PAY, id="scoring", name=same("Scoring"), side="back", channel="internal")

    _, canvas = sheet(a_map(PAY, hidden), language="es")

    at = {box.words: box.top for box in canvas.boxes}
    assert at["Pago"] < at["línea de visibilidad"] < at["Scoring"]


def test_what_hurts_says_so_in_words() -> None:
    checks = BackStage(same("Riesgos"), same("Revisa a mano"), hurts=True)
    stage = Stage("compra", same("Compra"), back_stage=(checks,))

    words = words_of(poster(JourneyMap("m", same("M"), stages=(stage,)), language="es"))

    assert "duele al cliente" in words


def test_a_long_journey_goes_on_in_the_next_row_of_stages() -> None:
    long = samples.grown(12, 60, seed=5)

    rows = systems(scene(long, None, "es"))

    assert len(rows) > 1
    drawn = [column.stage.id for row in rows for column in row.columns]
    assert drawn == [stage.id for stage in long.stages]
    assert sum(len(row.slots()) for row in rows) == 60


def test_a_stage_too_long_for_a_row_is_cut_and_says_so() -> None:
    words = words_of(poster(samples.grown(1, 60, seed=3), language="en"))

    assert sum("(continued)" in line for line in words) == 2


def test_the_live_map_tells_who_got_there_who_left_and_what_nobody_drew() -> None:
    svg = poster(
        samples.FIBRE,
        language="es",
        measured=samples.FIBRE_MEASURED,
        findings=samples.FIBRE_FINDINGS,
    )
    words = " ".join(words_of(svg)).replace("\u202f", " ").replace("\u00a0", " ")

    assert "12 480" in words
    assert "nadie lo dibujó" in words
    assert "684 personas" in words
    assert "1173 lo saltan" in words, "8215 // 7"
    assert "nadie lo toca" in words
    assert "54 % sigue" in words, "4390 of 8090 whose fate is known"
    assert "46 % se va" in words
    assert "9,4 d · tarde" in words
    assert "n 902" in words
    assert "Qué mirar primero" in words
    assert "1204 altas en curso" in words


def test_what_is_unknown_is_a_dash_and_never_zero() -> None:
    totals = replace(samples.FIBRE_MEASURED.totals, completed_share=unknown(12))
    measured = replace(samples.FIBRE_MEASURED, totals=totals)

    words = words_of(poster(samples.FIBRE, language="es", measured=measured))

    place = words.index("llegan al final")
    assert words[place - 1] == "—"


def test_silence_breaks_the_line_and_draws_no_point() -> None:
    def dots(svg: str) -> int:
        return svg.count('r="6.5"')

    def silent(id: str) -> str:
        touchpoints = tuple(
            replace(m, felt=unknown(4)) if m.id == id else m
            for m in samples.FIBRE_MEASURED.touchpoints
        )
        measured = replace(samples.FIBRE_MEASURED, touchpoints=touchpoints)
        return poster(samples.FIBRE, language="es", measured=measured)

    whole = poster(samples.FIBRE, language="es", measured=samples.FIBRE_MEASURED)
    broken = silent("contrato")

    lines = 'stroke="#1C1B1A" stroke-width="2.4"'
    assert dots(broken) == dots(whole) - 1
    assert broken.count(lines) == whole.count(lines) + 1


def test_when_nobody_said_how_they_felt_the_map_says_so() -> None:
    touchpoints = tuple(replace(m, felt=unknown()) for m in samples.FIBRE_MEASURED.touchpoints)
    measured = replace(samples.FIBRE_MEASURED, touchpoints=touchpoints)

    words = " ".join(words_of(poster(samples.FIBRE, language="es", measured=measured)))

    assert "Nadie ha dicho aún cómo se sintió" in words


def test_journeys_are_called_by_their_own_noun() -> None:
    fines = Boundaries(per="case", noun=Text(en="fines", es="multas"))
    journey_map = replace(samples.FIBRE, journeys=fines)

    words = words_of(poster(journey_map, language="es", measured=samples.FIBRE_MEASURED))

    assert {"multas", "multas que llegan", "684 multas"} <= set(words)
    assert "684 personas" not in words


def test_a_script_in_a_name_is_only_a_name() -> None:
    name = same("<script>alert(1)</script> & «ñ» \x00\u202e 👍 مرحبا")
    svg = poster(a_map(replace(PAY, id='a"b/ç', name=name)), language="es")

    assert parseString(svg).getElementsByTagName("script") == []
    assert 'id="tp-a-b-"' in svg


def test_the_picture_has_a_name_and_tells_what_it_shows() -> None:
    svg = parseString(poster(samples.FIBRE, language="en")).documentElement

    assert svg is not None
    assert svg.getAttribute("role") == "img"
    assert svg.firstChild is not None
    assert svg.firstChild.toxml() == "<title>Joining fibre and mobile</title>"
    desc = svg.getElementsByTagName("desc")[0].toxml()
    assert "5 stages and 13 touchpoints: Discovery, Comparison" in desc
