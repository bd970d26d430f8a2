"""Say in words why a map cannot be measured, or not wholly: what is unknown is never told as 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trayecto.contrast.seen import Seen
from trayecto.journeys.walked import Walked
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.text import Text, number

_NOTHING_SAID = Text(
    en="No touchpoint of this map says which nodes it is, so nothing can be measured. Give its "
    "touchpoints “nodes”: in the app, open one and bind it; “trayecto graph” lists those there "
    "are.",
    es="Ningún punto de contacto de este mapa dice qué nodos es, así que no se puede medir nada. "
    "Ponles «nodes»: en la aplicación, abre uno y únelo; «trayecto graph» enumera los que hay.",
)
_NO_DATA = Text(
    en="There is no interaction in this period and these sources: nothing is known, which is not "
    "the same as nobody coming. Ask for other days.",
    es="No hay ninguna interacción en este periodo y estos orígenes: no se sabe nada, que no es lo "
    "mismo que decir que no vino nadie. Pide otros días.",
)
_NOBODY_KNOWN = Text(
    en="No interaction in scope carries whose it is, so no journey can be told.",
    es="Ninguna interacción considerada dice de quién es, así que no se distingue ningún trayecto.",
)
_NO_NODE_FOUND = Text(
    en="None of the nodes that the map names is in the data. A name may have changed: in the app, "
    "open a touchpoint and bind it to what it is called there; “trayecto graph” lists those there "
    "are.",
    es="Ninguno de los nodos que nombra el mapa está en los datos. Quizá ha cambiado un nombre: en "
    "la aplicación, abre un punto de contacto y únelo a como se llama allí; «trayecto graph» "
    "enumera los que hay.",
)


_NOBODY_LEAVES = Text(
    en="The map names no way out that is in the data, and no silence: nobody can be known to "
    "leave, so which share goes on or completes is unknown. Give the map a “silence”.",
    es="El mapa no nombra ninguna salida que esté en los datos, ni un silencio: de nadie se sabe "
    "que se haya ido, así que no se conoce qué proporción sigue o llega al final. Ponle un "
    "«silence».",
)


def missing(journey_map: JourneyMap, seen: Seen, walked: Walked) -> tuple[Text, ...]:
    """Return what keeps the map, or a part of it, from being measured; usually nothing."""
    return tuple(_missing(journey_map, seen, walked))


def _missing(journey_map: JourneyMap, seen: Seen, walked: Walked) -> Iterator[Text]:
    if not any(touchpoint.nodes for touchpoint in journey_map.touchpoints()):
        yield _NOTHING_SAID
    elif not walked.interactions:
        yield _NO_DATA
    elif not walked.people:
        yield _NOBODY_KNOWN
    elif not seen.places:
        yield _NO_NODE_FOUND
    else:
        yield from _boundaries(journey_map, seen, walked)


def _boundaries(journey_map: JourneyMap, seen: Seen, walked: Walked) -> Iterator[Text]:
    declared, journeys = journey_map.journeys, walked.ends.journeys
    if not journeys:
        names = _names(journey_map, declared.starts)
        if declared.starts and not seen.starting:
            yield Text(
                en=f"No journey can begin: it would by {names.en}, and no node in the data is "
                "that. Nothing is known, which is not the same as nobody coming. A name may have "
                "changed: “trayecto graph” lists the nodes there are.",
                es=f"No puede empezar ningún trayecto: empezaría por {names.es}, y ningún nodo de "
                "los datos lo es. No se sabe nada, que no es lo mismo que decir que no vino "
                "nadie. Quizá ha cambiado un nombre: «trayecto graph» enumera los nodos que hay.",
            )
            return
        yield (
            Text(
                en=f"No journey begins: nobody came to {names.en}.",
                es=f"No empieza ningún trayecto: nadie pasó por {names.es}.",
            )
            if declared.starts
            else Text(
                en="No journey begins: nobody came to any touchpoint left of the completing ones. "
                "Say in “starts” where a journey begins.",
                es="No empieza ningún trayecto: nadie pasó por los puntos anteriores a los que lo "
                "completan. Di en «starts» dónde empieza un trayecto.",
            )
        )
        return
    if declared.completes and not walked.ends.completed:
        names = _names(journey_map, declared.completes)
        yield (
            Text(en=f"No journey reaches {names.en}.", es=f"Ningún trayecto pasa por {names.es}.")
            if seen.completing
            else Text(
                en=f"A journey is completed by {names.en}, and no node in the data is that: how "
                "many complete is unknown, not zero.",
                es=f"El trayecto no puede completarse por {names.es}: ningún nodo de los datos lo "
                "es. No se sabe cuántos se completan; no es que sean cero.",
            )
        )
    if not seen.leaving and walked.ends.still_open:
        yield _NOBODY_LEAVES
    if journeys < journey_map.minimum:
        found, least = journeys, journey_map.minimum
        yield Text(
            en=f"Journeys: {number(found, 'en')}. The map asks for {number(least, 'en')} or more "
            "(“minimum”), so shares and times are unknown.",
            es=f"Trayectos: {number(found, 'es')}. El mapa pide al menos {number(least, 'es')} "
            "(«minimum»), así que las proporciones y los tiempos no se conocen.",
        )


def _names(journey_map: JourneyMap, ids: Sequence[str]) -> Text:
    found = [touchpoint.name for touchpoint in journey_map.touchpoints() if touchpoint.id in ids]
    return Text(
        en=" or ".join(f"“{name.en}”" for name in found),
        es=" ni por ".join(f"«{name.es}»" for name in found),
    )
