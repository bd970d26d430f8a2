"""The words of all advice, by the name under which the docs explain it."""

from __future__ import annotations

from collections.abc import Mapping

from trayecto.vocabulary.text import Text

ADVICE: Mapping[str, tuple[Text, Text]] = {
    "nobody": (
        Text(en="The map has no protagonist.", es="El mapa no tiene protagonista."),
        Text(
            en="Say whose journey it is: protagonist, with a name and what they need.",
            es="Di de quién es el trayecto: protagonist, con un nombre y lo que necesita.",
        ),
    ),
    "no_end": (
        Text(
            en="Nothing completes a journey, so nobody can ever complete it.",
            es="Nada completa el trayecto, así que nadie podrá completarlo nunca.",
        ),
        Text(
            en="Name in journeys.completes the touchpoints where the customer has got there.",
            es="Pon en journeys.completes los puntos de contacto en los que el cliente ha llegado.",
        ),
    ),
    "no_silence": (
        Text(
            en="No silence is given, so whoever goes quiet is never said to have left.",
            es="No se dice cuánto silencio cuenta, así que de quien calla nunca se dirá que "
            "se fue.",
        ),
        Text(
            en="Add journeys.silence: how long without a sign means that the customer has left.",
            es="Añade journeys.silence: cuánto tiempo sin señales significa que el cliente "
            "se ha ido.",
        ),
    ),
    "too_many_stages": (
        Text(
            en="From here on there are more than nine stages: nobody keeps them all in mind.",
            es="A partir de aquí hay más de nueve etapas: nadie las retiene todas.",
        ),
        Text(
            en="Join stages in which the customer asks the same question, or draw a second map.",
            es="Une las etapas en las que el cliente se hace la misma pregunta, o dibuja "
            "otro mapa.",
        ),
    ),
    "no_emotion": (
        Text(
            en="No touchpoint says how the customer feels.",
            es="Ningún punto de contacto dice cómo se siente el cliente.",
        ),
        Text(
            en="Add an emotion, from -2 to 2, at least where you expect joy or anger.",
            es="Añade una emoción, de -2 a 2, al menos donde esperes alegría o enfado.",
        ),
    ),
    "no_vote": (
        Text(
            en="There is no voting point: the map does not say where customers decide to stay.",
            es="No hay puntos de votación: el mapa no dice dónde decide el cliente si se queda.",
        ),
        Text(
            en="Add a vote, with what staying and leaving mean, where the decision falls.",
            es="Añade un vote, con lo que significa quedarse e irse, donde se toma la decisión.",
        ),
    ),
    "no_back_stage": (
        Text(
            en="No stage has a back stage: nobody in the organisation will feel addressed.",
            es="Ninguna etapa tiene bastidores: nadie en la organización se dará por aludido.",
        ),
        Text(
            en="Say in back_stage which area does what behind the line of visibility.",
            es="Di en back_stage qué área hace qué tras la línea de visibilidad.",
        ),
    ),
    "nothing_bound": (
        Text(
            en="No touchpoint has nodes: the map can be drawn, but not measured.",
            es="Ningún punto de contacto tiene nodos: el mapa se puede dibujar, pero no medir.",
        ),
        Text(
            en="Add nodes to each touchpoint: the names of its interactions, as in nodes: "
            '["call_*"].',
            es="Añade nodes a cada punto de contacto: los nombres de sus interacciones, "
            'como en nodes: ["llamada_*"].',
        ),
    ),
    "unsolved_pain": (
        Text(en="A pain without a solution.", es="Un punto de dolor sin solución."),
        Text(
            en="Add the solution the team proposes, even as a first idea.",
            es="Añade la solución que propone el equipo, aunque sea una primera idea.",
        ),
    ),
    "no_english": (
        Text(en="This text has no English.", es="Este texto no está en inglés."),
        Text(en='Add en: "…".', es='Añade en: "…".'),
    ),
    "no_spanish": (
        Text(en="This text has no Spanish.", es="Este texto no está en español."),
        Text(en='Add es: "…".', es='Añade es: "…".'),
    ),
    "not_measured": (
        Text(
            en='"{name}" has no nodes, so nothing can be measured here.',
            es="«{name}» no tiene nodos, así que aquí no se puede medir nada.",
        ),
        Text(
            en="Add nodes with the names of its interactions, or leave it if there is no data yet.",
            es="Añade nodes con los nombres de sus interacciones, o déjalo así si aún no hay "
            "datos.",
        ),
    ),
    "no_question": (
        Text(
            en="The map says neither what it is for nor which question it must answer.",
            es="El mapa no dice para qué es ni qué pregunta debe responder.",
        ),
        Text(
            en="Add question or objective: without one, any map is right.",
            es="Añade question u objective: sin eso, cualquier mapa vale.",
        ),
    ),
    "only_online": (
        Text(
            en="All touchpoints are online: does nobody call, visit or open a letter?",
            es="Todos los puntos de contacto están en línea: ¿nadie llama, va o abre una carta?",
        ),
        Text(
            en="Add what happens off the screen, or say so in scope.",
            es="Añade lo que pasa fuera de la pantalla, o dilo en scope.",
        ),
    ),
    "all_happy": (
        Text(en="Nobody on this map is ever unhappy.", es="En este mapa nadie lo pasa mal nunca."),
        Text(
            en="Look for the waits, the doubts and the repetitions: ask those who left.",
            es="Busca las esperas, las dudas y las repeticiones: pregunta a quien se fue.",
        ),
    ),
    "emotion_evidence": (
        Text(
            en='{n} emotions do not say where they come from, the first at "{name}".',
            es="{n} emociones no dicen de dónde salen; la primera, en «{name}».",
        ),
        Text(
            en='Add evidence to each emotion: interviews, surveys, or "team hypothesis".',
            es="Añade evidence a cada emoción: entrevistas, encuestas o «hipótesis del equipo».",
        ),
    ),
    "persona_research": (
        Text(en='Nothing says how we know "{name}".', es="Nada dice cómo conocemos a «{name}»."),
        Text(
            en="Add evidence: who was asked, when and how many; or that it is a hypothesis.",
            es="Añade evidence: a quién se preguntó, cuándo y a cuántos; o que es una hipótesis.",
        ),
    ),
    "promise_back_stage": (
        Text(
            en='"{name}" promises something and nobody behind it keeps it.',
            es="«{name}» promete algo y nadie detrás lo cumple.",
        ),
        Text(
            en="Say in back_stage which area keeps the promise, and what serves it.",
            es="Di en back_stage qué área cumple la promesa y a qué sirve (serves).",
        ),
    ),
    "hurts_whom": (
        Text(
            en='"{name}" hurts the customer, but the map does not say where.',
            es="«{name}» duele al cliente, pero el mapa no dice dónde.",
        ),
        Text(
            en="Add serves with the touchpoints where it is felt.",
            es="Añade serves con los puntos de contacto donde se nota.",
        ),
    ),
}
