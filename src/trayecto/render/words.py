"""The fixed words of a picture, in both languages, and how dates are written."""

from __future__ import annotations

from datetime import date

from trayecto.maps.document import Status
from trayecto.vocabulary.days import day_words, month_words
from trayecto.vocabulary.text import Language, Text

STAGE = Text(en="Stage", es="Etapa")
GOAL = Text(en="Goal", es="Objetivo")
QUESTION = Text(en="Question", es="Pregunta")
CONTINUED = Text(en="(continued)", es="(sigue)")
WHO_GETS_HERE = Text(en="{who} who get there", es="{who} que llegan")
WHAT_GETS_HERE = Text(en="{who} that get there", es="{who} que llegan")
STAGE_OF = Text(en="{first} of {all}", es="{first} de {all}")
STAGES_OF = Text(en="{first}–{last} of {all}", es="{first}–{last} de {all}")

ACTION = Text(en="Does", es="Qué hace")
THOUGHT = Text(en="Thinks", es="Qué piensa")
QUOTED = Text(en="“{words}”", es="«{words}»")
WAIT = Text(en="Wait before it", es="Espera hasta aquí")
PAIN = Text(en="Pain", es="Dolor")
OPPORTUNITY = Text(en="Opportunity", es="Oportunidad")
ACTIONS = Text(en="Customer actions", es="Acciones del cliente")
TOUCHPOINTS = Text(en="Touchpoints", es="Puntos de contacto")
SIZE_IS = Text(en="size: {who}", es="tamaño: {who}")
THOUGHTS = Text(en="Thoughts", es="Pensamientos")
EMOTION = Text(en="Emotion", es="Emoción")
MEASURED = Text(en="measured", es="medida")
EXPECTED_FEELING = Text(en="expected", es="esperada")
FELT_AND_EXPECTED = Text(
    en="measured (line), expected (dashes)", es="medida (línea), esperada (trazos)"
)
NOBODY_SAID = Text(
    en="Nobody has said how they felt yet: only the expected line is drawn.",
    es="Nadie ha dicho aún cómo se sintió: solo se dibuja la esperada.",
)
ONLY_HINTS = Text(
    en="Nobody has said how they felt yet: diamonds are only what behaviour hints at.",
    es="Nadie ha dicho aún cómo se sintió: los rombos son solo indicios del comportamiento.",
)
FELT_RESTS_ON = Text(
    en="{scored} by a score, {told} by words", es="{scored} con nota, {told} con texto"
)
HINTED = Text(
    en="behaviour hints at {level} (weak evidence)",
    es="el comportamiento apunta a {level} (indicio débil)",
)
BY_SCORE = Text(en="{n} by score", es="{n} con nota")
BY_WORDS = Text(en="{n} by words", es="{n} con texto")
HINT_BRIEF = Text(en="hint {level}", es="indicio {level}")
EMOTION_FROM = Text(
    en="Emotion: {scored} of the voices by a score, {told} by words that were read",
    es="Emoción: el {scored} de las voces con nota, el {told} con textos leídos",
)
KEY_TOLD = Text(en="known from words alone", es="se sabe solo por textos")
KEY_FEW = Text(en="too few spoke: unknown", es="hablaron muy pocos: no se sabe")
KEY_HINT = Text(en="only a hint from behaviour", es="solo un indicio del comportamiento")
NOBODY_SAID_AT_ALL = Text(
    en="Nobody has said how they felt yet", es="Nadie ha dicho aún cómo se sintió"
)
MOMENTS = Text(en="Moments", es="Momentos")
OF_TRUTH = Text(en="Moment of truth", es="Momento de la verdad")
OF_PAIN = Text(en="Pain point", es="Punto de dolor")
SOLUTION = Text(en="Proposal: ", es="Propuesta: ")
VOTES = Text(en="Voting points", es="Puntos de votación")
STAYS_OR_LEAVES = Text(en="do they stay or leave?", es="¿se queda o se va?")
STAYS = Text(en="Stays", es="Se queda")
LEAVES = Text(en="Leaves", es="Se va")
GO_ON = Text(en="go on", es="sigue")
GO_AWAY = Text(en="leave", es="se va")
WITHIN = Text(en="within {time}", es="plazo: {time}")
NEITHER = Text(en="{share} neither, in that time", es="{share} ni sigue ni se va a tiempo")
UNDECIDED = Text(en="{n} undecided: too early to tell", es="{n} por decidir: aún es pronto")
PAINS = Text(en="Pains", es="Dolores")
PAINS_NOTE = Text(
    en="by reach × severity × importance; what closing it is worth, if all else stayed equal",
    es="por alcance × gravedad × importancia; lo que vale cerrarlo, si lo demás siguiera igual",
)
RANK_RANGE = Text(en="it could be from {best} to {worst}", es="podría ser del {best} al {worst}")
MORE_KEPT = Text(en="worth {n} more {noun} ({low}–{high})", es="vale {n} {noun} más ({low}–{high})")
STILL_OPEN = Text(en="{n} still open", es="{n} en curso")
TIME = Text(en="Time in the stage", es="Tiempo en la etapa")
TARGET_TIME = Text(en="Target time", es="Plazo previsto")
TIME_NOTE = Text(en="median, p90 and | target", es="mediana, p90 y | previsto")
TARGET = Text(en="target {time}", es="previsto {time}")
P90 = Text(en="p90 {time}", es="p90 {time}")
LATE = Text(en="late", es="tarde")
WAITS = Text(en="Waits", es="Esperas")
WAITS_NOTE = Text(
    en="median before each step; ≤ target", es="mediana antes de cada paso; ≤ previsto"
)
REACH = Text(en="Go on", es="Siguen")
REACH_NOTE = Text(en="who gets here, who leaves", es="quién llega, quién se va")
GETS_HERE = Text(en="get here", es="llega")
SCORES = Text(en="Satisfaction", es="Satisfacción")
SCORES_NOTE = Text(en="mean and interval", es="media e intervalo")
OPPORTUNITIES = Text(en="Opportunities", es="Oportunidades")
LINE_OF_INTERACTION = Text(en="line of interaction", es="línea de interacción")
LINE_OF_VISIBILITY = Text(en="line of visibility", es="línea de visibilidad")
FRONT_STAGE = Text(en="Front stage", es="Front stage")
FRONT_NOTE = Text(en="who meets the customer", es="quién atiende al cliente")
BACK_STAGE = Text(en="Backstage", es="Tras bastidores")
BACK_NOTE = Text(en="area, what it does and with what", es="área, qué hace y con qué")
OUT_OF_SIGHT = Text(en="Steps out of sight", es="Pasos que no se ven")
HURTS = Text(en="hurts the customer", es="duele al cliente")
SYSTEM = Text(en="System: {name}", es="Sistema: {name}")

IMAGES = Text(en="What it looks like", es="Cómo es")
IMAGE = Text(en="Image", es="Imagen")
WEAK_POINTS = Text(en="Fail and wait points", es="Fallos y esperas")
WEAK_NOTE = Text(
    en="F: it may fail; W: the customer waits", es="F: puede fallar; E: el cliente espera"
)
FAIL_POINT = Text(en="F", es="F")
WAIT_POINT = Text(en="W", es="E")
STEPS = Text(en="Steps", es="Pasos")
SERVICE = Text(en="Service", es="Servicio")
SERVICE_NOTE = Text(en="content, target, cost", es="contenido, nivel, coste")
CONTENT = Text(en="Says: {words}", es="Dice: {words}")
PROMISE = Text(en="Promises: {words}", es="Promete: {words}")
COST = Text(en="Costs: {words}", es="Cuesta: {words}")
DESIRED = Text(en="desired", es="deseada")
BEFORE = Text(en="expected before", es="esperada antes")
AS_IS_LINE = Text(en="expected as it is today", es="esperada hoy, tal como es")
KEY_EXPECTED_TO_BE = Text(en="expected, to be", es="esperada, situación deseada")
WHAT_CHANGED = Text(en="What changed", es="Qué cambia")
SIGNS = Text(en="+ new, → moved, ≠ changed, − gone", es="+ nuevo, → movido, ≠ cambiado, − quitado")
NO_CHANGE = Text(en="Nothing: both versions say the same.",
                 es="Nada: las dos versiones dicen lo mismo.")  # fmt: skip
LINE_OF_INTERNAL = Text(en="line of internal interaction", es="línea de interacción interna")
SUPPORT = Text(en="Support", es="Soporte")
SUPPORT_NOTE = Text(en="processes and systems", es="procesos y sistemas")
SERVES = Text(en="For: {names}", es="Para: {names}")
RESTS_ON = Text(en="Rests on: {names}", es="Se apoya en: {names}")
ROLE = {
    "decision_maker": Text(en="decision maker", es="decisor"),
    "influencer": Text(en="influencer", es="influenciador"),
    "advocate": Text(en="advocate", es="prescriptor"),
    "user": Text(en="user", es="usuario"),
}
FRUSTRATED = Text(en="Frustrated by: ", es="Le frustra: ")
MOVED_BY = Text(en="Moved by: ", es="Le mueve: ")
QUESTIONS = Text(en="Must also answer", es="También debe responder")
EXTENT = {
    "relationship": Text(en="the whole relationship", es="toda la relación"),
    "segment": Text(en="one segment", es="un tramo"),
    "interaction": Text(en="one interaction", es="una interacción"),
}
TO_BE = Text(en="to be", es="situación deseada")
MAPS = Text(en="Other maps", es="Otros mapas")
MICRO = Text(en="in detail: {map}", es="en detalle: {map}")
MACRO = Text(en="part of: {map}", es="parte de: {map}")
JUDGES = Text(en="Judges: ", es="Juzga: ")
DELIGHTED = Text(en="Delighted: ", es="Encantado: ")
SATISFIED = Text(en="Satisfied: ", es="Satisfecho: ")
DISSATISFIED = Text(en="Dissatisfied: ", es="Insatisfecho: ")
PERSONAS = Text(en="Personas", es="Personas")
ROLE_HEAD = Text(en="Part in the decision", es="Papel en la decisión")
ARCHETYPE = Text(en="Archetype", es="Arquetipo")
NEEDS_HEAD = Text(en="Needs", es="Necesidades")
MOTIVATIONS = Text(en="Motivations", es="Motivaciones")
FRUSTRATIONS = Text(en="Frustrations", es="Frustraciones")
ARROWS = Text(en="Moves others", es="Influye en")
EVIDENCE = Text(en="Evidence", es="Evidencia")
DESIRED_EMOTION = Text(en="Desired emotion", es="Emoción deseada")
PLACE = Text(en="Place", es="Lugar")
LINKS = Text(en="Links", es="Enlaces")
TABLE_DESC = Text(
    en="The journey map “{title}” as tables.", es="El mapa de trayecto «{title}» en tablas."
)
SEE_TABLES = Text(
    en="Journey map “{title}”. All it shows stands in the tables that follow.",
    es="Mapa de trayecto «{title}». Todo lo que muestra está en las tablas que siguen.",
)
AS_TABLES = Text(en="The map as tables", es="El mapa en tablas")
NEEDS_EXTRA_PDF = Text(
    en="A PDF needs typst, which is not installed.", es="Para un PDF hace falta typst."
)
INSTALL_REPORT = Text(
    en='Install it with: pip install "trayecto[report]"',
    es='Instálalo con: pip install "trayecto[report]"',
)
NEEDS_EXTRA_XLSX = Text(
    en="A workbook needs xlsxwriter, which is not installed.",
    es="Para un libro de Excel hace falta xlsxwriter.",
)
NEEDS_EXTRA_PPTX = Text(
    en="Slides need python-pptx, which is not installed.",
    es="Para unas diapositivas hace falta python-pptx.",
)
INSTALL_OFFICE = Text(
    en='Install it with: pip install "trayecto[office]"',
    es='Instálalo con: pip install "trayecto[office]"',
)

OPTIONAL = Text(en="optional", es="opcional")
DONE = Text(en="{n} do it", es="{n} lo hacen")
SKIPPED = Text(en="{n} skip it", es="{n} lo saltan")
REPEATED = Text(en="{n} repeat it", es="{n} lo repiten")
NOBODY_TOUCHED = Text(en="nobody touches it", es="nadie lo toca")
NOT_IN_DATA = Text(en="not in the data", es="no está en los datos")
NO_DATA = Text(en="no data", es="sin datos")
NOT_BOUND = Text(en="without nodes: not measured", es="sin nodos: no se mide")
NOBODY_DREW = Text(en="nobody drew it", es="nadie lo dibujó")
PEOPLE_N = Text(en="{n:person|people}", es="{n:persona|personas}")

OBJECTIVE = Text(en="Objective", es="Objetivo")
SCOPE = Text(en="Scope", es="Alcance")
OWNER = Text(en="Owner", es="Responsable")
VERSION = Text(en="Version {version}", es="Versión {version}")
REVIEW = Text(en="review on {date}", es="revisar el {date}")
STATUS: dict[Status, Text] = {
    "draft": Text(en="draft", es="borrador"),
    "review": Text(en="in review", es="en revisión"),
    "approved": Text(en="approved", es="aprobado"),
}
NEEDS = Text(en="Needs: ", es="Necesita: ")
PREFERS = Text(en="Prefers {channels}", es="Prefiere {channels}")

PEOPLE = Text(en="people", es="personas")
COMPLETE = Text(en="complete", es="llegan al final")
MEDIAN_TO_END = Text(en="median to the end", es="mediana hasta el final")
ON_THE_MAP = Text(
    en="of the interactions are on the map", es="de las interacciones están en el mapa"
)

LOOK_FIRST = Text(en="What to look at first", es="Qué mirar primero")
TOUCHES = Text(en="affects {people}", es="afecta a {people}")

LEGEND = Text(en="How to read it", es="Cómo se lee")
KEY_ACTION = Text(en="action", es="acción")
KEY_COMMUNICATION = Text(en="communication", es="comunicación")
KEY_CUSTOMER = Text(en="orange: the customer starts", es="naranja: inicia el cliente")
KEY_COMPANY = Text(en="blue: the company starts", es="azul: inicia la empresa")
KEY_UNTOUCHED = Text(en="nobody touches it, or not measured", es="nadie lo toca, o no se mide")
KEY_UNDRAWN = Text(en="happens, nobody drew it", es="ocurre y nadie lo dibujó")
KEY_VOTE = Text(en="voting point", es="punto de votación")
KEY_TRUTH = Text(en="moment of truth", es="momento de la verdad")
KEY_PAIN = Text(en="pain point", es="punto de dolor")
KEY_OPPORTUNITY = Text(en="opportunity", es="oportunidad")
KEY_EXPECTED = Text(en="expected emotion", es="emoción esperada")
KEY_FELT = Text(en="measured emotion and interval", es="emoción medida e intervalo")

HYPOTHESIS = Text(
    en="Designed map: what we expect to happen, not measured yet.",
    es="Mapa diseñado: lo que esperamos que ocurra, aún sin medir.",
)
MEASURED_FROM_TO = Text(en="Measured from {since} to {until}", es="Medido del {since} al {until}")
MEASURED_ALL = Text(en="Measured over the whole data", es="Medido con todos los datos")
ALL_SOURCES = Text(en="all sources", es="todas las fuentes")
INTERACTIONS_FROM = Text(
    en="{n:interaction|interactions} from {sources}",
    es="{n:interacción|interacciones} de {sources}",
)
OFF_THE_MAP = Text(
    en="{share} inside journeys on nodes nobody drew",
    es="{share} dentro de trayectos en nodos que nadie dibujó",
)
FEWER_UNKNOWN = Text(
    en="Resting on fewer than {n}, a figure is unknown (—), never zero",
    es="Con menos de {n:caso|casos}, una cifra es desconocida (—), nunca cero",
)
OPEN_NOT_LEFT = Text(
    en="open is not abandoned: {n} {noun} still under way",
    es="abierto no es abandonado: {n} {noun} en curso",
)
NO_PLACE = Text(en="Undrawn and without a stage: {names}", es="Sin dibujar ni etapa: {names}")
INTERVALS = Text(en="In brackets, 95% intervals", es="Entre paréntesis, intervalos del 95 %")
AND = Text(en=" and ", es=" y ")

DESC = Text(
    en="Journey map with {stages} stages and {touchpoints} touchpoints: {names}.",
    es="Mapa de trayecto con {stages} etapas y {touchpoints} puntos de contacto: {names}.",
)

CHANNEL = Text(en="Channel", es="Canal")
KIND = Text(en="Kind", es="Tipo")
BY_CUSTOMER = Text(en="the customer starts", es="inicia el cliente")
BY_COMPANY = Text(en="the company starts", es="inicia la empresa")
EXPECTED_EMOTION = Text(en="Expected emotion", es="Emoción esperada")
MEASURED_EMOTION = Text(en="Measured emotion", es="Emoción medida")
MOST_ALLOWED = Text(en="Longest wait allowed", es="Espera máxima prevista")
STATE = Text(en="Why no figures", es="Por qué no hay cifras")
DONE_HEAD = Text(en="Do it", es="Lo hacen")
SKIPPED_HEAD = Text(en="Skip it", es="Lo saltan")
REPEATED_HEAD = Text(en="Repeat it", es="Lo repiten")
PEOPLE_HEAD = Text(en="People", es="Personas")
GETS_HERE_HEAD = Text(en="Get here", es="Llegan")
OPEN_HEAD = Text(en="Still open", es="En curso")
DOES = Text(en="What it does", es="Qué hace")
SYSTEM_HEAD = Text(en="System", es="Sistema")
YES = Text(en="yes", es="sí")


def day(when: date, language: Language) -> str:
    """
    Return a date as people say it.

    >>> day(date(2026, 3, 1), "es"), day(date(2026, 3, 1), "en")
    ('1 de marzo de 2026', '1 March 2026')
    """
    return day_words(when).say(language)


def month(when: date, language: Language) -> str:
    """
    Return the month of a date as people say it.

    >>> month(date(2026, 3, 1), "es"), month(date(2026, 3, 1), "en")
    ('marzo de 2026', 'March 2026')
    """
    return month_words(when).say(language)


def listed(names: list[str], language: Language) -> str:
    """
    Return names as a phrase.

    >>> listed(["web", "SMS", "Tienda"], "es")
    'web, SMS y Tienda'
    """
    if len(names) < 2:
        return "".join(names)
    last = names[-1]
    joint = AND.say(language)
    if language == "es" and last[:2].lower().startswith(("i", "hi")):
        joint = " e "
    return f"{', '.join(names[:-1])}{joint}{last}"
