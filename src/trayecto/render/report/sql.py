"""The SQL behind each group of figures, folded away: what a doubting reader runs by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from trayecto.render.poster.scene import Scene
from trayecto.render.report.html import NO_HTML, Html, el, filled, joined, verbatim
from trayecto.render.report.told import Report
from trayecto.vocabulary import script
from trayecto.vocabulary.script import Steps
from trayecto.vocabulary.text import Text

_SUMMARY = Text(en="The SQL behind these figures", es="El SQL de estas cifras")
_SHARED_LINK = Text(en="the shared part", es="la parte común")
_LEAD = Text(
    en="In the workspace’s folder, open DuckDB, run {shared} and then this; one click selects all "
    "of it. It counts anew from the workspace’s files as they were for this report.",
    es="En la carpeta del espacio de trabajo, abre DuckDB, ejecuta {shared} y después esto; un "
    "clic lo selecciona todo. Cuenta de nuevo a partir de los ficheros del espacio de trabajo, tal "
    "como estaban para este informe.",
)
SHARED = Text(
    en="The SQL that all sections begin with", es="El SQL con el que empiezan todos los apartados"
)
_BASE = Text(
    en="It reads the workspace’s files and lays what customers did over the map: “trail” has a row "
    "for each step with its place on the map, “journey” a row for each journey. Places and stages "
    "have numbers, from 0 at the left; cut 0 is everybody. Run it first, once.",
    es="Lee los ficheros del espacio de trabajo y pone sobre el mapa lo que hicieron los clientes: "
    "«trail» tiene una fila por paso, con su lugar en el mapa, y «journey» una por trayecto. Los "
    "lugares y las etapas llevan números, desde el 0 por la izquierda; el corte 0 es todo el "
    "mundo. Ejecútalo primero, una vez.",
)
_AT_ONCE = Text(en="Everything in one go: {command}", es="Todo de una vez: {command}")

_UNTOLD = frozenset(
    {"nodes", "names", "sources", "channels", "touchpoints", "areas", "anyone there"}
)
"""Questions that only look up what things are called: no figure is theirs."""

_OF: Mapping[str, str] = {
    "passing each": "stages",
    "furthest": "stages",
    "waits": "stages",
    "stage times": "stages",
    "who came back to a stage": "stages",
    "channels of each place": "stages",
    "answers at each place": "stages",
    "what people said": "stages",
    "how people felt at each place": "stages",
    "signs of strain": "stages",
    "steps before asking": "stages",
    "communications answered": "stages",
    "interactions with money": "stages",
    "money at each place": "stages",
    "cuts": "cuts",
    "groups": "cuts",
    "steps of the ways": "deviations",
    "horizon": "deviations",
    "journeys of the ways": "deviations",
    "never planned": "deviations",
    "first visits": "votes",
    "ballots": "votes",
    "what came after the vote": "votes",
    "what each vote came to": "votes",
    "thirds of the waits": "votes",
    "votes": "votes",
    "ways through each stage": "moments",
    "who met what": "moments",
    "ways to places not met": "moments",
    "how they ended by what they felt": "moments",
    "how those": "pains",
    "what a kept journey is worth": "pains",
    "which rules hold": "personas",
    "what is known of them": "personas",
    "who has what": "personas",
    "sets of rules": "personas",
    "journeys with the rules": "personas",
    "the channel each uses most": "personas",
    "how they felt": "personas",
    "nodes nobody drew": "undrawn",
    "edges of the graph": "graph",
    "people at each node": "graph",
}
"""Which section a step's figures stand in, by how its name begins; every other is of the method."""


EVERYWHERE = frozenset({*_OF.values(), "method"})
"""Every section that has a script of its own."""


def sections(steps: Steps, *, shown: Collection[str] = EVERYWHERE) -> dict[str, str]:
    """
    Return the script of each section that is shown, of the others in the method's.

    The one called `""` runs first, once, and any section after it.

    >>> told = sections([("ballots", "create table a as select 1 as n"), ("votes", "from a"),
    ...                  ("cuts", "select 2")], shown=["votes", "method"])
    >>> sorted(told), told["votes"].splitlines()[-1]
    (['', 'method', 'votes'], 'from a;')
    """

    def place(name: str) -> str | None:
        if name in _UNTOLD:
            return None
        own = next((at for begins, at in _OF.items() if _begins(name, begins)), "method")
        return own if own in shown else "method"

    return script.parts(steps, part_of=place)


def _begins(name: str, begins: str) -> bool:
    return name == begins or name.startswith((f"{begins} ", f"{begins},"))


def sql_details(scene: Scene, place: str, asked: Mapping[str, str]) -> Html:
    """Return the script of one section, folded away; nothing where there is none."""
    own = asked.get(place)
    if not own:
        return NO_HTML
    before, _, after = scene.say(_LEAD).partition("{shared}")
    shared = el("a", scene.say(_SHARED_LINK), href="#sql-shared")
    return _folded(scene, place, _SUMMARY, joined((before, shared, after)), own)


def sql_shared(scene: Scene, report: Report, asked: Mapping[str, str]) -> Html:
    """Return what every script runs after, folded away, and how to get all of them at once."""
    if "" not in asked:
        return NO_HTML
    lead = joined((scene.say(_BASE), *_at_once(scene, report)), " ")
    return _folded(scene, "shared", SHARED, lead, asked[""])


def _at_once(scene: Scene, report: Report) -> Iterator[Html]:
    if report.asked is not None:
        command = el("code", f"{report.asked.measure()} --sql | duckdb")
        yield filled(_AT_ONCE.say(scene.language), command=command)


def _folded(scene: Scene, place: str, name: Text, lead: Html, sql: str) -> Html:
    summary = el("summary", scene.say(name))
    told = el("pre", el("code", verbatim(sql)), tabindex=0, aria_label="SQL")
    return el("details", summary, el("p", lead), told, id=f"sql-{place}", class_="sql")
