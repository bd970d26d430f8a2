"""The fixed words of the report, in both languages. Nouns of a map may be of either gender."""

from __future__ import annotations

from trayecto.contrast.findings import FindingKind
from trayecto.maps.document import Initiator, Kind
from trayecto.render.words import OPPORTUNITY as OPPORTUNITY
from trayecto.render.words import QUOTED as QUOTED
from trayecto.render.words import WAIT as WAIT
from trayecto.vocabulary.text import Text

SKIP = Text(en="Skip to the findings", es="Saltar a los hallazgos")
CONTENTS = Text(en="In this report", es="En este informe")
PAGE = Text(en="{title} · measured map", es="{title} · mapa medido")

# The opening.
MEASURED_N = Text(
    en="We measured {n} {noun}{of}, {period}: {interactions:interaction|interactions} from "
    "{sources}.",
    es="Hemos medido {n} {noun}{of}, {period}: {interactions:interacción|interacciones} de "
    "{sources}.",
)
OF_PEOPLE = Text(en=" of {people}", es=" de {people}")
OF_AS_MANY = Text(en=" of as many people", es=" de otras tantas personas")
FROM_TO = Text(en="from {since} to {until}", es="del {since} al {until}")
WHOLE_PERIOD = Text(en="over the whole data", es="con todos los datos")
ENDINGS = Text(
    en="{completed:is|are} completed{share}; {left:leaves|leave} on the way and {open:is|are} "
    "still under way.",
    es="{completed:llega|llegan} al final{share}; {left:se queda|se quedan} por el camino y "
    "{open:sigue|siguen} en curso.",
)
OF_THOSE_OVER = Text(en=", {share} of those that are over", es=", el {share} de lo ya terminado")
NO_ENDINGS = Text(
    en="{left:leaves|leave} on the way and {open:is|are} still under way; the map does not say "
    "where they are completed.",
    es="{left:se queda|se quedan} por el camino y {open:sigue|siguen} en curso; el mapa no dice "
    "dónde se llega al final.",
)
UNSEEN_ENDINGS = Text(
    en="{left:leaves|leave} no further trace and {open:is|are} still under way; how many complete "
    "is not known.",
    es="{left:no deja|no dejan} más rastro y {open:sigue|siguen} en curso; cuántos llegan al "
    "final no se sabe.",
)
OPEN_ENDINGS = Text(
    en="{completed:completes|complete} and {open:is|are} still under way; how many leave is not "
    "known.",
    es="{completed:llega|llegan} al final y {open:sigue|siguen} en curso; cuántos se van no se "
    "sabe.",
)
WHOLE_TIME = Text(
    en="From the first step to the last, the median is {median}{rest}.",
    es="Del primer paso al último, la mediana es de {median}{rest}.",
)
AGAINST = Text(en=", against {target} promised", es="; lo previsto son {target}")
NOTHING_MEASURED = Text(
    en="No journey of this map begins in the data of this period.",
    es="Ningún trayecto de este mapa empieza en los datos de este periodo.",
)
CHECK_THE_MAP = Text(
    en="Check that the sources and the starting touchpoints of the map name nodes that exist: "
    "“trayecto graph” lists them.",
    es="Comprueba que las fuentes y los puntos de contacto de inicio del mapa nombran nodos que "
    "existen: «trayecto graph» los enumera.",
)
PROTAGONIST = Text(en="Protagonist", es="Protagonista")
MADE_ON = Text(en="Report of {date}", es="Informe del {date}")

# Findings.
NOTHING_TO_FIND = Text(
    en="Nothing was measured, so nothing can be found. That is not good news: it is unknown.",
    es="No se ha medido nada, así que no hay nada que hallar. No es buena noticia: no se sabe.",
)
MORE_FINDINGS = Text(en="{n} more, less grave", es="{n} más, menos graves")
NO_FINDINGS = Text(
    en="Nothing stands out: what was measured does not depart from what was drawn, or there are "
    "too few cases to say so.",
    es="Nada destaca: lo medido no se aparta de lo dibujado, o hay muy pocos casos para decirlo.",
)
KINDS: dict[FindingKind, Text] = {
    "drop_off": Text(en="Drop-off", es="Abandono"),
    "wait": Text(en="Wait", es="Espera"),
    "undrawn": Text(en="Nobody drew it", es="Nadie lo dibujó"),
    "skipped": Text(en="Skipped", es="Se salta"),
    "disorder": Text(en="Out of order", es="Sin orden"),
    "repeats": Text(en="Repeated", es="Se repite"),
    "vote": Text(en="Vote", es="Votación"),
    "said": Text(en="Said and did", es="Dicho y hecho"),
    "moment": Text(en="Moment", es="Momento"),
    "emotion": Text(en="Emotion", es="Emoción"),
    "coverage": Text(en="Coverage", es="Cobertura"),
}
SEE = Text(en="see {place}", es="ver {place}")

# The map.
LIVE_MAP = Text(en="The live map", es="El mapa vivo")
MAP_LEAD = Text(
    en="What the team drew, with what happened laid over it. Every figure is in the tables below.",
    es="Lo que dibujó el equipo y, encima, lo que pasó. Todas las cifras están en las tablas de "
    "más abajo.",
)
FULL_SIZE = Text(en="Show at full size", es="Ver a tamaño completo")

# Stages.
STAGES = Text(en="Stage by stage", es="Etapa a etapa")
STAGES_LEAD = Text(
    en="Who gets to each stage, who goes on, who leaves and how long it takes. Each column head "
    "leads to what it means.",
    es="Quién llega a cada etapa, quién sigue, quién se va y cuánto se tarda. La cabecera de cada "
    "columna lleva a su definición.",
)
STAGES_DRAWN = Text(
    en="Nothing was measured; this is what the team drew.",
    es="No se ha medido nada; esto es lo que dibujó el equipo.",
)
STAGES_TABLE = Text(en="The stages, measured", es="Las etapas, medidas")
TOUCHPOINTS_OF = Text(
    en="Touchpoints of “{stage}”, out of {n} {noun}",
    es="Puntos de contacto de «{stage}», sobre un total de {n} {noun}",
)
TIMES_N = Text(en="{n:time|times}", es="{n:vez|veces}")
NO_TOUCHPOINTS = Text(
    en="This stage has no touchpoints yet.", es="Esta etapa aún no tiene puntos de contacto."
)
TOUCHPOINT = Text(en="Touchpoint", es="Punto de contacto")
REACH = Text(en="Get here", es="Llegan")
ONWARD = Text(en="Go on", es="Siguen")
DROP_OFF = Text(en="Leave", es="Se van")
OPEN = Text(en="Still open", es="En curso")
INTERACTIONS = Text(en="Interactions", es="Interacciones")
DONE = Text(en="Do it", es="Lo hacen")
SKIPPED = Text(en="Skip it", es="Lo saltan")
REPEATED = Text(en="Repeat it", es="Lo repiten")
MEDIAN = Text(en="Median", es="Mediana")
P90 = Text(en="p90", es="p90")
TARGET = Text(en="Target", es="Previsto")
EXPECTED = Text(en="Expected", es="Esperada")
FELT = Text(en="Measured", es="Medida")
SCORE = Text(en="Score", es="Índice")
PLANNED = Text(en="Planned and actual", es="Previsto y real")
FATE = Text(en="And then", es="Y después")
TIME = Text(en="Time in the stage", es="Tiempo en la etapa")
PART_OF = Text(en="{part} of {whole}", es="{part} de {whole}")
HIGHEST = Text(en="the biggest loss", es="la mayor pérdida")
SUMMARY = Text(
    en="{reach} get here. From there, where the outcome is known, {onward} go on and {drop} leave.",
    es="Llega el {reach}. De ahí, con desenlace conocido, sigue el {onward} y se va el {drop}.",
)
STAGE_TIME = Text(
    en="Going on takes a median of {median}{rest}.",
    es="Seguir lleva una mediana de {median}{rest}.",
)

# Why there is no figure.
NO_CASES = Text(en="no cases", es="ningún caso")
FEWER_THAN = Text(en="fewer than {n}", es="menos de {n}")
CANNOT_TELL = Text(en="the data cannot tell", es="los datos no lo dicen")
NOTHING_PROMISED = Text(en="the map promises nothing", es="el mapa no promete ningún plazo")
NOBODY_SAID = Text(en="nobody has said how they felt", es="nadie ha dicho cómo se sintió")
NO_RULES = Text(en="without rules, not measured", es="sin reglas, no se mide")
NOT_EXPECTED = Text(en="the map expects none", es="el mapa no espera ninguna")
NO_SCORE = Text(en="no scores", es="sin respuestas")
NO_PLACE = Text(en="no place on the map", es="sin lugar en el mapa")

DRAWN_AS = Text(en=" (drawn: {channel})", es=" (dibujado: {channel})")

# What the team drew.
AS_DRAWN = Text(en="What the team drew in this stage", es="Lo que dibujó el equipo en esta etapa")
DRAWN_OF = Text(en="“{stage}” as drawn", es="«{stage}», tal como se dibujó")
CHANNEL = Text(en="Channel", es="Canal")
WHO_STARTS = Text(en="What it is, who starts", es="Qué es y quién inicia")
DOES_AND_THINKS = Text(en="Does and thinks", es="Hace y piensa")
FEELING = Text(en="Expected emotion", es="Emoción esperada")
FEELING_MET = Text(en="Measured emotion", es="Emoción medida")
MOMENT = Text(en="Moment", es="Momento")
VOTE = Text(en="Voting point", es="Punto de votación")
KIND: dict[Kind, Text] = {
    "action": Text(en="Action", es="Acción"),
    "communication": Text(en="Communication", es="Comunicación"),
}
STARTS: dict[Initiator, Text] = {
    "customer": Text(en="the customer starts", es="inicia el cliente"),
    "company": Text(en="the company starts", es="inicia la empresa"),
}
BACK = Text(en="backstage", es="tras bastidores")
BACK_STAGE_OF = Text(en="Behind “{stage}”", es="Tras bastidores de «{stage}»")
AREA = Text(en="Area", es="Área")
DOES = Text(en="What it does", es="Qué hace")
SYSTEM = Text(en="System", es="Sistema")
HURTS = Text(en="For the customer", es="Para el cliente")
NO_HURT = Text(en="does not hurt", es="no duele")

# What nobody drew, and what to settle.
UNDRAWN = Text(en="What nobody drew", es="Lo que nadie dibujó")
UNDRAWN_LEAD = Text(
    en="It happens inside these journeys and is not on the map. What matters to the customer "
    "deserves a touchpoint: add it where it happens, with a rule that names the node.",
    es="Ocurre dentro de estos trayectos y no está en el mapa. Lo que importa al cliente merece un "
    "punto de contacto: añádelo donde ocurre, con una regla que nombre el nodo.",
)
UNDRAWN_TABLE = Text(en="Nodes that nobody drew", es="Nodos que nadie dibujó")
UNDRAWN_NONE = Text(
    en="Everything that happens inside these journeys is on the map.",
    es="Todo lo que ocurre dentro de estos trayectos está en el mapa.",
)
NODE = Text(en="Node", es="Nodo")
MOSTLY_AFTER = Text(en="Mostly after", es="Sobre todo tras")
SETTLE = Text(en="What the map should settle", es="Lo que el mapa debe aclarar")
SETTLE_NONE = Text(
    en="Every touchpoint has rules, somebody met each of them, and no node is claimed twice.",
    es="Todos los puntos de contacto tienen reglas, a todos llegó alguien y ningún nodo se reclama "
    "dos veces.",
)
UNTOUCHED_TABLE = Text(en="Drawn, and nobody touches it", es="Dibujado, y nadie lo toca")
UNSEEN_TABLE = Text(en="Drawn, and not in the data", es="Dibujado, y no está en los datos")
UNSEEN_LEAD = Text(
    en="No node of the data is any of these, so how many people were there is unknown, not zero: "
    "nobody is said to skip them. A name may have changed (compare the rules with the graph "
    "below), a source may not be imported, or another touchpoint has the node.",
    es="Ningún nodo de los datos es ninguno de estos, así que no se sabe cuánta gente pasa por "
    "ellos; no es que sea cero, y de nadie se dice que se los salte. Quizá ha cambiado un nombre "
    "(compara las reglas con el grafo de más abajo), falta importar una fuente o el nodo lo tiene "
    "otro punto de contacto.",
)
UNBOUND_TABLE = Text(en="Drawn without rules", es="Dibujado sin reglas")
AMBIGUOUS_TABLE = Text(
    en="Nodes that several touchpoints claim", es="Nodos que reclaman varios puntos de contacto"
)
UNTOUCHED_LEAD = Text(
    en="These are in the data, and no journey of the period met them: if nobody does any more, "
    "take them off the map.",
    es="Están en los datos, y ningún trayecto del periodo pasa por ellos: si ya nadie lo hace, "
    "quítalos del mapa.",
)
UNBOUND_LEAD = Text(
    en="Nothing can be measured here until the map says which nodes it is: write them under "
    "“nodes”, or leave it so if it leaves no trace in the data.",
    es="Aquí no se puede medir nada hasta que el mapa diga qué nodos son: escríbelos en «nodes», o "
    "déjalo así si no deja rastro en los datos.",
)
AMBIGUOUS_LEAD = Text(
    en="The first on the map keeps the node. If another should have it, make the rule of the first "
    "one narrower.",
    es="El nodo se queda en el primero del mapa. Si debe ser de otro, haz más estrecha la regla "
    "del primero.",
)
RULES = Text(en="Its rules", es="Sus reglas")
COUNTED_IN = Text(en="Counted in", es="Se cuenta en")
ALSO_CLAIMED = Text(en="Also claimed by", es="También lo reclama")
ANYTHING = Text(en="anything", es="cualquiera")

# The graph.
GRAPH = Text(en="The whole graph", es="El grafo completo")
GRAPH_LEAD = Text(
    en="What customers really do, step by step, whether drawn or not.",
    es="Lo que hacen de verdad los clientes, paso a paso, esté dibujado o no.",
)
GRAPH_OPEN = Text(
    en="Show the graph: {nodes:node|nodes}, {edges:distinct step|distinct steps}",
    es="Ver el grafo: {nodes:nodo|nodos}, {edges:paso distinto|pasos distintos}",
)
GRAPH_NODES = Text(en="The nodes of the graph", es="Los nodos del grafo")
GRAPH_EDGES = Text(
    en="The steps that are drawn ({shown} of {all})",
    es="Los pasos que se dibujan ({shown} de {all})",
)
BEGIN_HERE = Text(en="Begin here", es="Empiezan aquí")
END_HERE = Text(en="End here", es="Acaban aquí")
FROM = Text(en="From", es="De")
TO = Text(en="To", es="A")
TIMES = Text(en="Times", es="Veces")
MEAN = Text(en="Mean", es="Media")

# Data and method.
METHOD = Text(en="Data and method", es="Datos y método")
COVERAGE_TABLE = Text(
    en="Where every interaction is", es="Dónde está cada interacción"
)  # fmt: skip
WHERE = Text(en="Where", es="Dónde")
SHARE = Text(en="Share", es="Proporción")
ON_MAP = Text(en="On a touchpoint of the map", es="En un punto de contacto del mapa")
OFF_MAP = Text(
    en="Inside a journey, on a node nobody drew", es="Dentro de un trayecto, en un nodo sin dibujar"
)
OUTSIDE = Text(
    en="Outside: before a journey began, or of somebody who never began one",
    es="Fuera: antes de empezar un trayecto, o de quien no empezó ninguno",
)
OF_NOBODY = Text(
    en="of these, without any identity: nobody’s", es="de estas, sin identidad: de nadie"
)
ALL_INTERACTIONS = Text(en="All interactions", es="Todas las interacciones")
ENDS_TABLE = Text(en="How they end", es="Cómo terminan")
OUTCOME = Text(en="Outcome", es="Desenlace")
COMPLETED = Text(en="Completed", es="Llegan al final")
LEFT = Text(en="Left", es="Se van")
STILL_OPEN = Text(en="Still open", es="Siguen en curso")
ALL = Text(en="All", es="Total")
OF_ALL = Text(en="Of all", es="Del total")
OF_OVER = Text(en="Of those that are over", es="De lo ya terminado")
STILL_GOING = Text(en="still under way: not over", es="en curso: sin terminar")
TO_THE_END = Text(en="Time to the end", es="Tiempo hasta el final")
DEFINITIONS = Text(en="What each figure means", es="Qué significa cada cifra")

# The list of reports.
REPORTS = Text(en="Measured maps", es="Mapas medidos")
REPORTS_LEAD = Text(
    en="Each report lays what customers did over the map the team drew.",
    es="Cada informe pone lo que hicieron los clientes sobre el mapa que dibujó el equipo.",
)
NO_REPORTS = Text(
    en="No reports yet. Make the first one with “trayecto measure MAP -o report.html”.",
    es="Aún no hay informes. Crea el primero con «trayecto measure MAPA -o informe.html».",
)
