"""What the picture of a graph says, in both languages. Pairs are singular and plural."""

from __future__ import annotations

from trayecto.vocabulary.text import Text

HEAD = Text(en="What customers really do", es="Lo que hacen de verdad los clientes")
NOTHING = Text(en="No nodes yet", es="Aún no hay nodos")
EMPTY = Text(
    en="There is nothing to draw yet: import some interactions and the graph will appear here.",
    es="Todavía no hay nada que dibujar: importa interacciones y el grafo aparecerá aquí.",
)
NODES = (Text(en="node", es="nodo"), Text(en="nodes", es="nodos"))
OF_NODES = Text(
    en="the {drawn} most frequent of {nodes}", es="los {drawn} más frecuentes de {nodes}"
)
STEPS = (
    Text(en="distinct step", es="paso distinto"),
    Text(en="distinct steps", es="pasos distintos"),
)
SOME_DRAWN = Text(
    en="the {drawn} main ones are drawn, {share} of all steps taken",
    es="se dibujan los {drawn} principales, el {share} de los pasos dados",
)
ONE_DRAWN = Text(
    en="the main one is drawn, {share} of all steps taken",
    es="se dibuja el principal, el {share} de los pasos dados",
)
ALL_DRAWN = Text(en="all are drawn", es="se dibujan todos")
WHO = {
    "person": (Text(en="person", es="persona"), Text(en="people", es="personas")),
    "case": (Text(en="case", es="caso"), Text(en="cases", es="casos")),
}
INTERACTIONS = (
    Text(en="interaction", es="interacción"),
    Text(en="interactions", es="interacciones"),
)
TIMES = (Text(en="time", es="vez"), Text(en="times", es="veces"))
COMMONEST = Text(en="The most frequent steps:", es="Los pasos más frecuentes:")
EDGE_TITLE = Text(
    en="{source} → {target}: {count}, {people}; median {median}, mean {mean}, p90 {p90}",
    es="{source} → {target}: {count}, {people}; mediana {median}, media {mean}, p90 {p90}",
)
NODE_TITLE = Text(
    en="{name}: {people}, {interactions}; {starts:journey begins|journeys begin} here ({begins}), "
    "{ends} end here ({leaves})",
    es="{name}: {people}, {interactions}; {starts:trayecto empieza|trayectos empiezan} aquí "
    "({begins}) "
    "y acaban {ends} ({leaves})",
)
LEGEND_WIDTH = {
    "person": Text(
        en="Thickness: people (square-root scale)", es="Grosor: personas (escala de raíz cuadrada)"
    ),
    "case": Text(
        en="Thickness: cases (square-root scale)", es="Grosor: casos (escala de raíz cuadrada)"
    ),
}
LEGEND_TONE = Text(
    en="Tone: median time to the next step", es="Tono: mediana hasta el paso siguiente"
)
LEGEND_MARKS = Text(en="Share of all journeys", es="Parte de todos los trayectos")
BEGINS = Text(en="begin here", es="empiezan aquí")
ENDS = Text(en="end here", es="acaban aquí")
READ = (
    (
        "forward",
        Text(en="Read from left to right.", es="Se lee de izquierda a derecha."),
    ),
    (
        "forward",
        Text(en="On a line: times · median time.", es="En la línea: veces · tiempo mediano."),
    ),
    (
        "back",
        Text(
            en="Arcs that leave below a box go back to an earlier node.",
            es="Los arcos que salen por debajo vuelven a un nodo anterior.",
        ),
    ),
    (
        "beside",
        Text(
            en="Upright lines join nodes of the same moment.",
            es="Las líneas verticales unen nodos del mismo momento.",
        ),
    ),
    (
        "loop",
        Text(en="A loop on top repeats the node.", es="El bucle de arriba repite el nodo."),
    ),
)
