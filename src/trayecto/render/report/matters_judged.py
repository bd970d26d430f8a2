"""What was judged of a map as plain tables: votes, deviations, pains, moments, personas, sides."""

from __future__ import annotations

from collections.abc import Iterator

from trayecto.contrast import pain_words
from trayecto.contrast.deviations import TouchpointDeviation
from trayecto.contrast.difference_words import where
from trayecto.contrast.differences import Gap
from trayecto.contrast.moment_words import headline
from trayecto.contrast.vote_words import named
from trayecto.contrast.votes import Ballots
from trayecto.render import words as w
from trayecto.render.poster.deviation import ROWS, way_words
from trayecto.render.poster.scene import Scene
from trayecto.render.report import definitions_judged as j
from trayecto.render.report import words as r
from trayecto.render.report.age import AGE
from trayecto.render.report.deviations import DEVIATIONS
from trayecto.render.report.moments import MOMENTS
from trayecto.render.report.pains import PAINS
from trayecto.render.report.personas import PERSONAS, by_case
from trayecto.render.report.sides import KINDS, SIDES
from trayecto.render.report.tabular import Cell, Matter, estimated, matter, say_heads
from trayecto.render.report.told import Report
from trayecto.render.report.votes import VOTES
from trayecto.vocabulary.text import Text, same

_WHO, _ALL = Text(en="Who", es="Quiénes"), Text(en="everybody", es="todos")
_VOTES = Text(en="Votes", es="Votos")
_STAY, _LEAVE = Text(en="Stay", es="Se quedan"), Text(en="Leave", es="Se van")
_NEITHER = Text(en="Neither in time", es="Ni uno ni otro")
_UNDECIDED = Text(en="Undecided", es="Por decidir")
_NOT_TAKEN = Text(en="Not taken", es="No usado")
_NOT_REACHED = Text(en="Not reached", es="No alcanzado")
_WAYS = Text(en="Ways that deviate", es="Caminos que se desvían")
_WAY = Text(en="Way (+ is a step too many)", es="Camino (+ es un paso de más)")
_FITNESS = Text(en="Fitness", es="Ajuste")
_PAIN, _RANK = Text(en="Pain", es="Dolor"), Text(en="Rank", es="Puesto")
_BEST, _WORST = (
    Text(en="Rank at best", es="Mejor puesto"),
    Text(en="Rank at worst", es="Peor puesto"),
)
_SCORE, _REACH = Text(en="Pain (0 to 1)", es="Dolor (0 a 1)"), Text(en="Reach", es="Alcance")
_SEVERITY = Text(en="Severity", es="Gravedad")
_IMPORTANCE = Text(en="Importance", es="Importancia")
_MORE = Text(en="Kept if closed", es="Se conservan si se cierra")
_MET, _WITHOUT = Text(en="Met it", es="Pasaron"), Text(en="Did not", es="No pasaron")
_OTHERS = Text(en="Journeys that did not", es="Trayectos que no pasaron")
_APART, _P = Text(en="Difference", es="Diferencia"), Text(en="p, corrected", es="p corregida")
_PASSES, _SAYS = Text(en="Passes here", es="Pasa por aquí"), Text(en="Suggests", es="Sugiere")
_RULE, _PERSONA = Text(en="Rule", es="Regla"), Text(en="Persona", es="Arquetipo")
_ON_MAP = Text(en="Of those on this map", es="De los de este mapa")
_OF_ALL = Text(en="Of all customers", es="De todos los clientes")
_OF_CASES = Text(en="Of all cases", es="De todos los casos")
_FIGURE = Text(en="Figure", es="Cifra")
_EVIDENCE, _DATED = Text(en="Evidence", es="Evidencia"), Text(en="Last date", es="Última fecha")
_DAYS = Text(en="Age in days", es="Antigüedad en días")


def judged_matters(told: Scene, report: Report) -> Iterator[Matter]:
    """Give each matter, rows or none, in the order of the report."""
    yield _votes(told)
    yield _deviations(told)
    yield _ways(told)
    yield _pains(told)
    yield _moments(told)
    yield _sides(told, report)
    yield _personas(told, report)
    yield _evidence(told, report)


def _names(told: Scene) -> dict[str, str]:
    return {touchpoint.id: told.say(touchpoint.name) for touchpoint in told.map.touchpoints()}


def _votes(told: Scene) -> Matter:
    heads = [
        *say_heads(
            told, (w.VOTES, "words", j.VOTED), (_WHO, "words", ""), (_VOTES, "count", j.VOTED)
        ),
        *(estimated(told, name, "share", j.VOTED) for name in (_STAY, _LEAVE, _NEITHER)),
        *say_heads(told, (_UNDECIDED, "count", j.UNDECIDED)),
    ]
    names = _names(told)

    def row(vote: str, who: Text, own: Ballots) -> tuple[Cell, ...]:
        shares = (own.stayed, own.left, own.neither)
        return (names[vote], told.say(who), own.cast, *shares, own.undecided)

    rows = [
        row(vote.id, who, own)
        for vote in told.judged.votes
        for who, own in ((_ALL, vote.all), *named(vote))
    ]
    return matter(told.say(VOTES), heads, rows, section="votes", grouped=0)


def _deviations(told: Scene) -> Matter:
    counted = (*(name for name, _, _ in ROWS[:4]), _NOT_TAKEN, _NOT_REACHED)
    heads = say_heads(
        told, (r.TOUCHPOINT, "words", ""), *((name, "count", j.FITS) for name in counted)
    )
    names = _names(told)

    def row(own: TouchpointDeviation) -> tuple[Cell, ...]:
        counts = (own.done, own.skipped, own.repeated, own.out_of_order, own.not_taken)
        return names[own.id], *(one.journeys for one in (*counts, own.not_reached))

    found = told.deviations
    measured = found.touchpoints if found and found.journeys else ()
    return matter(told.say(DEVIATIONS), heads, [row(own) for own in measured if own.measured],
                  section="deviations")  # fmt: skip


def _ways(told: Scene) -> Matter:
    heads = say_heads(
        told, (_WAY, "words", j.FITS), (told.map.journeys.noun, "count", j.FITS),
        (_FITNESS, "number", j.FITNESS),
    )  # fmt: skip
    found = told.deviations.commonest if told.deviations else ()
    rows = [(way_words(told, way), way.journeys, way.fitness) for way in found]
    return matter(told.say(_WAYS), heads, rows, section="deviations")


def _pains(told: Scene) -> Matter:
    heads = [
        *say_heads(
            told, (_PAIN, "words", j.PAIN), (_RANK, "count", j.RANK), (_BEST, "count", j.RANK),
            (_WORST, "count", j.RANK), (w.PEOPLE, "count", ""),
        ),
        *(
            estimated(told, name, "number", j.PAIN)
            for name in (_SCORE, _REACH, _SEVERITY, _IMPORTANCE)
        ),
        estimated(told, _MORE, "count", j.WORTH),
    ]  # fmt: skip
    rows = [
        (
            told.say(pain_words.headline(told.map, pain)), pain.rank, pain.best, pain.worst,
            pain.people, pain.score, pain.reach, pain.severity, pain.importance, pain.more,
        )
        for pain in told.judged.pains
    ]  # fmt: skip
    return matter(told.say(PAINS), heads, rows, section="pains")


def _moments(told: Scene) -> Matter:
    heads = [
        *say_heads(told, (r.TOUCHPOINT, "words", "")),
        estimated(told, _MET, "share", j.ALIKE),
        estimated(told, _WITHOUT, "share", j.ALIKE),
        *say_heads(told, (_OTHERS, "count", j.ALIKE)),
        estimated(told, _APART, "points", j.BEYOND),
        *say_heads(
            told, (_P, "chance", j.CORRECTED), (_PASSES, "share", j.PASSES), (_SAYS, "words", "")
        ),
    ]
    names = _names(told)
    rows = [
        (
            names[one.id], one.met, one.without, one.others, one.difference, one.p, one.removal,
            told.say(headline(told.map, one)) if one.suggests else "",
        )
        for one in told.judged.moments
    ]  # fmt: skip
    return matter(told.say(MOMENTS), heads, rows, section="moments")


def _sides(told: Scene, report: Report) -> Matter:
    """Return both sides of every figure; of what kind it is, its row says."""
    found = report.sides
    first, second = (same(found.first), same(found.second)) if found else (_MET, _WITHOUT)
    heads = [
        *say_heads(told, (r.WHERE, "words", ""), (_FIGURE, "words", "")),
        estimated(told, first, "number"),
        estimated(told, second, "number"),
        *say_heads(told, (_APART, "number", j.BEYOND), (_P, "chance", j.CORRECTED)),
    ]

    def row(gap: Gap) -> tuple[Cell, ...]:
        kind = gap.scale.upper() or told.say(KINDS[gap.kind])
        place = told.say(where(told.map, gap))
        return place, kind, gap.one, gap.other, gap.difference, gap.p

    return matter(told.say(SIDES), heads, [row(gap) for gap in found.gaps] if found else [])


def _personas(told: Scene, report: Report) -> Matter:
    heads = [
        *say_heads(
            told, (_PERSONA, "words", ""), (_RULE, "words", ""), (w.PEOPLE, "count", ""),
            (told.map.journeys.noun, "count", ""),
        ),
        estimated(told, _ON_MAP, "share"),
        estimated(told, _OF_CASES if by_case(told) else _OF_ALL, "share"),
    ]  # fmt: skip
    rows = [
        (
            told.say(one.name), told.say(one.rule), one.people, one.journeys, one.share,
            one.share_of_all,
        )
        for one in (report.personas.personas if report.personas else ())
    ]  # fmt: skip
    return matter(told.say(PERSONAS), heads, rows, section="personas")


def _evidence(told: Scene, report: Report) -> Matter:
    heads = say_heads(
        told, (r.WHERE, "words", ""), (_EVIDENCE, "words", ""), (_DATED, "words", ""),
        (_DAYS, "count", ""),
    )  # fmt: skip
    rows = [
        (
            told.say(one.name), told.say(one.says),
            w.day(one.dated, told.language) if one.dated else "", one.days,
        )
        for one in (report.drift.staleness.evidence if report.drift else ())
    ]  # fmt: skip
    return matter(told.say(AGE), heads, rows)
