"""What the figures of votes, deviations, moments, pains and comparisons mean, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from trayecto.vocabulary.text import Text

VOTED, UNDECIDED = "def-vote", "def-undecided"
FITS, FITNESS = "def-fits", "def-fitness"
BEYOND, CORRECTED, PASSES = "def-difference", "def-p", "def-passes"
ALIKE = "def-alike"
PAIN, RANK, WORTH = "def-pain", "def-rank", "def-worth"
EFFECT, CUT, TREND = "def-effect", "def-cut", "def-trend"


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure: where links land, what it is called, what it means, and whose section it is."""

    id: str
    term: Text
    means: Text
    of: str = "stages"


JUDGED = (
    Definition(
        EFFECT,
        Text(en="The four measures of a node", es="Las cuatro medidas de un nodo"),
        Text(
            en="Completed: of those who were here, who needed it once and went on. Answered: the "
            "next step of the journey, within seven days, is one the customer starts. Useful: "
            "answers above the middle of their scale. On time: waits no longer than promised.",
            es="Completada: de quienes pasan por aquí, quién lo necesita una vez y sigue. "
            "Respondida: el paso siguiente, en siete días, lo inicia el cliente. Útil: respuestas "
            "por encima de la mitad de su escala. A tiempo: esperas que no pasan de lo previsto.",
        ),
    ),
    Definition(
        CUT,
        Text(en="Some of the journeys", es="Una parte de los trayectos"),
        Text(
            en="The same measures, counted only for the journeys that began on a channel or in a "
            "month, or of the customers of a persona or segment.",
            es="Las mismas medidas, contadas solo en los trayectos que empiezan en un canal o un "
            "mes, o de los clientes de un arquetipo o un segmento.",
        ),
        "cuts",
    ),
    Definition(
        TREND,
        Text(en="Month by month", es="Mes a mes"),
        Text(
            en="The measure of the journeys that began in each month. It rises or falls only where "
            "the intervals of the first and the last settled month do not touch; a month is "
            "settled when no more than one in ten of its journeys is still open.",
            es="La medida de los trayectos que empiezan en cada mes. Solo sube o baja donde los "
            "intervalos del primer mes cerrado y del último no se tocan; un mes está cerrado "
            "cuando no sigue en curso más de uno de cada diez de sus trayectos.",
        ),
        "trends",
    ),
    Definition(
        VOTED,
        Text(en="Stay and leave at a vote", es="Quedarse e irse en una votación"),
        Text(
            en="Of everybody who came to the voting point, the share that within its time went "
            "further right or completed (stay), or took an exit or fell silent for good (leave), "
            "as far as they were watched (Aalen–Johansen). Stay, leave and neither add up to 100%.",
            es="De todos los que llegan al punto de votación, qué parte avanza o completa en su "
            "plazo (se queda), o toma una salida o calla para siempre (se va), hasta donde se les "
            "observó (Aalen–Johansen). Quedarse, irse y ni uno ni otro suman el 100 %.",
        ),
        "votes",
    ),
    Definition(
        UNDECIDED,
        Text(en="Undecided", es="Por decidir"),
        Text(
            en="Who had neither stayed nor left when the data ended, and the time of the vote was "
            "not over. They count for as long as they were watched.",
            es="Quien no se había quedado ni ido al acabar los datos, con el plazo aún abierto. "
            "Cuenta el tiempo que se le observó.",
        ),
        "votes",
    ),
    Definition(
        FITS,
        Text(en="Done, skipped, repeated, out of order", es="Hecho, saltado, repetido, sin orden"),
        Text(
            en="What became of a touchpoint when each journey is laid beside the map at the least "
            "cost. Not taken: optional, or another way was used. Not reached: the journey is not "
            "that far, or left before.",
            es="Qué fue de un punto de contacto al poner cada trayecto junto al mapa al menor "
            "coste. No usado: es opcional, o se usó otro camino. No alcanzado: el trayecto no ha "
            "llegado, o acabó antes.",
        ),
        "deviations",
    ),
    Definition(
        FITNESS,
        Text(en="Fitness", es="Ajuste"),
        Text(
            en="1 − cost ÷ the worst cost there could be: 1 is as drawn, 0 has nothing in common.",
            es="1 − coste ÷ el peor coste posible: 1 es tal como se dibujó; 0, nada en común.",
        ),
        "deviations",
    ),
    Definition(
        BEYOND,
        Text(en="Difference", es="Diferencia"),
        Text(
            en="One share minus the other, in percentage points, with its 95% interval.",
            es="Una proporción menos la otra, en puntos porcentuales, con su intervalo del 95 %.",
        ),
        "method",
    ),
    Definition(
        CORRECTED,
        Text(en="p, corrected", es="p corregida"),
        Text(
            en="How often chance alone would part the two figures as much, corrected for all "
            "comparisons of the map at once (Holm). A small p is not a large difference.",
            es="Con qué frecuencia el azar por sí solo separaría tanto las dos cifras, corregida "
            "por todas las comparaciones del mapa (Holm). Una p pequeña no es una diferencia "
            "grande.",
        ),
        "method",
    ),
    Definition(
        ALIKE,
        Text(en="Met it, and did not", es="Pasaron y no pasaron"),
        Text(
            en="Met it: of the journeys that met the touchpoint and have others to be compared "
            "with, the share that completed, or came back. Did not: the same of journeys that had "
            "been in the stage as many steps and took another one, whether or not they met it "
            "later. They weigh as those that met it are spread over the steps, so many journeys "
            "may be worth fewer: n says how many.",
            es="Pasaron: de los trayectos que pasan por el punto de contacto y tienen con quién "
            "compararse, qué parte completa o vuelve. No pasaron: lo mismo de los trayectos que "
            "llevaban los mismos pasos en la etapa y dieron otro, pasaran o no más adelante. Pesan "
            "según se reparten por pasos los que pasaron, así que muchos trayectos pueden valer "
            "por menos: n dice por cuántos.",
        ),
        "moments",
    ),
    Definition(
        PASSES,
        Text(en="Passes here", es="Pasa por aquí"),
        Text(
            en="The part of all completions that would be lost if nobody could pass here any more, "
            "by the Markov chain of the map.",
            es="La parte de todo lo completado que se perdería si ya nadie pudiera pasar por aquí, "
            "según la cadena de Márkov del mapa.",
        ),
        "moments",
    ),
    Definition(
        PAIN,
        Text(
            en="Pain: reach × severity × importance",
            es="Dolor: alcance × gravedad × importancia",
        ),
        Text(
            en="Each from 0 to 1: the share of people who come to it, how far it falls short of "
            "what was expected, and how much fewer complete of those it hits.",
            es="Cada uno de 0 a 1: la parte de las personas que llega, cuánto se queda por debajo "
            "de lo esperado y cuántos menos completan entre quienes lo sufren.",
        ),
        "pains",
    ),
    Definition(
        RANK,
        Text(en="Rank", es="Puesto"),
        Text(
            en="The place among all pains and, below, how far it could move if every figure moved "
            "within its interval.",
            es="El lugar entre todos los dolores y, debajo, cuánto podría moverse si cada cifra "
            "variase dentro de su intervalo.",
        ),
        "pains",
    ),
    Definition(
        WORTH,
        Text(en="Closing it", es="Cerrarlo"),
        Text(
            en="How many more would be kept in the period measured if those it hits were kept as "
            "the others are and all else stayed equal, which nobody can promise.",
            es="Cuántos más se conservarían en el periodo medido si quienes lo sufren se quedaran "
            "como los demás y todo lo otro siguiera igual, cosa que nadie puede prometer.",
        ),
        "pains",
    ),
)  # fmt: skip
