"""How a map's things, fields and codes are called, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trayecto.vocabulary.text import Language, Text, same


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing with its article, and as news."""

    the: Text
    new: Text


def _kind(en: str, es: str, *, new_es: str) -> Kind:
    return Kind(Text(en=f"the {en}", es=es), Text(en=f"New {en}", es=new_es))


KINDS: Mapping[str, Kind] = {
    "stage": _kind("stage", "la etapa", new_es="Nueva etapa"),
    "step": _kind("step", "el paso", new_es="Nuevo paso"),
    "touchpoint": _kind("touchpoint", "el punto de contacto", new_es="Nuevo punto de contacto"),
    "back stage": _kind(
        "work behind the scenes",
        "el trabajo tras bastidores",
        new_es="Nuevo trabajo tras bastidores",
    ),
    "support": _kind("support process", "el proceso de soporte", new_es="Nuevo proceso de soporte"),
    "opportunity": _kind("opportunity", "la oportunidad", new_es="Nueva oportunidad"),
    "persona": _kind("persona", "la persona", new_es="Nueva persona"),
    "arrow": _kind("arrow", "la flecha", new_es="Nueva flecha"),
    "lane": _kind("lane", "el carril", new_es="Nuevo carril"),
    "map link": _kind("link to the map", "el enlace al mapa", new_es="Nuevo enlace a otro mapa"),
}
THE_MAP = Text(en="the map", es="el mapa")
NOTHING = Text(en="nothing", es="nada")
YES, NO = Text(en="yes", es="sí"), Text(en="no", es="no")
LANGUAGES: Mapping[Language, Text] = {
    "es": Text(en="in Spanish", es="en español"),
    "en": Text(en="in English", es="en inglés"),
}

_FIELDS: Mapping[str, Text] = {
    "map": Text(en="short name", es="nombre corto"),
    "version": Text(en="version", es="versión"),
    "title": Text(en="title", es="título"),
    "question": Text(en="question", es="pregunta"),
    "questions": Text(en="questions", es="preguntas"),
    "objective": Text(en="objective", es="objetivo"),
    "scope": Text(en="scope", es="alcance"),
    "extent": Text(en="extent", es="amplitud"),
    "state": Text(en="as-is or to-be", es="situación"),
    "owner": Text(en="owner", es="responsable"),
    "status": Text(en="status", es="estado"),
    "approved": Text(en="approval date", es="fecha de aprobación"),
    "review": Text(en="review date", es="fecha de revisión"),
    "minimum": Text(en="minimum n", es="n mínimo"),
    "library": Text(en="library", es="biblioteca"),
    "protagonist": Text(en="protagonist", es="protagonista"),
    "name": Text(en="name", es="nombre"),
    "role": Text(en="role", es="papel"),
    "archetype": Text(en="archetype", es="arquetipo"),
    "about": Text(en="portrait", es="retrato"),
    "needs": Text(en="needs", es="necesidades"),
    "motivations": Text(en="motivations", es="motivaciones"),
    "frustrations": Text(en="frustrations", es="frustraciones"),
    "prefers": Text(en="preferred channels", es="canales preferidos"),
    "evidence": Text(en="evidence", es="evidencia"),
    "image": Text(en="image", es="imagen"),
    "rule": Text(en="rule", es="regla"),
    "journeys": Text(en="what a journey is", es="qué es un trayecto"),
    "per": Text(en="whose journey", es="de quién es el trayecto"),
    "noun": Text(en="what a journey is called", es="cómo se llama un trayecto"),
    "sources": Text(en="sources", es="fuentes"),
    "starts": Text(en="what starts a journey", es="qué empieza un trayecto"),
    "completes": Text(en="what completes a journey", es="qué completa un trayecto"),
    "silence": Text(en="silence", es="silencio"),
    "goal": Text(en="goal", es="objetivo"),
    "target": Text(en="target time", es="plazo previsto"),
    "order": Text(en="order", es="orden"),
    "opportunity": Text(en="opportunity", es="oportunidad"),
    "channel": Text(en="channel", es="canal"),
    "place": Text(en="online or offline", es="en línea o presencial"),
    "kind": Text(en="kind", es="tipo"),
    "initiates": Text(en="who starts it", es="quién lo inicia"),
    "side": Text(en="side of the line of visibility", es="lado de la línea de visibilidad"),
    "area": Text(en="area", es="área"),
    "action": Text(en="customer action", es="acción del cliente"),
    "thought": Text(en="thought", es="pensamiento"),
    "content": Text(en="content", es="contenido"),
    "promise": Text(en="service target", es="nivel de servicio"),
    "cost": Text(en="cost", es="coste"),
    "amount": Text(en="amount", es="importe"),
    "currency": Text(en="currency", es="moneda"),
    "emotion": Text(en="expected emotion", es="emoción esperada"),
    "desired": Text(en="desired emotion", es="emoción deseada"),
    "feels": Text(en="emotion of another persona", es="emoción de otra persona"),
    "level": Text(en="level", es="nivel"),
    "word": Text(en="word", es="palabra"),
    "within": Text(en="longest wait", es="espera máxima"),
    "optional": Text(en="optional", es="opcional"),
    "repeats": Text(en="may repeat", es="puede repetirse"),
    "nodes": Text(en="nodes", es="nodos"),
    "moment": Text(en="moment", es="momento"),
    "why": Text(en="why", es="por qué"),
    "solution": Text(en="solution", es="solución"),
    "vote": Text(en="voting point", es="punto de votación"),
    "stays": Text(en="staying means", es="quedarse significa"),
    "leaves": Text(en="leaving means", es="irse significa"),
    "judges": Text(en="what customers judge", es="qué juzga el cliente"),
    "delighted": Text(en="delighted by", es="le encanta"),
    "satisfied": Text(en="satisfied by", es="le basta"),
    "dissatisfied": Text(en="dissatisfied by", es="le decepciona"),
    "does": Text(en="what it does", es="qué hace"),
    "system": Text(en="system", es="sistema"),
    "hurts": Text(en="hurts the customer", es="duele al cliente"),
    "serves": Text(en="works for", es="trabaja para"),
    "step": Text(en="step", es="paso"),
    "says": Text(en="text", es="texto"),
    "at": Text(en="place", es="lugar"),
    "from": Text(en="from", es="de"),
    "to": Text(en="to", es="a"),
    "cells": Text(en="cell", es="celda"),
}
_WHOLE: Mapping[tuple[str, ...], Text] = {
    ("emotion", "level"): Text(en="expected emotion", es="emoción esperada"),
    ("emotion", "word"): Text(en="word for the expected emotion", es="palabra de la emoción"),
    ("desired", "level"): Text(en="desired emotion", es="emoción deseada"),
    ("desired", "word"): Text(
        en="word for the desired emotion", es="palabra de la emoción deseada"
    ),
    ("emotion", "evidence"): Text(en="evidence of the emotion", es="evidencia de la emoción"),
    ("vote", "within"): Text(en="time to decide", es="plazo para decidir"),
    ("moment", "kind"): Text(en="kind of moment", es="tipo de momento"),
    ("moment", "solution"): Text(en="proposed solution", es="solución propuesta"),
    ("journeys", "leaves"): Text(en="what ends a journey", es="qué acaba un trayecto"),
}

CODES: Mapping[str, Mapping[str, Text]] = {
    "status": {
        "draft": Text(en="draft", es="borrador"),
        "review": Text(en="in review", es="en revisión"),
        "approved": Text(en="approved", es="aprobado"),
    },
    "state": {
        "as_is": Text(en="as is", es="situación actual"),
        "to_be": Text(en="to be", es="situación deseada"),
    },
    "extent": {
        "relationship": Text(en="the whole relationship", es="toda la relación"),
        "segment": Text(en="one segment", es="un tramo"),
        "interaction": Text(en="one interaction", es="una interacción"),
    },
    "role": {
        "decision_maker": Text(en="decision maker", es="decisor"),
        "influencer": Text(en="influencer", es="influenciador"),
        "advocate": Text(en="advocate", es="prescriptor"),
        "user": Text(en="user", es="usuario"),
    },
    "kind": {
        "action": Text(en="action", es="acción"),
        "communication": Text(en="communication", es="comunicación"),
        "truth": Text(en="moment of truth", es="momento de la verdad"),
        "pain": Text(en="pain point", es="punto de dolor"),
        "micro": Text(en="detail", es="detalle"),
        "macro": Text(en="whole", es="conjunto"),
    },
    "initiates": {
        "customer": Text(en="the customer", es="el cliente"),
        "company": Text(en="the company", es="la empresa"),
    },
    "side": {
        "front": Text(en="front stage", es="front stage"),
        "back": Text(en="backstage", es="tras bastidores"),
    },
    "per": {
        "person": Text(en="a person's", es="de una persona"),
        "case": Text(en="a case's", es="de un caso"),
    },
    "place": {
        "online": Text(en="online", es="en línea"),
        "offline": Text(en="offline", es="presencial"),
    },
}


def field_name(path: tuple[str, ...]) -> Text:
    """
    Return how a field is called, with the part it stands in where the last word is not enough.

    >>> field_name(("emotion", "level")).es, field_name(("channel",)).en
    ('emoción esperada', 'channel')
    """
    if path in _WHOLE:
        return _WHOLE[path]
    words = [_FIELDS.get(name, same(name)) for name in path if name != "item"]
    if path[0] in ("vote", "moment", "cost", "emotion", "desired", "journeys") and len(path) > 1:
        return words[-1]
    return Text(en=", ".join(w.en for w in words), es=", ".join(w.es for w in words))
