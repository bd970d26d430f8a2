"""The method and the glossary, told inside the app."""

from trayecto.vocabulary.text import Text

STEPS: tuple[tuple[Text, Text], ...] = (
    (
        Text(en="Why", es="Para qué"),
        Text(
            en="Write down what the map must answer, and who will decide with it. A map that "
            "answers nothing ends on a wall.",
            es="Escribe qué debe responder el mapa y quién decidirá con él. Un mapa que no "
            "responde a nada acaba en una pared.",
        ),
    ),
    (
        Text(en="Who", es="Quién"),
        Text(
            en="Choose one protagonist: needs, motives, frustrations, preferred channels, and the "
            "evidence for each. With a rule over your customers the persona can be measured.",
            es="Elige un protagonista: necesidades, motivos, frustraciones, canales preferidos y "
            "la evidencia de cada cosa. Con una regla sobre tus clientes, se podrá medir.",
        ),
    ),
    (
        Text(en="Stages, goals and questions", es="Etapas, objetivos y preguntas"),
        Text(
            en="Five to seven stages, from the moment the need appears until the service ends. In "
            "each, what the customer wants and asks, in the customer's words.",
            es="De cinco a siete etapas, desde que aparece la necesidad hasta que acaba el "
            "servicio. En cada una, qué quiere y qué se pregunta el cliente, con sus palabras.",
        ),
    ),
    (
        Text(en="Touchpoints and channels", es="Puntos de contacto y canales"),
        Text(
            en="Every time you meet, online or not, whoever starts it. Bind each to the "
            "interactions that your systems record.",
            es="Cada vez que os encontráis, en línea o no, lo inicie quien lo inicie. Une cada uno "
            "a las interacciones que registran tus sistemas.",
        ),
    ),
    (
        Text(en="Emotions, moments and votes", es="Emociones, momentos y votos"),
        Text(
            en="How you expect it to feel, and how you want it to. Mark the moments of truth, the "
            "pains with their solution, and the points where the customer votes to stay or leave.",
            es="Cómo esperas que se sienta y cómo quieres que se sienta. Marca los momentos de la "
            "verdad, los dolores con su solución y los puntos donde el cliente vota si se queda.",
        ),
    ),
    (
        Text(en="Measure", es="Medir"),
        Text(
            en="Bring the interactions in and lay them over the map. Where it differs from what "
            "you drew, one of the two is wrong: find out which.",
            es="Trae las interacciones y ponlas sobre el mapa. Donde se aparta de lo dibujado, "
            "una de las dos cosas está mal: averigua cuál.",
        ),
    ),
    (
        Text(en="Improve, and measure again", es="Mejorar y volver a medir"),
        Text(
            en="Take the pain that weighs most, change one thing, approve the new version of the "
            "map, and look whether the figures moved.",
            es="Elige el dolor que más pesa, cambia una cosa, aprueba la nueva versión del mapa y "
            "mira si las cifras se han movido.",
        ),
    ),
)
"""The method: the name of each step, and what to do in it."""

TERMS: dict[str, tuple[Text, Text]] = {
    "journey": (
        Text(en="customer journey", es="trayecto del cliente"),
        Text(
            en="Everything somebody lives with you, from the need to its end.",
            es="Todo lo que alguien vive contigo, desde la necesidad hasta su final.",
        ),
    ),
    "touchpoint": (
        Text(en="touchpoint", es="punto de contacto"),
        Text(
            en="Where and how the customer and you meet, on a channel.",
            es="Dónde y cómo os encontráis el cliente y tú, en un canal.",
        ),
    ),
    "node": (
        Text(en="node", es="nodo"),
        Text(
            en="What customers really do: a touchpoint on a channel, counted in the data.",
            es="Lo que los clientes hacen de verdad: un punto de contacto en un canal, contado en "
            "los datos.",
        ),
    ),
    "stage": (
        Text(en="stage", es="etapa"),
        Text(
            en="A part of the journey with one goal of the customer.",
            es="Una parte del trayecto con un objetivo del cliente.",
        ),
    ),
    "moment": (
        Text(en="moment of truth", es="momento de la verdad"),
        Text(
            en="A touchpoint that decides what the customer thinks of you.",
            es="Un punto de contacto que decide lo que el cliente piensa de ti.",
        ),
    ),
    "pain": (
        Text(en="pain point", es="punto de dolor"),
        Text(
            en="A touchpoint that hurts; on a good map it has a solution.",
            es="Un punto de contacto que duele; en un buen mapa tiene una solución.",
        ),
    ),
    "vote": (
        Text(en="voting point", es="punto de votación"),
        Text(
            en="Where the customer decides to stay or to leave, within a time.",
            es="Donde el cliente decide si se queda o se va, en un plazo.",
        ),
    ),
    "visibility": (
        Text(en="line of visibility", es="línea de visibilidad"),
        Text(
            en="What is above it the customer sees; what is below, only you do.",
            es="Lo que está encima lo ve el cliente; lo que está debajo, solo tú.",
        ),
    ),
    "coverage": (
        Text(en="coverage", es="cobertura"),
        Text(
            en="The share of what customers do that lies on the map.",
            es="La parte de lo que hacen los clientes que está en el mapa.",
        ),
    ),
    "drop_off": (
        Text(en="drop-off", es="abandono"),
        Text(
            en="The share that leaves here, of those whose fate is known.",
            es="La parte que se va aquí, entre quienes ya se sabe qué hicieron.",
        ),
    ),
    "open": (
        Text(en="still open", es="en curso"),
        Text(
            en="A journey that is not over: never counted as left.",
            es="Un trayecto que no ha acabado: nunca cuenta como abandono.",
        ),
    ),
    "interval": (
        Text(en="95% interval", es="intervalo del 95 %"),
        Text(
            en="Where the true figure probably lies; the fewer people, the wider.",
            es="Donde probablemente está la cifra verdadera; cuanta menos gente, más ancho.",
        ),
    ),
    "unknown": (
        Text(en="unknown (—)", es="desconocido (—)"),
        Text(
            en="Too few people to say. It is not zero.",
            es="Muy poca gente para decirlo. No es cero.",
        ),
    ),
    "persona": (
        Text(en="persona", es="arquetipo"),
        Text(
            en="A kind of customer with a name and a face; with a rule, one that can be counted.",
            es="Un tipo de cliente con nombre y cara; con una regla, se puede contar.",
        ),
    ),
    "segment": (
        Text(en="segment", es="segmento"),
        Text(
            en="The customers for whom a rule holds, counted as they are now.",
            es="Los clientes que cumplen una regla, contados tal como son ahora.",
        ),
    ),
    "deviation": (
        Text(en="deviation", es="desviación"),
        Text(
            en="What customers do otherwise than drawn: skipped, repeated, out of order, not "
            "drawn.",
            es="Lo que los clientes hacen distinto de lo dibujado: saltado, repetido, fuera de "
            "orden, sin dibujar.",
        ),
    ),
    "drift": (
        Text(en="what has moved", es="lo que se ha movido"),
        Text(
            en="Figures that changed by more than chance since the map was approved.",
            es="Cifras que han cambiado más de lo que explica el azar desde que se aprobó el mapa.",
        ),
    ),
    "visit": (
        Text(en="visit", es="visita"),
        Text(
            en="A stretch of steps without a long gap between two.",
            es="Un tramo de pasos sin un intervalo largo entre dos.",
        ),
    ),
    "chance": (
        Text(en="p", es="p"),
        Text(
            en="How often chance alone would make such a difference; the smaller, the surer.",
            es="Cada cuánto saldría una diferencia así solo por azar; cuanto menor, más segura.",
        ),
    ),
}
"""The glossary: the word in both languages, and what it means; by its place on the page."""

WORDS = {
    "title": Text(en="The method", es="El método"),
    "lead": Text(
        en="Draw what you believe, measure what happens, change what hurts.",
        es="Dibuja lo que crees, mide lo que pasa, cambia lo que duele.",
    ),
    "glossary": Text(en="Glossary", es="Glosario"),
    "means": Text(en="What these words mean:", es="Qué significan aquí:"),
}
