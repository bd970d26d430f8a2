"""Answers as words for a terminal, in both languages."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING, Any

from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.filled import filled
from trayecto.vocabulary.text import (
    Language,
    Notice,
    Tell,
    Text,
    duration,
    number,
    percent,
    tell_nobody,
)

if TYPE_CHECKING:
    from trayecto import flow, measuring
    from trayecto.demo.run import Company, Shown

_EDGES = 20
WATCHED = "TRAYECTO_WATCHED"
"""Set by whoever reads along: the app shows how far its jobs are."""


def stopped(error: TrayectoError, language: Language) -> str:
    """Say why nothing could be done; to whoever reads along on a page, as a page says it."""
    if not os.environ.get(WATCHED):
        return error.say(language)
    told = [one.on_page() for one in error.problems]
    # The folder of a file that came in by the browser says nothing to anybody.
    short = [replace(one, file=one.file and Path(one.file).name) for one in told]
    return "\n".join(one.say(language) for one in short)


@contextmanager
def progress(language: Language, *, quiet: bool) -> Iterator[Tell]:
    """
    Give a function that says what is going on: a spinner on a terminal, lines elsewhere.

    It stops the work, by KeyboardInterrupt, when Ctrl-C came since and a library kept it to itself.
    """
    pressed = Event()
    with _noting(pressed), _telling(language, quiet=quiet) as tell:

        def heeding(text: Text) -> None:
            if pressed.is_set() and current_thread() is main_thread():
                raise KeyboardInterrupt
            tell(text)

        yield heeding


@contextmanager
def _noting(pressed: Event) -> Iterator[None]:
    """Note each Ctrl-C, beside doing with it what is always done."""
    usual = signal.getsignal(signal.SIGINT)

    def press(number: int, frame: FrameType | None) -> None:
        pressed.set()
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, press)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


@contextmanager
def _telling(language: Language, *, quiet: bool) -> Iterator[Tell]:
    if os.environ.get(WATCHED):
        yield lambda said: print(f"… {said.say(language)}", file=sys.stderr, flush=True)
        return
    if quiet:
        yield tell_nobody
        return
    if not sys.stderr.isatty():
        yield _once(lambda said: print(said, file=sys.stderr), language)
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:

        def tell(text: Text) -> None:
            if isinstance(text, Notice):
                status.console.print(f"⚠ {text.say(language)}", markup=False, highlight=False)
            else:
                status.update(text.say(language))

        yield tell


def _once(write: Callable[[str], None], language: Language) -> Tell:
    """Say each step once: how far it is changes every second, and a log is not a screen."""
    last = ""

    def tell(text: Text) -> None:
        nonlocal last
        if isinstance(text, Notice):
            write(f"⚠ {text.say(language)}")
            return
        step = text.say(language).partition(" · ")[0]
        if step != last:
            write(f"… {step}")
        last = step

    return tell


def graph(found: Any, language: Language) -> str:
    """Say the nodes and the commonest steps between them."""
    en = language == "en"
    interactions = number(found.interactions, language)
    lines = [
        f"{_counted(found.people, found.per, language)} · "
        + (
            f"{interactions:interaction|interactions}"
            if en
            else f"{interactions:interacción|interacciones}"
        ),
        "",
    ]
    width = max((len(node.name) for node in found.nodes), default=0)
    for node in found.nodes:
        lines.append(
            f"{node.name:<{width}}  {number(node.interactions, language):>9}  "
            f"{_counted(node.people, found.per, language):>18}  "
            f"{percent(found.share(node), language, decimals=1):>7}"
        )
    lines += ["", "commonest steps (median)" if en else "pasos más comunes (mediana)"]
    for edge in found.edges[:_EDGES]:
        lines.append(
            f"{number(edge.count, language):>9}  {edge.source} → {edge.target}  "
            f"({duration(edge.median_s, language)})"
        )
    rest = len(found.edges) - _EDGES
    if rest > 0:
        lines.append(f"… +{rest}" + (" (all with --json)" if en else " (todos con --json)"))
    return "\n".join(lines)


def variants(found: Any, language: Language) -> str:
    """Say the commonest whole paths with their share."""
    total = number(found.total, language)
    lines = [
        f"{_counted(found.journeys, found.per, language)} · "
        + (
            f"{total:distinct path|distinct paths}"
            if language == "en"
            else f"{total:camino distinto|caminos distintos}"
        ),
        "",
    ]
    for variant in found.listed:
        share = percent(variant.count / found.journeys, language, decimals=1)
        path = " → ".join(variant.path)
        lines.append(f"{number(variant.count, language):>9}  {share:>7}  {path}")
    return "\n".join(lines)


def _counted(n: int, per: str, language: Language) -> str:
    """Return how many people, or cases."""
    said = number(n, language)
    if per == "case":
        return f"{said:case|cases}" if language == "en" else f"{said:caso|casos}"
    return f"{said:person|people}" if language == "en" else f"{said:persona|personas}"


def checked(found: flow.Checked, language: Language) -> str:
    """Say every problem, then the advice."""
    lines = [problem.say(language) for problem in found.problems]
    if found.problems:
        lines.append(
            f"{number(len(found.problems), 'en'):problem|problems}." if language == "en"
            else f"{number(len(found.problems), 'es'):problema|problemas}."
        )  # fmt: skip
    else:
        lines.append("The map is sound." if language == "en" else "El mapa es correcto.")
    if found.advice:
        lines += ["", "Advice:" if language == "en" else "Consejos:"]
        lines += [advice.say(language) for advice in found.advice]
    return "\n".join(lines)


def checked_json(found: flow.Checked, language: Language) -> dict[str, Any]:
    """Return problems and advice as plain values."""

    def plain(problem: Any) -> dict[str, Any]:
        return {
            "line": problem.line,
            "field": problem.field,
            "what": problem.what.say(language),
            "way_out": problem.way_out.say(language),
        }

    return {
        "sound": not found.problems,
        "problems": [plain(problem) for problem in found.problems],
        "advice": [plain(advice) for advice in found.advice],
    }


def live(found: measuring.LiveMap, language: Language) -> str:
    """Say how journeys ended and what was found."""
    lines = [
        found.journey_map.title.say(language),
        *_endings(found, language),
        "",
        *(text.say(language) for text in found.measured.missing),
    ]
    for place, finding in enumerate(found.findings[:8], 1):
        lines += [
            f"{place}. {finding.headline.say(language)}",
            f"   {finding.detail.say(language)}",
        ]
    return "\n".join(lines)


def _endings(found: measuring.LiveMap, language: Language) -> list[str]:
    """Return how journeys ended; nothing where none began, and a dash for what nobody can see."""
    totals = found.measured.totals
    if not totals.journeys:
        return []
    noun = found.journey_map.journeys.called(totals.journeys).say(language)
    completed = _UNSEEN
    if found.measured.completion_seen:
        completed = filled("{n} completed", "{n:completo|completos}", n=totals.completed)
    left = _NOT_KNOWN_LEFT
    if found.measured.leaving_seen:
        left = filled("{n} left", "{n:abandonado|abandonados}", n=totals.left)
    open_ = filled("{n} still open", "{n} en curso", n=totals.still_open)
    told = " + ".join(words.say(language) for words in (completed, left, open_))
    return [f"{number(totals.journeys, language)} {noun} = {told}"]


_UNSEEN = Text(en="— completed", es="— completos")
_NOT_KNOWN_LEFT = Text(en="— left", es="— abandonados")


def simulated(made: Company, language: Language) -> str:
    """Say what was written and what to type next."""
    files = len(made.exports)
    head = Text(
        en=f"{files} exports are in {made.folder}. Bring them in and measure the maps:",
        es=f"Hay {files} exportaciones en {made.folder}. Impórtalas y mide los mapas:",
    )
    return "\n".join([head.say(language), "", *made.commands()])


def shown(found: Shown, language: Language) -> str:
    """Say what the demo made and which page to open."""
    en = language == "en"
    lines = []
    if found.simulated_only:
        lines.append(
            "No public logs given (--data FOLDER): the demo shows its simulated company alone."
            if en
            else "Sin registros públicos (--data CARPETA): solo se muestra la empresa simulada."
        )
    for name, own in found.maps:
        first = own.findings[0].headline.say(language) if own.findings else ""
        lines.append(f"{name}: {first}")
    lines += ["", ("Open " if en else "Abre ") + str(found.index)]
    return "\n".join(lines)
