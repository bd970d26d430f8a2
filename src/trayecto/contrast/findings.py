"""
The findings of a measured map, in plain words a director reads in two minutes.

Each has a *weight* = people touched × severity, with severity in [0, 1] by kind: drop-off: the
share that leaves; time over target: 1 − target / median; undrawn: one half; skipped and repeated:
half the share that is; out of order: a quarter of it; emotion: half the distance below the expected
level. Below the map's minimum n nothing is said. `finding_order` puts the pains first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from trayecto.contrast.measured import Measured, Passage, StageMeasure, TouchpointMeasure
from trayecto.maps.document import JourneyMap, Stage, Touchpoint
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.text import Language, Text, duration, number, percent, same

FindingKind = Literal[
    "drop_off", "wait", "undrawn", "skipped", "disorder", "repeats", "emotion", "coverage", "vote",
    "said", "moment",
]  # fmt: skip

NOTABLE_SHARE = 0.1
"""Fewer than one in ten who leave or skip is no finding."""
_ENOUGH_COVERAGE = 0.8
_NOTABLE_FEELING = 0.25
"""Half a point on the scale from −2 to +2; less is no finding."""


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One thing worth looking at: a headline, the figures behind it, and whom it touches.

    *where* is the id of the touchpoint or stage, None when it is about the whole map.
    """

    kind: FindingKind
    where: str | None
    headline: Text
    detail: Text
    people: int
    severity: float = 0.0
    node: str = ""
    """What nobody drew, where it is about that."""
    of: Literal["people", "journeys"] = "people"
    """What *people* counts: where a person with two journeys counts twice, it says journeys."""

    @property
    def weight(self) -> float:
        """People touched × severity."""
        return self.people * self.severity


def find(
    journey_map: JourneyMap, measured: Measured, *, more: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    """Return what is worth looking at and what *more* was found, the weightiest first."""
    found = [
        *more,
        *_coverage(measured),
        *(f for pair in zip(journey_map.stages, measured.stages, strict=True) for f in _stage(
            journey_map, *pair)),
        *(f for pair in zip(journey_map.touchpoints(), measured.touchpoints, strict=True)
          for f in _touchpoint(journey_map, measured, *pair)),
        *_undrawn(journey_map, measured),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda f: (-f.weight, f.kind, f.where or "")))


def _said(template_en: str, template_es: str, **words: Text | float | int) -> Text:
    """Fill both languages; numbers are written as each language writes them."""

    def fill(template: str, language: Language) -> str:
        filled = {
            key: value.say(language) if isinstance(value, Text) else number(value, language)
            for key, value in words.items()
        }
        return template.format(**filled)

    return Text(en=fill(template_en, "en"), es=fill(template_es, "es"))


def _percent(share: float | None) -> Text:
    return Text(en=percent(share, "en"), es=percent(share, "es"))


def _tail(p90_s: float | None, en: str, es: str) -> Text:
    """Return what the slowest tenth needs; nothing where too many still wait to know it."""
    if p90_s is None:
        return same("")
    return Text(
        en=f"; one in ten {en} {duration(p90_s, 'en')}", es=f"; {es} {duration(p90_s, 'es')}"
    )


def _time(seconds: float | None) -> Text:
    return Text(en=duration(seconds, "en"), es=duration(seconds, "es"))


def _stage(journey_map: JourneyMap, stage: Stage, measured: StageMeasure) -> Iterator[Finding]:
    passage, called = measured.passage, journey_map.journeys.called
    drop = passage.drop_off.value
    # Whoever takes an exit left at the stage before it; saying it of the exit's says it twice.
    has_exit = any(t.id in journey_map.journeys.leaves for t in stage.touchpoints)
    if drop is not None and drop >= NOTABLE_SHARE and not has_exit:
        yield Finding(
            "drop_off",
            stage.id,
            _said(
                "{share} leave at “{stage}”", "El {share} se va en «{stage}»",
                share=_percent(drop), stage=stage.name,
            ),
            _gone(journey_map, passage, round(drop * passage.drop_off.n)),
            passage.left,
            drop,
            of="journeys",
        )  # fmt: skip
    times = measured.duration
    if times.late and times.target_s is not None and times.median_s.value:
        yield Finding(
            "wait",
            stage.id,
            _said(
                "“{stage}” takes {median} (promised: {target})",
                "«{stage}» dura {median} (previsto: {target})",
                stage=stage.name, median=_time(times.median_s.value), target=_time(times.target_s),
            ),
            _said(
                "Median of {n} {noun} ({low}–{high}){tail}.",
                "Mediana de {n} {noun} ({low}–{high}){tail}.",
                n=times.median_s.n, noun=called(times.median_s.n), low=_time(times.median_s.low),
                high=_time(times.median_s.high),
                tail=_tail(times.p90_s, "takes more than", "en una de cada diez veces pasa de"),
            ),
            times.median_s.n,
            1 - times.target_s / times.median_s.value,
            of="journeys",
        )  # fmt: skip


def _gone(journey_map: JourneyMap, passage: Passage, left: int) -> Text:
    """Return how many leave; where later ones left too, that the share is of the early ones."""
    drop = passage.drop_off
    later = (
        _said(" In all, {all} have left.", " En total se han ido {all}.", all=passage.left)
        if passage.left > left
        else same("")
    )
    early = (
        _said("that came early enough to know", "que llegaron con tiempo para saberlo")
        if passage.left > left
        else _said("whose fate is known", "con desenlace conocido")
    )
    still = (
        _said("; {n:is|are} still open", "; {n:sigue|siguen} en curso", n=passage.still_open)
        if passage.still_open
        else same("")
    )
    return _said(
        "Of {known} {noun} {early}, {left:goes|go} no further ({low}–{high}){open}.{later}",
        "De {known} {noun} {early}, {left:no pasa|no pasan} de aquí ({low}–{high}){open}.{later}",
        known=drop.n, noun=journey_map.journeys.called(drop.n), early=early, left=left,
        low=_percent(drop.low), high=_percent(drop.high), open=still, later=later,
    )  # fmt: skip


def _touchpoint(
    journey_map: JourneyMap, measured: Measured, drawn: Touchpoint, seen: TouchpointMeasure
) -> Iterator[Finding]:
    minimum = measured.minimum
    passed = seen.done + seen.skipped
    skips = seen.skipped / passed if passed else 0.0
    if drawn.nodes and not drawn.optional and seen.skipped >= minimum and skips >= NOTABLE_SHARE:
        yield Finding(
            "skipped",
            drawn.id,
            _said(
                "{share} go on without “{name}”", "El {share} sigue sin pasar por «{name}»",
                share=_percent(skips), name=drawn.name,
            ),
            _said(
                "{skipped} of {passed} {noun} that got this far skipped it.",
                "{skipped} de {passed} {noun} que llegaron hasta aquí se lo saltaron.",
                skipped=seen.skipped, passed=passed, noun=journey_map.journeys.called(passed),
            ),
            seen.skipped,
            skips / 2,
            of="journeys",
        )  # fmt: skip
    wait = seen.wait
    if wait.late and wait.target_s is not None and wait.median_s.value:
        yield Finding(
            "wait",
            drawn.id,
            _said(
                "People wait {median} for “{name}” (promised: {target})",
                "Se esperan {median} hasta «{name}» (previsto: {target})",
                name=drawn.name, median=_time(wait.median_s.value), target=_time(wait.target_s),
            ),
            _said(
                "Median of {n} waits ({low}–{high}){tail}.",
                "Mediana de {n} esperas ({low}–{high}){tail}.",
                n=wait.median_s.n, low=_time(wait.median_s.low), high=_time(wait.median_s.high),
                tail=_tail(wait.p90_s, "is longer than", "una de cada diez pasa de"),
            ),
            seen.passage.people,
            1 - wait.target_s / wait.median_s.value,
        )  # fmt: skip
    felt, expected = seen.felt, drawn.emotion
    below = expected.level - felt.value if expected and felt.value is not None else 0.0
    # Worse beyond doubt (the whole interval) and by enough to matter to anybody.
    if (
        expected
        and felt.value is not None
        and felt.high is not None
        and felt.high < expected.level
        and below >= _NOTABLE_FEELING
    ):
        yield Finding(
            "emotion",
            drawn.id,
            _said(
                "“{name}” feels worse than expected", "«{name}» se vive peor de lo esperado",
                name=drawn.name,
            ),
            _said(
                "{felt} on a scale of −2 to +2, and we expected {expected}; {n:person|people} "
                "answered.",
                "{felt} en una escala de −2 a +2, y esperábamos {expected}; "
                "respondieron {n:persona|personas}.",
                felt=_level(felt.value), expected=_level(expected.level), n=felt.n,
            ),
            seen.passage.people,
            (expected.level - felt.value) / 2,
        )  # fmt: skip


def _level(level: float) -> Text:
    signs = "+" if level > 0 else ""
    return Text(
        en=signs + number(level * 2, "en", decimals=1),
        es=signs + number(level * 2, "es", decimals=1),
    )


def _undrawn(journey_map: JourneyMap, measured: Measured) -> Iterator[Finding]:
    names = {touchpoint.id: touchpoint.name for touchpoint in journey_map.touchpoints()}
    for node in measured.undrawn:
        if node.people < measured.minimum:
            continue
        after = names[node.after] if node.after else None
        where = (
            _said(", mostly after “{after}”", ", sobre todo tras «{after}»", after=after)
            if after
            else same("")
        )
        yield Finding(
            "undrawn",
            node.after,
            _said(
                "Nobody drew “{node}”", "Nadie dibujó «{node}»",
                node=journey_map.node_name(node.touchpoint),
            ),
            _said(
                "{whose} it {times:time|times} ({channel}){where}.",
                "{whose} por ahí {times:vez|veces} ({channel}){where}.",
                times=node.interactions, where=where, whose=_who_meets(journey_map, node.people),
                channel=channel_name(node.channel),
            ),
            node.people,
            0.5,
            node.touchpoint,
        )  # fmt: skip


def _who_meets(journey_map: JourneyMap, n: int) -> Text:
    """Return who meets a node, with its verb: people, or cases by what they are called."""
    if journey_map.journeys.per != "case":
        return _said("{n:person meets|people meet}", "{n:persona pasa|personas pasan}", n=n)
    meet = Text(en="meets", es="pasa") if n == 1 else Text(en="meet", es="pasan")
    noun = journey_map.journeys.called(n)
    return _said("{n} {noun} {meet}", "{n} {noun} {meet}", n=n, noun=noun, meet=meet)


def _coverage(measured: Measured) -> Iterator[Finding]:
    coverage = measured.coverage
    # Where no journey began, the map could not be measured: that is said, and is no finding.
    if not measured.totals.journeys:
        return
    if coverage.share.value is not None and coverage.share.value < _ENOUGH_COVERAGE:
        yield Finding(
            "coverage",
            None,
            _said(
                "The map explains {share} of what happens",
                "El mapa explica el {share} de lo que ocurre",
                share=_percent(coverage.share.value),
            ),
            _said(
                "{undrawn} of {all:interaction|interactions} lie on nodes nobody drew and "
                "{outside} outside "
                "any journey.",
                "{undrawn} de {all:interacción|interacciones} están en nodos que nadie dibujó y "
                "{outside} "
                "fuera de todo trayecto.",
                undrawn=coverage.undrawn, all=coverage.interactions, outside=coverage.outside,
            ),
            measured.totals.people,
            1 - coverage.share.value,
        )  # fmt: skip
