"""What every figure of the report means, in plain words; each table head links here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from trayecto.maps.document import Boundaries
from trayecto.render import words as w
from trayecto.render.poster.scene import Scene
from trayecto.render.report import definitions_judged as j
from trayecto.render.report import words as r
from trayecto.render.report.definitions_judged import JUDGED, Definition
from trayecto.render.report.html import Html, el, joined
from trayecto.vocabulary.text import Text, duration

NOBODY: Mapping[str, str] = MappingProxyType({})
JOURNEY, COUNT, REACH, INTERACTIONS = "def-journey", "def-count", "def-reach", "def-interactions"
DONE, SKIPPED, REPEATED = "def-done", "def-skipped", "def-repeated"
ONWARD, DROP_OFF, OPEN, COMPLETED = "def-onward", "def-drop-off", "def-open", "def-completed"
TIME, WAIT, MEDIAN, P90, TARGET = "def-time", "def-wait", "def-median", "def-p90", "def-target"
EXPECTED, FELT, SCORE = "def-expected", "def-felt", "def-score"
HINT, CHANNELS = "def-hint", "def-channels"
UNDRAWN, COVERAGE, INTERVAL, MINIMUM = "def-undrawn", "def-coverage", "def-interval", "def-minimum"

_COUNTED = {
    **dict.fromkeys((REACH, ONWARD, DROP_OFF, OPEN, REPEATED, COMPLETED), "stages"),
    **dict.fromkeys((j.FITS, SKIPPED), "deviations"),
    **dict.fromkeys((j.VOTED, j.UNDECIDED), "votes"),
    j.PAIN: "pains", j.ALIKE: "moments", j.CUT: "cuts", UNDRAWN: "undrawn",
}  # fmt: skip
"""Figures that count journeys whose people can be listed, and the section that lists them."""


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
            "whole, not of those who reached the stage before. Journeys that began less than a "
            "silence before the end of the data are left out if the others are enough: they may "
            "still be on their way here.",
            es="El porcentaje de todos los trayectos que pasa por aquí al menos una vez: sobre el "
            "total, no sobre quienes llegaron a la etapa anterior. Los que empezaron a menos de un "
            "silencio del final de los datos no cuentan si los demás bastan: quizá aún vienen de "
            "camino.",
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
        CHANNELS,
        Text(en="Channel mix", es="Reparto por canal"),
        Text(
            en="Of the interactions with this touchpoint, the share on each channel. Each "
            "interaction counts once, so whoever comes often weighs more.",
            es="De las interacciones con este punto de contacto, la parte de cada canal. Cada "
            "interacción cuenta una vez: quien viene mucho pesa más.",
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
            en="Journeys that went past its place on the map without ever being here. What is "
            "optional, or another way in or end, is not skipped.",
            es="Trayectos que siguen más allá de su sitio en el mapa sin pasar nunca por aquí. Lo "
            "opcional y lo que es otra entrada u otro final no se salta.",
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
            "further right on the map, or completed it. Only those who came at least a silence "
            "before the end of the data are asked, if they are enough: later ones cannot have "
            "left by silence yet, and those quick to go on would make the share too high.",
            es="De los trayectos que pasaron por aquí y de los que ya se sabe qué hicieron "
            "después, el porcentaje que llegó más a la derecha en el mapa, o lo completó. Solo "
            "cuentan los que llegaron al menos un silencio antes del final de los datos, si "
            "bastan: los posteriores aún no pueden haberse ido por silencio, y los que siguen "
            "deprisa darían un porcentaje demasiado alto.",
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
        "method",
    ),
    Definition(
        TIME,
        Text(en="Time in the stage", es="Tiempo en la etapa"),
        Text(
            en="From the first step in the stage to the first step further right, or to "
            "completion, of the journeys that went on. Whoever is still there counts for as long "
            "as they were seen, or the slow ones would be missing; whoever left never goes on "
            "(Aalen–Johansen).",
            es="Del primer paso en la etapa al primer paso más a la derecha, o al final, en los "
            "trayectos que siguieron. Quien sigue ahí cuenta el tiempo que se le ha visto, o "
            "faltarían los lentos; quien se fue ya no seguirá (Aalen–Johansen).",
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
            en="The mean of what people said here, from −2 to +2: the scores they gave, each "
            "from its survey’s scale, and the texts they wrote, read by a lexicon (inferred, and "
            "it says so). Who gave a score counts by it; who only wrote, by their words. One "
            "person, one voice: nine angry answers are still one angry customer.",
            es="La media de lo que la gente dijo aquí, de −2 a +2: las notas que puso, cada una "
            "desde la escala de su encuesta, y los textos que escribió, leídos con un léxico (se "
            "deduce, y se dice). Quien puso nota cuenta por ella; quien solo escribió, por sus "
            "palabras. Una persona, una voz: nueve respuestas enfadadas siguen siendo un cliente "
            "enfadado.",
        ),
    ),
    Definition(
        HINT,
        Text(en="Hint from behaviour", es="Indicio del comportamiento"),
        Text(
            en="Weak evidence, never part of the measured emotion. A passage can show up to three "
            "signs of strain: it was repeated where the map expects it once, its wait was longer "
            "than the target, the next step asked for help (phone, chat, WhatsApp) and not for "
            "the first time. The hint is minus the share of the signs that people showed, of "
            "those that could show: from −2 to 0. It is drawn only where too few said how they "
            "felt.",
            es="Evidencia débil, que nunca entra en la emoción medida. Cada paso por un punto "
            "puede dar hasta tres señales de tensión: se repitió donde el mapa lo espera una vez, "
            "la espera pasó de lo previsto, el paso siguiente pidió ayuda (teléfono, chat, "
            "WhatsApp) y no por primera vez. El indicio es, con signo menos, la parte de las "
            "señales posibles que se dieron: de −2 a 0. Solo se dibuja donde muy pocos dijeron "
            "cómo se sintieron.",
        ),
    ),
    Definition(
        SCORE,
        Text(en="Score (NPS and others)", es="Índice (NPS y otros)"),
        Text(
            en="NPS is the % of answers 9–10 minus the % of answers 0–6, from −100 to 100, with "
            "standard error √((p + d − (p − d)²) / n), where p and d are those two shares. A "
            "name that ends in _top is the % of the two highest answers; in _max, the mean as a % "
            "of the way from lowest to highest. Any other, such as CSAT or CES, is the mean "
            "answer on its own scale: there is no single standard, and answers on different "
            "scales are never put together.",
            es="El NPS es el % de respuestas 9–10 menos el % de respuestas 0–6, de −100 a 100, con "
            "error estándar √((p + d − (p − d)²) / n), donde p y d son esas dos proporciones. "
            "Un nombre que acaba en _top es el % de las dos respuestas más altas; en _max, la "
            "media como % del camino del mínimo al máximo. Cualquier otro, como CSAT o CES, es la "
            "respuesta media en su propia escala: no hay una norma única, y las respuestas en "
            "escalas distintas nunca se juntan.",
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
        "undrawn",
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
        "method",
    ),
    Definition(
        INTERVAL,
        Text(en="Figures in brackets", es="Cifras entre paréntesis"),
        Text(
            en="The 95% interval: of 100 intervals made like this, from 100 samples, some 95 would "
            "hold the true figure. Wilson’s for shares, Woodruff’s for medians, the "
            "normal one for NPS, Student’s for means.",
            es="El intervalo del 95 %: de 100 intervalos hechos así, con 100 muestras, unos 95 "
            "contendrían la cifra verdadera. El de Wilson para las proporciones, el de "
            "Woodruff para las medianas, el de Student para las medias y el normal para el NPS.",
        ),
        "method",
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
        "method",
    ),
    *JUDGED,
)

_PEOPLE = Text(en="Its people", es="Sus personas")
_SQL = Text(en="Its SQL", es="Su SQL")
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


def definitions(
    scene: Scene,
    *,
    shown: Collection[str],
    asked: Collection[str] = (),
    listed: Mapping[str, str] = NOBODY,
) -> Html:
    """
    Return every definition that a section *shown* needs, what a journey is first.

    Those of a section in *asked* lead on to the SQL behind their figures; those that count journeys
    lead on to where the people of their section are *listed*.
    """
    term = scene.say(_JOURNEY, noun=scene.say(scene.map.journeys.noun))
    parts = [_definition(JOURNEY, term, " ".join(_journey(scene)))]
    for one in DEFINITIONS:
        if one.of in shown:
            people = listed.get(_COUNTED.get(one.id, ""), "")
            ways = (
                (_PEOPLE, f"#{people}", people),
                (_SQL, f"#sql-{one.of}", one.of in asked),
            )
            links = (el("a", scene.say(name), href=to) for name, to, there in ways if there)
            parts.append(_definition(one.id, *told(scene, one), *links))
    return el("dl", *parts, class_="definitions")


def told(scene: Scene, one: Definition) -> tuple[str, str]:
    """Return what a figure is called and what it means, on this map."""
    minimum = scene.count(scene.measured.minimum if scene.measured else scene.map.minimum)
    return scene.say(one.term), scene.say(one.means, minimum=minimum)


def _definition(id: str, term: str, means: str, *links: Html) -> Html:
    more = joined((means, joined(links, " · ")), " ")
    return el("div", el("dt", term), el("dd", more), id=id)


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
