"""Commands on what to do about a map: its votes, its moments, its pains."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from trayecto.cli import show_improve
from trayecto.cli.options import (
    HERE,
    Folder,
    Json,
    LanguageOption,
    MapFile,
    Since,
    Spoken,
    Until,
    answer,
    app,
    opened,
    period_of,
    speaking,
)
from trayecto.cli.words import say
from trayecto.vocabulary.text import Language

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from trayecto.measuring import LiveMap


@app.command(
    help=say(
        "Rank the pains of a map: reach × severity × importance.",
        "Ordena los dolores de un mapa: alcance × gravedad × importancia.",
    )
)
def pains(
    map_: MapFile,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Rank the pains."""
    _told(map_, folder, (since, until), show_improve.pains, part="pains", as_json=as_json,
          language=language)  # fmt: skip


@app.command(
    help=say(
        "Show who stays and who leaves at each voting point.",
        "Muestra quién se queda y quién se va en cada punto de votación.",
    )
)
def votes(
    map_: MapFile,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Count the votes."""
    _told(map_, folder, (since, until), show_improve.votes, part="votes", as_json=as_json,
          language=language)  # fmt: skip


@app.command(
    help=say(
        "Suggest moments of truth and of pain, with their evidence.",
        "Sugiere momentos de la verdad y puntos de dolor, con su evidencia.",
    )
)
def moments(
    map_: MapFile,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
    folder: Folder = HERE,
    language: LanguageOption = None,
) -> None:
    """Suggest moments."""
    _told(map_, folder, (since, until), show_improve.moments, part="moments", as_json=as_json,
          language=language)  # fmt: skip


def _told(
    map_: Path,
    folder: Path,
    days: tuple[datetime | None, datetime | None],
    words: Callable[[Any, Language], str],
    *,
    part: str,
    as_json: bool,
    language: Spoken | None,
) -> None:
    """Measure the map and tell one part of what was judged."""
    from trayecto import measuring

    workspace = opened(folder)
    period = period_of(workspace, *days)
    live: LiveMap = measuring.measure(workspace, map_, period=period, graph=False)
    answer(live.as_json()[part], as_json, words(live, speaking(language, workspace)))
