"""A report's figures as plain tables, a matter each: what a workbook and paper are written from."""

from __future__ import annotations

from trayecto.contrast.measured import Measured, Passage, Times
from trayecto.render import words as w
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import definitions as d
from trayecto.render.report import definitions_judged as j
from trayecto.render.report import words as r
from trayecto.render.report.cuts import CUTS, KINDS, cut_name, in_order
from trayecto.render.report.effects import COST, HEADS, VALUE, figures
from trayecto.render.report.matters_judged import judged_matters
from trayecto.render.report.stages import anchors
from trayecto.render.report.tabular import Cell, Head, Matter, estimated, matter, say_heads
from trayecto.render.report.told import Report
from trayecto.render.report.trends import moved_matter
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.money import units
from trayecto.vocabulary.text import Text

FINDINGS = Text(en="Findings", es="Hallazgos")
_SUMMARY = Text(en="Summary", es="Resumen")
_TOUCHPOINTS = Text(en="Touchpoints", es="Puntos de contacto")
_EFFECTS = Text(en="Four measures of a node", es="Cuatro medidas de un nodo")
_REPEATED_SHARE = Text(en="Repeat it, of those here", es="Lo repiten, de quienes pasan")
_SCORES, _SCALE = Text(en="Scores", es="Puntuaciones"), Text(en="Scale", es="Escala")
_CHANNELS = Text(en="Channels", es="Canales")
_DRAWN = Text(en="Channel drawn", es="Canal dibujado")
_CHANNEL_SHARE = Text(en="Share of its interactions", es="Parte de sus interacciones")
MONEY = Text(en="Cost and money", es="Coste y dinero")
_WHAT, _AMOUNT = Text(en="What", es="Qué"), Text(en="Amount", es="Importe")
_CURRENCY = Text(en="Currency", es="Moneda")
_KIND, _FINDING = Text(en="Kind", es="Clase"), Text(en="Finding", es="Hallazgo")
_FIGURES = Text(en="Figures", es="Cifras")
_TOUCHES, _SEVERITY = Text(en="Touches", es="Afecta a"), Text(en="Severity", es="Gravedad")
_UNIT = Text(en="Counted in", es="Contado en")
_PART, _SHARE = (
    Text(en="Part", es="Parte"),
    Text(en="Completed, of over", es="Completan, de lo acabado"),
)
_TIME = Text(en="Median time", es="Tiempo mediano")


def matters(report: Report) -> list[Matter]:
    """Return every matter that has rows, in the order of the report."""
    told = report.scene()
    if not report.measured.totals.journeys:
        # Nothing was measured: tables of noughts would say that it was.
        return [one for one in (_coverage(told, report.measured),) if one.rows]
    found = [
        _findings(told, report),
        _summary(told, report.measured),
        _stages(told),
        _touchpoints(told),
        _effects(told),
        _scores(told),
        _channels(told),
        _money(told),
        moved_matter(told, report.trends),
        *judged_matters(told, report),
        _cuts(told, report),
        _undrawn(told, report.measured),
        _coverage(told, report.measured),
    ]
    return [one for one in found if one.rows]


def _findings(told: Scene, report: Report) -> Matter:
    heads = say_heads(
        told, (_FINDING, "words", ""), (_FIGURES, "words", ""), (_KIND, "words", ""),
        (r.WHERE, "words", ""), (_TOUCHES, "count", d.COUNT), (_UNIT, "words", d.COUNT),
        (_SEVERITY, "number", ""),
    )  # fmt: skip
    places = anchors(told)
    rows = [
        (
            told.say(one.headline),
            told.say(one.detail),
            told.say(r.KINDS[one.kind]),
            places.get(one.where or "", ("", ""))[1],
            one.people,
            told.say(w.PEOPLE if one.of == "people" else told.map.journeys.noun),
            one.severity,
        )
        for one in report.findings
    ]
    return matter(told.say(FINDINGS), heads, rows)


def _summary(told: Scene, measured: Measured) -> Matter:
    totals = measured.totals
    heads = [
        *say_heads(
            told, (_PART, "words", ""), (told.map.journeys.noun, "count", d.JOURNEY),
            (w.PEOPLE, "count", d.COUNT), (r.COMPLETED, "count", d.COMPLETED),
            (r.LEFT, "count", d.DROP_OFF), (r.STILL_OPEN, "count", d.OPEN),
        ),
        estimated(told, _SHARE, "share", d.COMPLETED),
        *time_heads(told, _TIME, d.MEDIAN),
    ]  # fmt: skip
    row: tuple[Cell, ...] = (
        told.say(r.ALL), totals.journeys, totals.people,
        totals.completed if measured.completion_seen else None,
        totals.left if measured.leaving_seen else None,
        totals.still_open, totals.completed_share, *time_cells(totals.duration),
    )  # fmt: skip
    return matter(
        told.say(_SUMMARY),
        heads,
        [row],
        " ".join(map(told.say, measured.missing)),
        section="method",
    )


def time_heads(told: Scene, name: Text, defined: str) -> list[Head]:
    """Return the columns of a time: median, 90th percentile and target."""
    return [
        estimated(told, name, "time", defined),
        *say_heads(told, (r.P90, "time", d.P90), (r.TARGET, "time", d.TARGET)),
    ]


def time_cells(times: Times) -> tuple[Cell, ...]:
    """Return the values of a time."""
    return times.median_s, times.p90_s, times.target_s


def passage_heads(told: Scene) -> list[Head]:
    """Return the columns of how journeys pass a place."""
    return [
        *say_heads(
            told, (r.INTERACTIONS, "count", d.INTERACTIONS), (w.PEOPLE, "count", d.COUNT),
            (told.map.journeys.noun, "count", d.JOURNEY),
        ),
        estimated(told, r.REACH, "share", d.REACH),
        estimated(told, r.ONWARD, "share", d.ONWARD),
        estimated(told, r.DROP_OFF, "share", d.DROP_OFF),
        *say_heads(told, (r.OPEN, "count", d.OPEN)),
    ]  # fmt: skip


def passage_cells(passage: Passage) -> tuple[Cell, ...]:
    """Return the values of how journeys pass a place."""
    return (
        passage.interactions, passage.people, passage.reached, passage.reach,
        passage.onward_share, passage.drop_off, passage.still_open,
    )  # fmt: skip


def _stages(told: Scene) -> Matter:
    heads = [
        *say_heads(told, (w.STAGE, "words", "")),
        *passage_heads(told),
        *time_heads(told, r.TIME, d.TIME),
    ]
    rows = [
        (told.say(stage.name), *passage_cells(own.passage), *time_cells(own.duration))
        for stage in told.map.stages
        if (own := told.stages.get(stage.id))
    ]
    return matter(told.say(r.STAGES), heads, rows, section="stages")


def _touchpoints(told: Scene) -> Matter:
    heads = [
        *say_heads(told, (r.TOUCHPOINT, "words", ""), (w.STAGE, "words", "")),
        *passage_heads(told),
        *say_heads(
            told, (r.DONE, "count", d.DONE), (r.SKIPPED, "count", d.SKIPPED),
            (r.REPEATED, "count", d.REPEATED),
        ),
        estimated(told, _REPEATED_SHARE, "share", d.REPEATED),
        *time_heads(told, r.WAIT, d.WAIT),
        estimated(told, r.FELT, "level", d.FELT),
    ]  # fmt: skip
    names = {stage.id: told.say(stage.name) for stage in told.map.stages}
    rows = [
        (
            told.say(touchpoint.name), names[touchpoint.stage], *passage_cells(own.passage),
            own.done, own.skipped, own.repeated, own.repeated_share, *time_cells(own.wait),
            own.felt,
        )
        for touchpoint in told.map.touchpoints()
        if (own := told.touchpoints.get(touchpoint.id))
    ]  # fmt: skip
    return matter(told.say(_TOUCHPOINTS), heads, rows, section="stages", grouped=1)


def _effects(told: Scene) -> Matter:
    heads = [
        *say_heads(told, (r.TOUCHPOINT, "words", "")),
        *(estimated(told, head, "share", j.EFFECT) for head in HEADS),
    ]
    names = _names(told)
    rows: list[tuple[Cell, ...]] = [
        (names[own.id], *figures(own))
        for own in told.touchpoints.values()
        if any(one.n for one in figures(own))
    ]
    return matter(told.say(_EFFECTS), heads, rows, section="stages")


def _names(told: Scene) -> dict[str, str]:
    return {touchpoint.id: told.say(touchpoint.name) for touchpoint in told.map.touchpoints()}


def _scores(told: Scene) -> Matter:
    """Return each survey score at each touchpoint, by the formula its scale declares."""
    heads = [
        *say_heads(told, (r.TOUCHPOINT, "words", ""), (_SCALE, "words", d.SCORE)),
        estimated(told, r.SCORE, "number", d.SCORE),
    ]
    names = _names(told)
    rows = [
        (names[own.id], score.scale.upper(), score.value)
        for own in told.touchpoints.values()
        for score in own.scores
    ]
    return matter(told.say(_SCORES), heads, rows, section="stages")


def _channels(told: Scene) -> Matter:
    """Return the channels of each touchpoint, each with its share of the interactions."""
    heads = [
        *say_heads(
            told, (r.TOUCHPOINT, "words", ""), (_DRAWN, "words", ""), (r.CHANNEL, "words", ""),
            (r.INTERACTIONS, "count", d.INTERACTIONS),
        ),
        estimated(told, _CHANNEL_SHARE, "share", d.CHANNELS),
    ]  # fmt: skip
    rows = [
        (
            told.say(touchpoint.name), told.say(channel_name(touchpoint.channel)),
            told.say(channel_name(channel)), count, share,
        )
        for touchpoint in told.map.touchpoints()
        if (own := told.touchpoints.get(touchpoint.id))
        for (channel, count), (_, share) in zip(own.channels, own.mix, strict=True)
    ]  # fmt: skip
    return matter(told.say(_CHANNELS), heads, rows, section="stages")


def _money(told: Scene) -> Matter:
    """Return what each touchpoint cost by the map and the money in it, each currency apart."""
    heads = say_heads(
        told, (r.TOUCHPOINT, "words", ""), (_WHAT, "words", j.EFFECT), (_AMOUNT, "number", ""),
        (_CURRENCY, "words", ""), (r.INTERACTIONS, "count", d.INTERACTIONS),
    )  # fmt: skip
    names, rows = _names(told), list[tuple[Cell, ...]]()
    for own in told.touchpoints.values():
        name, cost = names[own.id], own.cost
        if cost:
            rows.append((name, told.say(COST), cost.total, cost.currency, cost.interactions))
        rows += [
            (name, told.say(VALUE), one.value_minor / units(one.currency), one.currency,
             one.interactions) for one in own.value
        ]  # fmt: skip
    return matter(told.say(MONEY), heads, rows, section="stages")


def _cuts(told: Scene, report: Report) -> Matter:
    heads = [
        *say_heads(
            told, (_KIND, "words", j.CUT), (_PART, "words", ""),
            (told.map.journeys.noun, "count", d.JOURNEY), (w.PEOPLE, "count", d.COUNT),
            (r.STILL_OPEN, "count", d.OPEN),
        ),
        estimated(told, _SHARE, "share", d.COMPLETED),
        *time_heads(told, _TIME, d.MEDIAN),
    ]  # fmt: skip
    rows = [
        (
            told.say(KINDS[cut.kind]), cut_name(told, report, cut), totals.journeys, totals.people,
            totals.still_open, totals.completed_share, *time_cells(totals.duration),
        )
        for cut in in_order(report.cuts)
        for totals in (cut.measured.totals,)
    ]  # fmt: skip
    return matter(told.say(CUTS), heads, rows, section="cuts", grouped=0)


def _undrawn(told: Scene, measured: Measured) -> Matter:
    heads = say_heads(
        told, (r.NODE, "words", d.UNDRAWN), (r.CHANNEL, "words", ""),
        (r.INTERACTIONS, "count", d.INTERACTIONS), (w.PEOPLE, "count", d.COUNT),
        (r.MOSTLY_AFTER, "words", d.UNDRAWN),
    )  # fmt: skip
    places = anchors(told)
    rows = [
        (
            told.node(node.touchpoint), told.say(channel_name(node.channel)), node.interactions,
            node.people,
            places.get(node.after or "", ("", ""))[1],
        )
        for node in measured.undrawn
    ]  # fmt: skip
    return matter(told.say(r.UNDRAWN), heads, rows, section="undrawn")


def _coverage(told: Scene, measured: Measured) -> Matter:
    coverage = measured.coverage
    heads = say_heads(
        told, (r.WHERE, "words", d.COVERAGE), (r.INTERACTIONS, "count", d.INTERACTIONS)
    )
    heads.append(estimated(told, r.SHARE, "share", d.COVERAGE))
    nothing: Cell = ""
    rows: list[tuple[Cell, ...]] = [
        (told.say(r.ON_MAP), coverage.on_map, coverage.share),
        (told.say(r.OFF_MAP), coverage.undrawn, nothing),
        (told.say(r.OUTSIDE), coverage.outside, nothing),
        (told.say(r.OF_NOBODY), coverage.nobody, nothing),
        (told.say(r.ALL_INTERACTIONS), coverage.interactions, nothing),
        (c.who_head(told), coverage.people_on_map, coverage.people_share),
    ]
    return matter(told.say(r.METHOD), heads, rows, section="method")
