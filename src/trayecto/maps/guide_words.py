"""The questions of a guided map, with their examples, in both languages."""

from __future__ import annotations

from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.text import NOTHING, Text, WayOut

WHY = Text(en="Why", es="Para qué")
WHO = Text(en="Who", es="Quién")
STAGES = Text(en="Stages", es="Etapas")
GOALS = Text(en="Goals and questions", es="Objetivos y preguntas")
TOUCHPOINTS = Text(en="Touchpoints and channels", es="Puntos de contacto y canales")
FEELINGS = Text(en="Emotions, moments and votes", es="Emociones, momentos y puntos de votación")
TIMES = Text(en="Times", es="Tiempos")
LESSONS: dict[Text, Text] = {
    WHY: Text(
        en="A map answers one question that somebody has to decide on. Write who will decide, and "
        "what would be different if the answer were no.",
        es="Un mapa responde a una pregunta sobre la que alguien tiene que decidir. Escribe quién "
        "decidirá y qué cambiaría si la respuesta fuera que no.",
    ),
    WHO: Text(
        en="One protagonist a map: two kinds of customer live two journeys. Write what you know "
        "and how you know it; a guess is welcome when it says that it is one.",
        es="Un protagonista por mapa: dos tipos de cliente viven dos trayectos. Escribe lo que "
        "sabes y cómo lo sabes; una conjetura vale si dice que lo es.",
    ),
    STAGES: Text(
        en="Stages are the customer's, not your departments'. The first is where the need arises, "
        "which is before you know of it; the last is where using it ends.",
        es="Las etapas son del cliente, no de tus departamentos. La primera es donde surge la "
        "necesidad, antes de que tú lo sepas; la última, donde termina el uso.",
    ),
    GOALS: Text(
        en="Write it as the customer would say it aloud. If it sounds like an aim of the company, "
        "it is not yet the customer's.",
        es="Escríbelo como lo diría el cliente en voz alta. Si suena a objetivo de la empresa, "
        "todavía no es del cliente.",
    ),
    TOUCHPOINTS: Text(
        en="Every time you meet counts: what you send, what the customer starts, what happens in "
        "a shop or with a partner, and what happens without you.",
        es="Cuenta cada encuentro: lo que envías tú, lo que inicia el cliente, lo que pasa en una "
        "tienda o con un socio, y lo que pasa sin ti.",
    ),
    FEELINGS: Text(
        en="This is your hypothesis, and it will be laid beside what customers feel. A moment of "
        "truth wins or loses trust; a voting point is where somebody decides to stay or to leave.",
        es="Es tu hipótesis, y se pondrá junto a lo que sienten los clientes. En un momento de la "
        "verdad se gana o se pierde la confianza; en un punto de votación alguien decide si se "
        "queda o se va.",
    ),
    TIMES: Text(
        en="A time you promise can be kept or missed, and both can be counted. The last question "
        "says after how long a silence means that somebody has left.",
        es="Un plazo prometido se cumple o no, y las dos cosas se cuentan. La última pregunta dice "
        "tras cuánto silencio se entiende que alguien se ha ido.",
    ),
}
"""What the method teaches of each part."""

OPENING: tuple[tuple[str, Text, Text, bool], ...] = (
    (
        "title",
        Text(en="What is the map called?", es="¿Cómo se llama el mapa?"),
        Text(en="Joining fibre and mobile", es="Alta de fibra y móvil"),
        True,
    ),
    (
        "objective",
        Text(en="What do you want to achieve with it?", es="¿Qué quieres conseguir con él?"),
        Text(
            en="Have nine sign-ups in ten end up connected.",
            es="Que nueve de cada diez altas acaben con servicio.",
        ),
        False,
    ),
    (
        "question",
        Text(en="Which question must the map answer?", es="¿Qué pregunta debe responder el mapa?"),
        Text(
            en="Why do so many leave before being installed?",
            es="¿Por qué se van tantos antes de estar instalados?",
        ),
        False,
    ),
    (
        "who.name",
        Text(
            en="Whose journey is it? Name, age, role.",
            es="¿De quién es el trayecto? Nombre, edad, papel.",
        ),
        Text(en="Lucía, 34, decides for her home", es="Lucía, 34, decide en casa"),
        True,
    ),
    (
        "who.needs",
        Text(en="What does this person need?", es="¿Qué necesita esta persona?"),
        Text(en="To know the day the technician comes.", es="Saber qué día viene el técnico."),
        False,
    ),
    (
        "who.evidence",
        Text(
            en="How do you know? Interviews, data, a guess.",
            es="¿Cómo lo sabes? Entrevistas, datos, una conjetura.",
        ),
        Text(en="12 interviews in March", es="12 entrevistas en marzo"),
        False,
    ),
)
WHICH_STAGES = WayOut(
    en="Which stages does the customer live through? Five to seven is usual; separate by commas.",
    es="¿Qué etapas vive el cliente? Lo normal son de cinco a siete; sepáralas con comas.",
    page=Text(
        en="Which stages does the customer live through? Five to seven is usual.",
        es="¿Qué etapas vive el cliente? Lo normal son de cinco a siete.",
    ),
)
STAGES_EXAMPLE = Text(
    en="Discovery, Comparison, Sign-up, Installation, First bill",
    es="Descubrimiento, Comparación, Alta, Instalación, Primera factura",
)
OF_STAGE: tuple[tuple[str, Text, Text], ...] = (
    (
        "goal",
        Text(
            en="{name}: what does the customer want to achieve?",
            es="{name}: ¿qué quiere lograr el cliente?",
        ),
        Text(en="Understand what she would pay", es="Entender qué pagaría de verdad"),
    ),
    (
        "question",
        Text(
            en="{name}: which question is in the customer's head?",
            es="{name}: ¿qué pregunta tiene en la cabeza?",
        ),
        Text(en="What does each plan really include?", es="¿Qué incluye de verdad cada tarifa?"),
    ),
)
WHICH_TOUCHPOINTS = WayOut(
    en="{name}: where do you meet? Write the touchpoints, separated by commas, each with its "
    "channel after @.",
    es="{name}: ¿dónde os encontráis? Escribe los puntos de contacto separados por comas, cada "
    "uno con su canal después de @.",
    page=Text(en="{name}: where do you meet?", es="{name}: ¿dónde os encontráis?"),
)
TOUCHPOINTS_EXAMPLE = WayOut(
    en="Plans page @ web, Sales call @ phone, Store visit @ store",
    es="Página de tarifas @ web, Llamada de ventas @ teléfono, Visita @ tienda",
    page=Text(
        en="a plans page on the web, a sales call by phone, a visit to the store",
        es="la página de tarifas en la web, una llamada de ventas por teléfono, una visita a la "
        "tienda",
    ),
)
WHICH_EMOTION = WayOut(
    en="{name}: how do you expect the customer to feel, from -2 (awful) to 2 (delighted)?",
    es="{name}: ¿cómo esperas que se sienta, de -2 (fatal) a 2 (encantado)?",
    page=Text(
        en="{name}: how do you expect the customer to feel?",
        es="{name}: ¿cómo esperas que se sienta el cliente?",
    ),
)
EMOTION_EXAMPLE = WayOut(
    en="-1 worried", es="-1 con preocupación",
    page=Text(en="bad, worried", es="mal, con preocupación"),
)  # fmt: skip

MOMENTS: tuple[tuple[str, Text, Text, str], ...] = (
    (
        "truth",
        Text(
            en="Which is the moment of truth, after which the customer trusts you or not?",
            es="¿Cuál es el momento de la verdad, el que gana o pierde su confianza?",
        ),
        NOTHING,
        "touchpoint",
    ),
    ("truth.why", Text(en="Why there?", es="¿Por qué ahí?"), NOTHING, "text"),
    (
        "pain",
        Text(en="Where does it hurt most?", es="¿Dónde duele más?"),
        NOTHING,
        "touchpoint",
    ),
    ("pain.why", Text(en="Why does it hurt?", es="¿Por qué duele?"), NOTHING, "text"),
    (
        "pain.solution",
        Text(
            en="What do you propose, even as a first idea?",
            es="¿Qué propones, aunque sea una primera idea?",
        ),
        NOTHING,
        "text",
    ),
    (
        "vote",
        Text(
            en="Where does the customer decide to stay or leave?",
            es="¿Dónde decide el cliente si se queda o se va?",
        ),
        NOTHING,
        "touchpoint",
    ),
    (
        "vote.stays",
        Text(en="What does staying mean there?", es="¿Qué significa ahí quedarse?"),
        Text(en="Signs", es="Firma"),
        "text",
    ),
    (
        "vote.leaves",
        Text(en="And leaving?", es="¿Y irse?"),
        Text(en="Stays with the old operator", es="Sigue con su operador"),
        "text",
    ),
    (
        "completes",
        Text(
            en="At which touchpoint has the customer got there? Empty: the last one.",
            es="¿En qué punto de contacto ha llegado el cliente? Vacío: el último.",
        ),
        NOTHING,
        "touchpoint",
    ),
)
STAYS = Text(en="Stays", es="Se queda")
LEAVES = Text(en="Leaves", es="Se va")
WHICH_TARGET = Text(
    en="{name}: how long should it take at most?", es="{name}: ¿cuánto debería durar como mucho?"
)
TIME_EXAMPLE = Text(en="3 days", es="3 días")
WHICH_SILENCE = Text(
    en="After how long without a sign has the customer left?",
    es="¿Tras cuánto tiempo sin señales se ha ido el cliente?",
)

NEEDED = Text(en="The map needs an answer here.", es="El mapa necesita aquí una respuesta.")
NO_TIME = Text(en="That is no length of time.", es="Eso no es un plazo.")
NO_LEVEL = WayOut(
    en="Begin with a number from -2 to 2.", es="Empieza con un número de -2 a 2.",
    page=Text(en="Choose how well or how badly.", es="Elige cómo de bien o de mal."),
)  # fmt: skip
NO_TOUCHPOINT = Text(
    en="No touchpoint is called that. There are:",
    es="Ningún punto de contacto se llama así. Hay estos:",
)
NO_CHANNEL = WayOut(
    en="On which channel is “{name}”? Write it after @.",
    es="¿En qué canal está «{name}»? Escríbelo después de @.",
    page=Text(en="On which channel is “{name}”?", es="¿En qué canal está «{name}»?"),
)
CHANNELS_ARE = WayOut(
    en="Channels: " + ", ".join(name.en for name in CHANNELS.values()) + ".",
    es="Canales: " + ", ".join(name.es for name in CHANNELS.values()) + ".",
    page=Text(en="Choose it from the list.", es="Elígelo en la lista."),
)
MANY_STAGES = Text(
    en="Twelve stages at most: join those in which the customer asks the same.",
    es="Doce etapas como mucho: une aquellas en las que el cliente se pregunta lo mismo.",
)
MANY_TOUCHPOINTS = Text(
    en="Twelve touchpoints a stage at most.", es="Doce puntos de contacto por etapa como mucho."
)

CHANNEL_HINTS = {
    "página": "web", "pagina": "web", "page": "web", "website": "web", "buscador": "web",
    "portal": "web", "carrito": "web", "cart": "web", "checkout": "web",
    "visita": "face_to_face", "visit": "face_to_face", "técnico": "face_to_face",
    "reunión": "face_to_face", "meeting": "face_to_face", "oficina": "face_to_face",
    "redes": "social", "instagram": "social", "facebook": "social", "tiktok": "social",
    "teléfono": "phone", "telefono": "phone", "factura": "email", "bill": "email",
    "kiosco": "self_service", "kiosk": "self_service", "cajero": "self_service",
    "socio": "partner", "distribuidor": "partner",
}  # fmt: skip
