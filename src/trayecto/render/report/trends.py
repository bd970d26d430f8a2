"""How each measure moves from month to month: a small line, its ends, and a word when it moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from trayecto.contrast.trend import Direction, Trend, TrendMeasure, TrendPoint
from trayecto.render import words as w
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import definitions_judged as j
from trayecto.render.report import words as r
from trayecto.render.report.effects import HEADS
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, joined, table
from trayecto.render.report.tabular import (
    Cell,
    Kind,
    Matter,
    estimated,
    in_words,
    matter,
    say_heads,
)
from trayecto.render.report.told import Report
from trayecto.vocabulary.estimate import Estimate, unknown
from trayecto.vocabulary.text import Text

TRENDS = Text(en="Month by month", es="Mes a mes")
_LEAD = Text(
    en="Each line goes by the month in which journeys began; its band is the 95% interval. A "
    "hollow point is a month with more than one journey in ten still open: too early to compare. "
    "Where a month is unknown the line breaks. It rises or falls only where the first and the last "
    "month that are settled lie outside each other’s interval.",
    es="Cada línea va por el mes en que empiezan los trayectos; la banda es el intervalo del 95 %. "
    "Un punto hueco es un mes con más de uno de cada diez trayectos en curso: es pronto para "
    "comparar. Donde un mes se desconoce, la línea se corta. Solo sube o baja donde los intervalos "
    "del primer mes cerrado y del último no se tocan.",
)
_SQL = Text(en="Its SQL, a cut a month", es="Su SQL, un corte por mes")
_WHERE, _MEASURE = Text(en="Where", es="Dónde"), Text(en="Measure", es="Medida")
_MONTH = Text(en="Month", es="Mes")
_MONTHS = Text(en="Each month", es="Cada mes")
_SETTLED = Text(en="Settled", es="Cerrado")
_YES, _NO = Text(en="yes", es="sí"), Text(en="no", es="no")
_DIRECTION = Text(en="Trend", es="Tendencia")
_FIRST, _LAST = (
    Text(en="First settled month", es="Primer mes cerrado"),
    Text(en="Last settled month", es="Último mes cerrado"),
)
_NOT_SAID = Text(en="too little to tell by months", es="no alcanza para contarlo por meses")
_DIRECTIONS: Mapping[Direction | None, Text] = {
    "up": Text(en="rises", es="sube"),
    "down": Text(en="falls", es="baja"),
    None: Text(en="no sure change", es="sin cambio seguro"),
}
_EARLY = Text(en="too early to tell", es="aún no se sabe")
_IN_MONTH = Text(en="{month}: {figure}", es="{month}: {figure}")
_FOUR: tuple[TrendMeasure, ...] = ("at_once", "answered", "useful", "on_time")
_GOOD: Mapping[TrendMeasure, Direction] = {
    "completed": "up", "drop_off": "down", "wait": "down", "duration": "down", "felt": "up",
    "at_once": "up", "answered": "up", "useful": "up", "on_time": "up",
}  # fmt: skip
_KINDS: Mapping[TrendMeasure, Kind] = {
    "completed": "share", "drop_off": "share", "wait": "time", "duration": "time", "felt": "level",
    "at_once": "share", "answered": "share", "useful": "share", "on_time": "share",
}  # fmt: skip
_NAMES: Mapping[TrendMeasure, Text] = {
    "completed": r.COMPLETED, "drop_off": r.DROP_OFF, "wait": r.WAIT, "duration": r.TIME,
    "felt": w.EMOTION, **dict(zip(_FOUR, HEADS, strict=False)),
}  # fmt: skip
_COLUMNS: Sequence[tuple[Text, tuple[TrendMeasure, ...]]] = (
    (r.DROP_OFF, ("completed", "drop_off")), (r.WAIT, ("wait", "duration")),
    (w.EMOTION, ("felt",)),
)  # fmt: skip
"""What stands below one another; what is not the measure of its head is named in its cell."""
_EFFECT_COLUMNS = tuple((_NAMES[measure], (measure,)) for measure in _FOUR)
_EFFECTS = Text(en="The four measures, month by month", es="Las cuatro medidas, mes a mes")
_CAPTION = Text(
    en="The map, its stages and its touchpoints by the month in which journeys began",
    es="El mapa, sus etapas y sus puntos de contacto, según el mes en que empieza el trayecto",
)
_MANY = 12
"""With more months than these only the two that are compared, and the open ones, have a dot."""
_WIDE, _TALL, _EDGE = 132.0, 36.0, 4.0


def trends_section(scene: Scene, report: Report) -> Html:
    """Return a row for the map, each stage and each touchpoint with anything known by months."""
    link = el("a", scene.say(_SQL), href="#sql-stages") if report.sql else NO_HTML
    lead = el("p", joined((scene.say(_LEAD), link), " "), class_="measure")
    whole = _table(scene, report.trends, _CAPTION, _COLUMNS)
    four = _table(scene, report.trends, _EFFECTS, _EFFECT_COLUMNS)
    if four:
        four = el("details", el("summary", scene.say(_EFFECTS)), four)
    return joined((lead, whole, four))


def _table(
    scene: Scene,
    trends: Sequence[Trend],
    caption: Text,
    named: Sequence[tuple[Text, tuple[TrendMeasure, ...]]],
) -> Html:
    """Return the trends of some columns, a row a place; nothing where none is known."""
    by_place: dict[str | None, dict[TrendMeasure, Trend]] = {}
    wanted = {measure for _, measures in named for measure in measures}
    for trend in trends:
        if trend.measure in wanted:
            by_place.setdefault(trend.where, {})[trend.measure] = trend
    known = {measure for own in by_place.values() for measure in own}
    shown = [column for column in named if known & set(column[1])]
    if not shown:
        return NO_HTML
    columns = [Column(scene.say(_WHERE), figures=False)]
    columns += [Column(scene.say(name), j.TREND) for name, _ in shown]
    rows = (
        Row(name, [_cell(scene, own, measures) for _, measures in shown])
        for place, name in _places(scene)
        if (own := by_place.get(place))
    )
    return table(scene.say(caption), columns, rows, look="trends")


def _places(scene: Scene) -> Iterator[tuple[str | None, Html]]:
    """Give the map, then each stage with its touchpoints below it."""
    yield None, el("span", scene.say(r.ALL), class_="strong")
    for stage in scene.map.stages:
        yield stage.id, el("span", scene.say(stage.name), class_="strong")
        for touchpoint in stage.touchpoints:
            yield touchpoint.id, el("span", scene.say(touchpoint.name), class_="within")


def _cell(
    scene: Scene, own: Mapping[TrendMeasure, Trend], measures: Sequence[TrendMeasure]
) -> Html:
    """Return the line, the months that are compared, and where it went, in words."""
    trend = next((own[measure] for measure in measures if measure in own), None)
    if trend is None:
        return c.unknown(scene.say(_NOT_SAID))
    look = ""
    if trend.direction:
        look = "good" if trend.direction == _GOOD[trend.measure] else "bad"
    told = [el("span", said(scene, trend), class_=f"word {look}" if look else "soft")]
    if trend.measure in ("completed", "duration"):
        told.insert(0, el("span", scene.say(_NAMES[trend.measure]), class_="soft named"))
    if ends := _ends_of(trend):
        told.append(el("span", " → ".join(_figure(scene, trend, e)[0] for e in ends)))
        told += [el("span", _figure(scene, trend, end)[1], class_="soft") for end in ends]
    return el("span", _line(scene, trend), el("span", *told), class_=f"trend {look}".strip())


def _ends_of(trend: Trend) -> list[Estimate]:
    """Return the first and the last settled month, or the only one."""
    settled = [p.value for p in trend.points if p.settled and p.value.value is not None]
    return [settled[0], settled[-1]] if len(settled) > 1 else settled


def said(scene: Scene, trend: Trend) -> str:
    """Return where a measure went, in words; whether it can be said at all."""
    settled = sum(point.settled and point.value.value is not None for point in trend.points)
    return scene.say(_EARLY if settled < 2 else _DIRECTIONS[trend.direction])


def _figure(scene: Scene, trend: Trend, value: Estimate) -> tuple[str, str]:
    return in_words(value, _KINDS[trend.measure], scene.language)


def _line(scene: Scene, trend: Trend) -> Html:
    """Return the months as a picture as small as a word; each with its figure to hover."""
    values = [point.value for point in trend.points]
    seen = [end for v in values for end in (v.value, v.low, v.high) if end is not None]
    low, high = min(seen), max(seen)
    span = (high - low) or 1.0
    step = (_WIDE - 2 * _EDGE) / max(len(values) - 1, 1)

    def across(place: int) -> float:
        return round(_EDGE + place * step, 1)

    def up(value: float) -> float:
        return round(_TALL - _EDGE - (value - low) / span * (_TALL - 2 * _EDGE), 1)

    parts: list[Html] = []
    for run in _runs(values):
        band = [(across(at), up(high)) for at, high in _ends(values, run, "high")]
        band += [(across(at), up(low)) for at, low in reversed(_ends(values, run, "low"))]
        if len(band) > 2:
            parts.append(el("polygon", points=_points(band), class_="band"))
        way = [(across(at), up(value)) for at in run if (value := values[at].value) is not None]
        parts.append(el("polyline", points=_points(way), class_="way"))
    compared = _ends_of(trend)
    for at, point in enumerate(trend.points):
        if point.value.value is not None:
            marked = len(values) <= _MANY or point.value in compared or not point.settled
            spot = el(
                "circle", el("title", _told(scene, trend, point)), cx=str(across(at)),
                cy=str(up(point.value.value)), r="2.4" if marked else "1",
                class_=None if point.settled else "hollow",
            )  # fmt: skip
            parts.append(spot)
    words = "; ".join(_told(scene, trend, p) for p in trend.points if p.value.value is not None)
    return el("svg", *parts, viewBox=f"0 0 {_WIDE:g} {_TALL:g}", role="img", aria_label=words)


def _runs(values: Sequence[Estimate]) -> Iterator[list[int]]:
    """Give the months that follow one another without an unknown between them."""
    run: list[int] = []
    for at, value in enumerate(values):
        if value.value is None:
            if run:
                yield run
            run = []
        else:
            run.append(at)
    if run:
        yield run


def _ends(values: Sequence[Estimate], run: Sequence[int], end: str) -> list[tuple[int, float]]:
    return [(at, found) for at in run if (found := getattr(values[at], end)) is not None]


def _points(spots: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in spots)


def _told(scene: Scene, trend: Trend, point: TrendPoint) -> str:
    """Return a month's figure with its interval and n."""
    figure = " ".join(part for part in _figure(scene, trend, point.value) if part)
    return scene.say(_IN_MONTH, month=month_name(scene, point), figure=figure)


def month_name(scene: Scene, point: TrendPoint) -> str:
    """Return a month as people say it."""
    return w.month(date.fromisoformat(f"{point.period}-01"), scene.language)


def moved_matter(scene: Scene, trends: Sequence[Trend]) -> Matter:
    """Return each trend in a row: its first and last settled month, and where it went."""
    heads = say_heads(
        scene, (_WHERE, "words", ""), (_MEASURE, "words", j.TREND), (_FIRST, "words", j.TREND),
        (_LAST, "words", j.TREND), (_DIRECTION, "words", j.TREND),
    )  # fmt: skip
    names = _plain_names(scene)
    rows = []
    for trend in trends:
        known = [p for p in trend.points if p.settled and p.value.value is not None]
        if len(known) > 1:
            ends = (_told(scene, trend, end) for end in (known[0], known[-1]))
            name = scene.say(_NAMES[trend.measure])
            rows.append((names[trend.where], name, *ends, said(scene, trend)))
    return matter(scene.say(TRENDS), heads, rows, section="cuts", grouped=0)


def months_matter(scene: Scene, trends: Sequence[Trend]) -> Matter:
    """Return each month of each trend in a row, as numbers."""
    heads = [
        *say_heads(
            scene, (_WHERE, "words", ""), (_MONTH, "words", j.TREND), (_SETTLED, "words", j.TREND)
        ),
        estimated(scene, r.COMPLETED, "share", j.TREND),
        estimated(scene, r.DROP_OFF, "share", j.TREND),
        estimated(scene, r.WAIT, "time", j.TREND),
        estimated(scene, r.TIME, "time", j.TREND),
        estimated(scene, w.EMOTION, "level", j.TREND),
        *(estimated(scene, _NAMES[measure], "share", j.TREND) for measure in _FOUR),
        *say_heads(scene, (_DIRECTION, "words", j.TREND)),
    ]  # fmt: skip
    names, rows = _plain_names(scene), list[tuple[Cell, ...]]()
    measures: tuple[TrendMeasure, ...] = (
        "completed", "drop_off", "wait", "duration", "felt", *_FOUR
    )  # fmt: skip
    for place, name in names.items():
        own = {trend.measure: trend for trend in trends if trend.where == place}
        if not own:
            continue
        moves = (
            f"{scene.say(_NAMES[measure])}: {said(scene, own[measure])}"
            for measure in measures if measure in own
        )  # fmt: skip
        moved = "; ".join(moves)
        for at, point in enumerate(next(iter(own.values())).points):
            values = (own[m].points[at].value if m in own else unknown() for m in measures)
            settled = scene.say(_YES if point.settled else _NO)
            rows.append((name, month_name(scene, point), settled, *values, moved))
    return matter(scene.say(_MONTHS), heads, rows)


def _plain_names(scene: Scene) -> dict[str | None, str]:
    names: dict[str | None, str] = {None: scene.say(r.ALL)}
    for stage in scene.map.stages:
        names[stage.id] = scene.say(stage.name)
        names |= {touchpoint.id: scene.say(touchpoint.name) for touchpoint in stage.touchpoints}
    return names
