"""What every figure of the report means, in plain words; each table head links here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trayecto.maps.document import Boundaries
from trayecto.render import words as w
from trayecto.render.poster.scene import Scene
from trayecto.render.report import words as r
from trayecto.render.report.html import Html, el
from trayecto.vocabulary.text import Text, duration

JOURNEY, COUNT, REACH, INTERACTIONS = "def-journey", "def-count", "def-reach", "def-interactions"
DONE, SKIPPED, REPEATED = "def-done", "def-skipped", "def-repeated"
ONWARD, DROP_OFF, OPEN, COMPLETED = "def-onward", "def-drop-off", "def-open", "def-completed"
TIME, WAIT, MEDIAN, P90, TARGET = "def-time", "def-wait", "def-median", "def-p90", "def-target"
EXPECTED, FELT, SCORE = "def-expected", "def-felt", "def-score"
UNDRAWN, COVERAGE, INTERVAL, MINIMUM = "def-undrawn", "def-coverage", "def-interval", "def-minimum"


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure: where links land, what it is called and what it means."""

    id: str
    term: Text
    means: Text


DEFINITIONS = (
    Definition(
        COUNT,
        Text(en="People and journeys", es="Personas y trayectos"),
        Text(
            en="Shares are shares of journeys. One person may live several, so people and "
            "journeys need not be the same number. In a map by case (fines, orders, tickets), each "
            "case is one journey, and cases are counted where elsewhere people are.",
            es="Los porcentajes son sobre trayectos. Una persona puede vivir varios, así que "
            "personas y trayectos no tienen por qué ser el mismo número. En un mapa por caso "
            "(multas, pedidos, incidencias) cada caso es un trayecto, y se cuentan casos donde en "
            "otros se cuentan personas.",
        ),
    ),
    Definition(
        REACH,
        Text(en="Get here", es="Llegan"),
        Text(
            en="The share of all journeys that were here at least once. It is a share of the "
            "whole, not of those who reached the stage before.",
            es="El porcentaje de todos los trayectos que pasa por aquí al menos una vez: sobre el "
            "total, no sobre quienes llegaron a la etapa anterior.",
        ),
    ),
    Definition(
        INTERACTIONS,
        Text(en="Interactions", es="Interacciones"),
        Text(
            en="How many times it happened inside journeys, repetitions included.",
            es="Cuántas veces ocurrió dentro de los trayectos, con las repeticiones.",
        ),
    ),
    Definition(
        DONE,
        Text(en="Do it", es="Lo hacen"),
        Text(
            en="Journeys that met this touchpoint and, below, how many times in all.",
            es="Trayectos que pasan por este punto de contacto y, debajo, cuántas veces en total.",
        ),
    ),
    Definition(
        SKIPPED,
        Text(en="Skip it", es="Lo saltan"),
        Text(
            en="Journeys that got further right on the map without ever being here.",
            es="Trayectos que llegan más a la derecha en el mapa sin pasar nunca por aquí.",
        ),
    ),
    Definition(
        REPEATED,
        Text(en="Repeat it", es="Lo repiten"),
        Text(
            en="Journeys that were here twice or more.",
            es="Trayectos que pasan por aquí dos veces o más.",
        ),
    ),
    Definition(
        ONWARD,
        Text(en="Go on", es="Siguen"),
        Text(
            en="Of the journeys that were here and whose way on is known, the share that later got "
            "further right on the map, or completed it.",
            es="De los trayectos que pasaron por aquí y de los que ya se sabe qué hicieron "
            "después, el porcentaje que llegó más a la derecha en el mapa, o lo completó.",
        ),
    ),
    Definition(
        DROP_OFF,
        Text(en="Leave", es="Se van"),
        Text(
            en="The drop-off: of the same journeys, the share that did not go on and is over, by a "
            "way out drawn on the map or by silence. Going on and leaving add up to 100%.",
            es="El abandono: de esos mismos trayectos, el porcentaje que no siguió y ya terminó, "
            "por una salida dibujada en el mapa o por silencio. Seguir e irse suman el 100 %.",
        ),
    ),
    Definition(
        OPEN,
        Text(en="Still open", es="En curso"),
        Text(
            en="Journeys that have not gone on yet and are not over either. Open is not abandoned: "
            "they count neither as going on nor as leaving.",
            es="Trayectos que aún no han seguido y tampoco han terminado. Abierto no es "
            "abandonado: no cuentan ni como que siguen ni como que se van.",
        ),
    ),
    Definition(
        COMPLETED,
        Text(en="Completed", es="Llegan al final"),
        Text(
            en="Journeys that met a touchpoint which, by the map, completes them. The share is of "
            "the journeys that are over: completed and left.",
            es="Trayectos que pasan por un punto de contacto que, según el mapa, los completa. El "
            "porcentaje es de los que ya terminaron: los que llegan al final y los que se van.",
        ),
    ),
    Definition(
        TIME,
        Text(en="Time in the stage", es="Tiempo en la etapa"),
        Text(
            en="From the first step in the stage to the first step further right, or to "
            "completion. It is known only of those who went on: whoever left, or is still there, "
            "has no such time, so where many leave it says little of them.",
            es="Del primer paso en la etapa al primer paso más a la derecha, o al final. Solo se "
            "conoce de quienes siguieron: quien se fue, o sigue ahí, no tiene ese tiempo; donde "
            "muchos se van, dice poco de ellos.",
        ),
    ),
    Definition(
        WAIT,
        Text(en="Wait", es="Espera"),
        Text(
            en="The time since the previous step of the same journey, whether that one is drawn or "
            "not.",
            es="El tiempo desde el paso anterior del mismo trayecto, esté dibujado o no.",
        ),
    ),
    Definition(
        MEDIAN,
        Text(en="Median", es="Mediana"),
        Text(
            en="Half needed less, half needed more. It is “late”, in colour and in words, only "
            "when its whole interval lies beyond the target.",
            es="La mitad tarda menos y la mitad tarda más. Está «tarde», con color y con palabra, "
            "solo cuando todo su intervalo queda más allá de lo previsto.",
        ),
    ),
    Definition(
        P90,
        Text(en="p90, the 90th percentile", es="p90, el percentil 90"),
        Text(
            en="Nine in ten needed this time or less. It tells what the unluckiest live.",
            es="Nueve de cada diez tardan esto o menos. Cuenta lo que viven quienes peor lo pasan.",
        ),
    ),
    Definition(
        TARGET,
        Text(en="Target", es="Previsto"),
        Text(
            en="The time the map allows: for a stage, how long it should take; for a touchpoint, "
            "how long after the previous step, at most.",
            es="El plazo que da el mapa: en una etapa, lo que debería durar; en un punto de "
            "contacto, cuánto después del paso anterior, como mucho.",
        ),
    ),
    Definition(
        EXPECTED,
        Text(en="Expected emotion", es="Emoción esperada"),
        Text(
            en="What the team thinks people feel here, from −2 to +2. It is a hypothesis.",
            es="Lo que el equipo cree que se siente aquí, de −2 a +2. Es una hipótesis.",
        ),
    ),
    Definition(
        FELT,
        Text(en="Measured emotion", es="Emoción medida"),
        Text(
            en="The mean of what people answered here, taken from each survey’s scale to −2…+2. "
            "One person, one voice: nine angry answers are still one angry customer.",
            es="La media de lo que la gente respondió aquí, llevada de la escala de cada encuesta "
            "a −2…+2. Una persona, una voz: nueve respuestas enfadadas siguen siendo un cliente "
            "enfadado.",
        ),
    ),
    Definition(
        SCORE,
        Text(en="Score (NPS and others)", es="Índice (NPS y otros)"),
        Text(
            en="NPS is the % of answers 9–10 minus the % of answers 0–6, from −100 to 100, with "
            "standard error √((p + d − (p − d)²) / n), where p and d are those two shares. Any "
            "other score, such as CSAT or CES, is the mean answer on its own scale: there is no "
            "single standard.",
            es="El NPS es el % de respuestas 9–10 menos el % de respuestas 0–6, de −100 a 100, con "
            "error estándar √((p + d − (p − d)²) / n), donde p y d son esas dos proporciones. "
            "Cualquier otro índice, como CSAT o CES, es la respuesta media en su propia escala: "
            "no hay una norma única.",
        ),
    ),
    Definition(
        UNDRAWN,
        Text(en="Nobody drew it", es="Nadie lo dibujó"),
        Text(
            en="A node that happens inside journeys and that no rule of the map names. “Mostly "
            "after” is the touchpoint of the map it follows most often.",
            es="Un nodo que ocurre dentro de los trayectos y que ninguna regla del mapa nombra. "
            "«Sobre todo tras» es el punto de contacto del mapa al que sigue más a menudo.",
        ),
    ),
    Definition(
        COVERAGE,
        Text(en="Coverage", es="Cobertura"),
        Text(
            en="The share of all interactions that lie on a touchpoint of the map. On the map, "
            "undrawn and outside add up to all of them.",
            es="El porcentaje de todas las interacciones que está en un punto de contacto del "
            "mapa. En el mapa, sin dibujar y fuera suman todas.",
        ),
    ),
    Definition(
        INTERVAL,
        Text(en="Figures in brackets", es="Cifras entre paréntesis"),
        Text(
            en="The 95% interval: of 100 intervals made like this, from 100 samples, some 95 would "
            "hold the true figure. Wilson’s for shares, by binomial ranks for medians, the normal "
            "one for means and NPS.",
            es="El intervalo del 95 %: de 100 intervalos hechos así, con 100 muestras, unos 95 "
            "contendrían la cifra verdadera. El de Wilson para las proporciones, por rangos "
            "binomiales para las medianas y el normal para las medias y el NPS.",
        ),
    ),
    Definition(
        MINIMUM,
        Text(en="n, and the dash —", es="n y la raya —"),
        Text(
            en="n is how many cases a figure rests on. On fewer than {minimum} the figure is "
            "unknown and a dash stands in its place: unknown is not zero.",
            es="n es en cuántos casos se apoya una cifra. Con menos de {minimum} la cifra es "
            "desconocida y en su lugar hay una raya: desconocido no es cero.",
        ),
    ),
)

_JOURNEY = Text(en="What one journey is here: {noun}", es="Qué es aquí un trayecto: {noun}")
_PER = {
    "person": Text(
        en="One person once through the map.", es="Una persona que recorre el mapa una vez."
    ),
    "case": Text(
        en="One case (one file, order or ticket) from its first start.",
        es="Un caso (un expediente, un pedido, una incidencia) desde su primer inicio.",
    ),
}
_STARTS = Text(en="Begins at {names}.", es="Empieza en {names}.")
_STARTS_ANYWHERE = Text(
    en="Begins at any touchpoint of the map.", es="Empieza en cualquier punto de contacto del mapa."
)
_COMPLETES = Text(en="Is completed at {names}.", es="Se completa en {names}.")
_LEAVES = Text(en="Ends without completing at {names}.", es="Acaba sin completarse en {names}.")
_SILENCE = Text(
    en="After {time} without a step it counts as left.",
    es="Tras {time} sin ningún paso cuenta como que se fue.",
)
_NO_SILENCE = Text(
    en="No silence is declared, so a quiet journey stays open.",
    es="No se declara ningún silencio: un trayecto callado sigue en curso.",
)


def definitions(scene: Scene) -> Html:
    """Return every definition, what a journey is first."""
    minimum = scene.count(scene.measured.minimum if scene.measured else scene.map.minimum)
    term = scene.say(_JOURNEY, noun=scene.say(scene.map.journeys.noun))
    parts = [_definition(JOURNEY, term, " ".join(_journey(scene)))]
    parts += [
        _definition(one.id, scene.say(one.term), scene.say(one.means, minimum=minimum))
        for one in DEFINITIONS
    ]
    return el("dl", *parts, class_="definitions")


def _definition(id: str, term: str, means: str) -> Html:
    return el("div", el("dt", term), el("dd", means), id=id)


def _journey(scene: Scene) -> Iterator[str]:
    declared: Boundaries = scene.map.journeys
    yield scene.say(_PER[declared.per])
    if declared.starts:
        yield scene.say(_STARTS, names=_named(scene, declared.starts))
    else:
        yield scene.say(_STARTS_ANYWHERE)
    if declared.completes:
        yield scene.say(_COMPLETES, names=_named(scene, declared.completes))
    if declared.leaves:
        yield scene.say(_LEAVES, names=_named(scene, declared.leaves))
    if declared.silence is None:
        yield scene.say(_NO_SILENCE)
    else:
        time = duration(declared.silence.total_seconds(), scene.language)
        yield scene.say(_SILENCE, time=time)


def _named(scene: Scene, ids: tuple[str, ...]) -> str:
    names = {t.id: scene.say(t.name) for t in scene.map.touchpoints()}
    quoted = [scene.say(r.QUOTED, words=names.get(one, one)) for one in ids]
    return w.listed(quoted, scene.language)
