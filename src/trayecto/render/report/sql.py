"""The SQL behind each group of figures, folded away: what a doubting reader runs by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trayecto.render.poster.scene import Scene
from trayecto.render.report.html import NO_HTML, Html, el, joined
from trayecto.vocabulary.text import Text

Steps = Sequence[tuple[str, str]]

_SUMMARY = Text(en="The SQL behind these figures ({n})", es="El SQL de estas cifras ({n})")
_LEAD = Text(
    en="The steps that counted them, in the order they ran. They read “trail” (a row for each step "
    "with its place on the map) and “journey” (a row for each journey), which are {made}.",
    es="Los pasos que las contaron, en el orden en que se ejecutaron. Leen «trail» (una fila por "
    "paso, con su lugar en el mapa) y «journey» (una fila por trayecto), que se crean {made}.",
)
_MADE = Text(en="made here", es="aquí")
_BASE = Text(
    en="The steps that lay what customers did over the map, and count what all else rests on.",
    es="Los pasos que ponen sobre el mapa lo que hicieron los clientes y cuentan aquello en que "
    "se apoya todo lo demás.",
)

_UNTOLD = ("view of ", "make ", "fill ", "no changing of sides", "sides as the engine likes")
"""Steps that set the table: views of the lake's files, small lists, the engine's own settings."""

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


def sections(steps: Steps, *, shown: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """
    Return the steps of each section that is shown, each step once; the method has the others.

    >>> sections([("view of people", "…"), ("ballots", "a"), ("trail", "b")], shown=["votes"])
    {'votes': [('ballots', 'a')], 'method': [('trail', 'b')]}
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for step in dict.fromkeys(steps):
        if step[0].startswith(_UNTOLD):
            continue
        place = next((at for begins, at in _OF.items() if _begins(step[0], begins)), "method")
        found.setdefault(place if place in shown else "method", []).append(step)
    return found


def _begins(name: str, begins: str) -> bool:
    return name == begins or name.startswith((f"{begins} ", f"{begins},"))


def sql_details(scene: Scene, place: str, steps: Steps) -> Html:
    """Return the steps of one section, folded away; nothing where there are none."""
    if not steps:
        return NO_HTML
    lead = scene.say(_BASE)
    if place != "method":
        made = el("a", scene.say(_MADE), href="#sql-method")
        before, _, after = scene.say(_LEAD).partition("{made}")
        lead = joined((before, made, after))
    told = (
        joined((el("p", name, class_="strong"), el("pre", el("code", _tidy(sql)), tabindex=0)))
        for name, sql in steps
    )
    summary = el("summary", scene.say(_SUMMARY, n=scene.count(len(steps))))
    return el("details", summary, el("p", lead), *told, id=f"sql-{place}", class_="sql")


def _tidy(sql: str) -> str:
    """Return the lines of a step without what they are all set in by."""
    lines = [line.rstrip() for line in sql.strip("\n").splitlines() if line.strip()]
    rest = [len(line) - len(line.lstrip()) for line in lines[1:]]
    margin = min(rest, default=0)
    return "\n".join([lines[0].strip(), *(line[margin:] for line in lines[1:])]) if lines else ""
