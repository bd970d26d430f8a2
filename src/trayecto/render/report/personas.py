"""The personas of a map in the report: whom their rules choose, and what they do differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trayecto.contrast.difference_words import gap_words
from trayecto.contrast.personas import Persona, Personas
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, joined, table
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.estimate import Estimate
from trayecto.vocabulary.text import Text, capital, same

PERSONAS = Text(en="Personas, checked by data", es="Los arquetipos, según los datos")
_LEAD = Text(
    en="Each persona’s rule says which customers it stands for. Counted are the {people} with a "
    "journey on this map, of {customers} in all.",
    es="La regla de cada arquetipo dice a qué clientes representa. Se cuentan los {people} con un "
    "trayecto en este mapa, de {customers} en total.",
)
_LEAD_CASES = Text(
    en="Each persona’s rule says which customers it stands for; it is asked of each case. Counted "
    "are the {people} cases with a journey on this map, of {customers} in all the data.",
    es="La regla de cada arquetipo dice a qué clientes representa; se pregunta de cada caso. Se "
    "cuentan los {people} casos con un trayecto en este mapa, de {customers} en todos los datos.",
)
_PARTITION = Text(en="How the rules divide customers", es="Cómo reparten las reglas a los clientes")
_HOW_MANY = Text(en="They are", es="Son")
_WHO = Text(en="Customers", es="Clientes")
_CASES = Text(en="Cases", es="Casos")
_SHARE = Text(en="Share", es="Parte")
_ONE = Text(en="Exactly one persona", es="Exactamente un arquetipo")
_SEVERAL = Text(en="Several personas", es="Varios arquetipos")
_NONE = Text(en="No persona", es="Ningún arquetipo")
_ALL = Text(en="All", es="Todos")
_TABLE = Text(en="Each persona", es="Cada arquetipo")
_PERSONA = Text(en="Persona", es="Arquetipo")
_RULE = Text(en="Rule", es="Regla")
_ON_MAP = Text(en="On this map", es="En este mapa")
_OF_ALL = Text(en="Of all customers", es="De todos los clientes")
_OF_CASES = Text(en="Of all cases", es="De todos los casos")
_CHANNEL = Text(en="Uses most", es="Usa más")
_PREFERS = Text(en="Said to prefer", es="Se dice que prefiere")
_OVERLAPS = Text(en="Who is two personas at once", es="Quién es dos arquetipos a la vez")
_BOTH = Text(en="Both", es="Ambos")
_APART = Text(en="Nobody is two personas at once.", es="Nadie es dos arquetipos a la vez.")
_NO_OTHERS = Text(
    en="No other two personas share a customer.",
    es="No hay otros dos arquetipos que compartan clientes.",
)
_DIFFERENT = Text(en="What each does differently", es="Qué hace distinto cada uno")
_DIFFERENT_LEAD = Text(
    en="Beside everybody else on the map. In brackets the difference with its 95% interval; only "
    "what stands when corrected for all {n} comparisons (Holm).",
    es="Frente al resto de clientes del mapa. Entre paréntesis, la diferencia con su intervalo del "
    "95 %; solo lo que se sostiene tras corregir por las {n} comparaciones (Holm).",
)
_ALIKE = Text(
    en="Nothing that differs beyond chance.", es="Nada que se aparte más de lo que daría el azar."
)
_TOO_FEW = Text(en="Too few customers to compare.", es="Son muy pocos clientes para compararlos.")
_WITHOUT = Text(
    en="Without a rule nobody can count for: {names}. Give it one in the map (rule).",
    es="Sin regla no se puede contar a nadie para: {names}. Dale una en el mapa (rule).",
)
_NOBODY_HERE = Text(
    en="Nobody has a journey on this map, so how the rules divide them is unknown.",
    es="Nadie tiene un trayecto en este mapa, así que no se sabe cómo los reparten las reglas.",
)
NO_RULES = Text(
    en="No persona of this map has a rule, so nobody can be counted for them. A rule such as "
    "“plan is fibre” says which customers a persona stands for.",
    es="Ningún arquetipo del mapa tiene regla, así que no se puede contar a nadie. Una regla como "
    "«plan es fibra» dice a qué clientes representa.",
)


def personas_section(scene: Scene, found: Personas) -> Html:
    """Return coverage, overlaps and behaviour of a map's personas."""
    if not found.personas:
        return el("p", scene.say(NO_RULES), class_="measure")
    if not found.people:
        # Noughts would say that the rules choose nobody.
        return el("p", scene.say(_NOBODY_HERE), class_="measure")
    lead = scene.say(
        _LEAD_CASES if by_case(scene) else _LEAD,
        people=scene.count(found.people),
        customers=scene.count(found.customers),
    )
    return joined(
        (
            el("p", lead, class_="measure"),
            _partition(scene, found),
            _each(scene, found),
            _overlaps(scene, found),
            _without(scene, found),
            _differences(scene, found),
        )
    )


def by_case(scene: Scene) -> bool:
    """Tell whether the map follows cases, so that rules choose cases of customers."""
    return scene.map.journeys.per == "case"


def persona_lists(scene: Scene, found: Personas) -> Iterator[tuple[str, str, int]]:
    """Give each count of people here: of whom, what `behind` calls them, and how many."""
    for words, part, _, count in _so_many(found) if found.personas else ():
        yield scene.say(words), f"personas={part}", count
    for persona in found.personas:
        yield scene.say(persona.name), f"persona={persona.id}", persona.people
    for pair in found.overlaps:
        both = f"{scene.say(pair.first)} + {scene.say(pair.second)}"
        yield both, f"personas={'+'.join(pair.ids)}", pair.people


def _so_many(found: Personas) -> list[tuple[Text, str, Estimate, int]]:
    """Return who is one persona, several or none: in words, for `behind`, the share, how many."""
    parts = (
        (_ONE, "one", found.one), (_SEVERAL, "several", found.several), (_NONE, "none", found.none)
    )  # fmt: skip
    return [(*part, round((part[-1].value or 0) * found.people)) for part in parts]


def _partition(scene: Scene, found: Personas) -> Html:
    columns = (
        Column(scene.say(_HOW_MANY), figures=False),
        Column(scene.say(_CASES if by_case(scene) else _WHO)),
        Column(scene.say(_SHARE)),
    )

    parts = _so_many(found)
    rows = [
        Row(scene.say(head), (c.count_cell(scene, count), c.share_cell(scene, share)))
        for head, _, share, count in parts
    ]
    whole = sum(share.value or 0 for _, _, share, _ in parts)
    total = c.stacked(c.share_words(scene, round(whole, 9))) if found.people else c.unknown("0")
    rows.append(
        Row(
            el("span", scene.say(_ALL), class_="strong"),
            (c.count_cell(scene, found.people), total),
        )
    )
    return table(scene.say(_PARTITION), columns, rows, look="sums")


def _each(scene: Scene, found: Personas) -> Html:
    columns = (
        Column(scene.say(_PERSONA), figures=False),
        Column(scene.say(_RULE), figures=False),
        Column(scene.say(_ON_MAP)),
        Column(scene.say(_OF_CASES if by_case(scene) else _OF_ALL)),
        Column(scene.say(_CHANNEL), figures=False),
        Column(scene.say(_PREFERS), figures=False),
    )
    rows = (_persona(scene, found, one) for one in found.personas)
    return table(scene.say(_TABLE), columns, rows)


def _persona(scene: Scene, found: Personas, one: Persona) -> Row:
    warnings = (el("span", p.say(scene.language), class_="bad line") for p in one.unknown)
    used = [f"{_channel(scene, name)} ({scene.count(n)})" for name, n in one.channels[:3]]
    return Row(
        el("span", scene.say(one.name), class_="strong"),
        (
            joined((scene.say(one.rule), *warnings)),
            c.share_cell(scene, one.share, c.n_of(scene, one.people, found.people)),
            c.share_cell(scene, one.share_of_all, c.n_of(scene, one.customers, found.customers)),
            _words(scene, used),
            _words(scene, [_channel(scene, name) for name in one.prefers]),
        ),
    )


def _words(scene: Scene, words: Sequence[str]) -> Html:
    if not words:
        return c.unknown(scene.say(same("—")))
    return joined(el("span", word, class_="line") for word in words)


def _channel(scene: Scene, name: str) -> str:
    return scene.say(channel_name(name))


def _overlaps(scene: Scene, found: Personas) -> Html:
    some = [one for one in found.overlaps if one.people]
    if not some:
        none = el("p", scene.say(_APART), class_="measure soft")
        return none if found.overlaps else NO_HTML
    columns = (
        Column(scene.say(_BOTH), figures=False),
        Column(scene.say(_CASES if by_case(scene) else _WHO)),
        Column(scene.say(_SHARE)),
    )
    rows = (
        Row(
            f"{scene.say(one.first)} · {scene.say(one.second)}",
            (c.count_cell(scene, one.people), c.share_cell(scene, one.share)),
        )
        for one in some
    )
    listed = table(scene.say(_OVERLAPS), columns, rows)
    if len(some) == len(found.overlaps):
        return listed
    return joined((listed, el("p", scene.say(_NO_OTHERS), class_="measure soft")))


def _without(scene: Scene, found: Personas) -> Html:
    if not found.without_rule:
        return NO_HTML
    names = ", ".join(scene.say(name) for name in found.without_rule)
    return el("p", scene.say(_WITHOUT, names=names), class_="measure")


def _differences(scene: Scene, found: Personas) -> Html:
    n = sum(gap.p is not None for one in found.personas for gap in one.gaps)
    blocks = [
        el("h3", scene.say(_DIFFERENT)),
        el("p", scene.say(_DIFFERENT_LEAD, n=scene.count(n)), class_="measure"),
    ]
    for one in found.personas:
        blocks += [el("h4", scene.say(one.name)), _own(scene, one)]
    return joined(blocks)


def _own(scene: Scene, one: Persona) -> Html:
    if not one.differences:
        known = any(gap.p is not None for gap in one.gaps)
        return el("p", scene.say(_ALIKE if known else _TOO_FEW), class_="measure soft")
    said = (gap_words(scene.map, gap).say(scene.language) for gap in one.differences)
    return el("ul", *(el("li", capital(words)) for words in said), class_="points")
