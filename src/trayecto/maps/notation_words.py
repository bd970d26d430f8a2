"""The words that explain a map's fields, and the other names people try for them."""

from __future__ import annotations

from trayecto.maps.durations import EXAMPLES
from trayecto.maps.shape import Words
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.text import LANGUAGES, Text

_TEXT = Text(
    en='Write a text, or one for each language: {es: "…", en: "…"}.',
    es='Escribe un texto, o uno por idioma: {es: "…", en: "…"}.',
)
_IDS = Text(
    en="Write a list of touchpoint ids: [offer, order].",
    es="Escribe una lista de ids de puntos de contacto: [oferta, pedido].",
)
_GLOBS = Text(
    en='Write a name or a list of names; * stands for any text: ["call_*", visit].',
    es='Escribe un nombre o una lista; * vale por cualquier texto: ["llamada_*", visita].',
)
_NODES = Text(
    en='Write a list of node names, or of {touchpoint: "call_*", channel: phone, source: crm}.',
    es='Escribe una lista de nombres de nodo, o de {touchpoint: "call_*", channel: phone, '
    "source: crm}.",
)

WORDS = Words(
    wanted={
        "text": _TEXT,
        "string": Text(en="Write a text.", es="Escribe un texto."),
        "version": Text(en='Write a version: "2".', es='Escribe una versión: "2".'),
        "id": Text(
            en="Use up to 80 small letters a–z, digits, - and _, beginning with a letter or digit: "
            "welcome_call.",
            es="Usa hasta 80 minúsculas sin tilde, cifras, - y _, empezando por letra o cifra: "
            "llamada_bienvenida.",
        ),
        "duration": EXAMPLES,
        "image": Text(
            en="Name a PNG or JPEG file beside the map, such as ana.jpg; no web address.",
            es="Nombra un archivo PNG o JPEG junto al mapa, como ana.jpg; no una dirección web.",
        ),
        "date": Text(en="Write a day like 2026-12-31.", es="Escribe un día así: 2026-12-31."),
        "level": Text(
            en="Write a number from -2 (awful) to 2 (delighted); 0 is neutral.",
            es="Escribe un número de -2 (fatal) a 2 (encantado); 0 es neutral.",
        ),
        "number": Text(en="Write a number.", es="Escribe un número."),
        "integer": Text(
            en="Write a whole number from 1 on.", es="Escribe un número entero, de 1 en adelante."
        ),
        "boolean": Text(en="Write true or false.", es="Escribe true (sí) o false (no)."),
        "array": Text(
            en='Write a list: each element on a line of its own that begins with "- ".',
            es="Escribe una lista: cada elemento en su línea, empezando por «- ».",
        ),
        "object": Text(
            en='Write fields below it, indented: "name: value".',
            es="Escribe campos debajo, con sangrado: «nombre: valor».",
        ),
        "reference": _IDS,
        "references": _IDS,
        "names": _GLOBS,
        "nodes": _NODES,
        "node rule": _NODES,
        "area": Text(
            en="Write the area's name, or {use: sales} for an area of the library.",
            es="Escribe el nombre del área, o {use: ventas} si es un área de la biblioteca.",
        ),
        "currency": Text(
            en="Write the three letters of a currency: EUR.",
            es="Escribe las tres letras de una moneda: EUR.",
        ),
        "cells": Text(
            en="Write a text for each stage or touchpoint, by its id: {offer: …}.",
            es="Escribe un texto por etapa o punto de contacto, por su id: {oferta: …}.",
        ),
        "feels": Text(
            en="Write a persona's id and how they feel: {ana: {level: 1}}.",
            es="Escribe el id de una persona y cómo se siente: {ana: {level: 1}}.",
        ),
        "rule test": Text(
            en="Write a property and a value: {property: plan, is: [pro]}.",
            es="Escribe una propiedad y un valor: {property: plan, is: [pro]}.",
        ),
    },
    # Spanish names of fields and values, and other words for the same, as people try them.
    meant={
        "mapa": "map",
        "versión": "version",
        "título": "title",
        "titulo": "title",
        "nombre": "name",
        "pregunta": "question",
        "objetivo": "objective",
        "meta": "goal",
        "alcance": "scope",
        "responsable": "owner",
        "estado": "status",
        "revisión": "review",
        "mínimo": "minimum",
        "persona": "protagonist",
        "protagonista": "protagonist",
        "arquetipo": "archetype",
        "necesidades": "needs",
        "prefiere": "prefers",
        "evidencia": "evidence",
        "imagen": "image",
        "foto": "image",
        "photo": "image",
        "personas": "personas",
        "arquetipos": "personas",
        "rol": "role",
        "papel": "role",
        "decisor": "decision_maker",
        "influenciador": "influencer",
        "prescriptor": "advocate",
        "usuario": "user",
        "motivaciones": "motivations",
        "frustraciones": "frustrations",
        "regla": "rule",
        "flechas": "arrows",
        "pasos": "steps",
        "carriles": "lanes",
        "mapas": "maps",
        "biblioteca": "library",
        "oportunidades": "opportunities",
        "soporte": "support",
        "contenido": "content",
        "coste": "cost",
        "costo": "cost",
        "promesa": "promise",
        "deseada": "desired",
        "preguntas": "questions",
        "situación actual": "as_is",
        "situación deseada": "to_be",
        "trayecto": "journeys",
        "trayectos": "journeys",
        "etapas": "stages",
        "fases": "stages",
        "phases": "stages",
        "plazo": "target",
        "oportunidad": "opportunity",
        "puntos_de_contacto": "touchpoints",
        "puntos de contacto": "touchpoints",
        "bastidores": "back_stage",
        "backstage": "back_stage",
        "canal": "channel",
        "tipo": "kind",
        "inicia": "initiates",
        "área": "area",
        "acción": "action",
        "pensamiento": "thought",
        "emoción": "emotion",
        "feeling": "emotion",
        "nivel": "level",
        "palabra": "word",
        "opcional": "optional",
        "nodos": "nodes",
        "momento": "moment",
        "solución": "solution",
        "voto": "vote",
        "sistema": "system",
        "hace": "does",
        "silencio": "silence",
        "borrador": "draft",
        "aprobado": "approved",
        "caso": "case",
        "cliente": "customer",
        "empresa": "company",
        "comunicación": "communication",
        "verdad": "truth",
        "dolor": "pain",
        "mail": "email",
        "e-mail": "email",
        "correo": "email",
        "llamada": "phone",
        "call": "phone",
        "telephone": "phone",
        "presencial": "face_to_face",
        "shop": "store",
        "carta": "post",
        "letter": "post",
        "publicidad": "advert",
        "ad": "advert",
    }
    | {CHANNELS[key].say(language).casefold(): key for key in CHANNELS for language in LANGUAGES},
)
