"""
Every fixed word of the app, in both languages, a module for each part.

A template asks for `area.key`; the area is the module's name.
"""

from __future__ import annotations

from trayecto.vocabulary.text import Text
from trayecto.web.words import (
    accounts,
    audit,
    behind,
    comments,
    data,
    documents,
    factor,
    frame,
    glossary,
    guide,
    home,
    keys,
    library,
    maps,
    method,
    nodes,
    people,
    place,
    questions,
    rules,
    segments,
    sharing,
    sources,
    unsent,
    week,
)

AREAS: dict[str, dict[str, Text]] = {
    "accounts": accounts.WORDS,
    "audit": audit.WORDS,
    "behind": behind.WORDS,
    "comments": comments.WORDS,
    "data": data.WORDS,
    "factor": factor.WORDS,
    "documents": documents.WORDS,
    "frame": frame.WORDS,
    "glossary": glossary.WORDS,
    "guide": guide.WORDS,
    "home": home.WORDS,
    "keys": keys.WORDS,
    "library": library.WORDS,
    "maps": maps.WORDS,
    "method": method.WORDS,
    "nodes": nodes.WORDS,
    "people": people.WORDS,
    "place": place.WORDS,
    "questions": questions.WORDS,
    "rules": rules.WORDS,
    "segments": segments.WORDS,
    "sharing": sharing.WORDS,
    "sources": sources.WORDS,
    "unsent": unsent.WORDS,
    "week": week.WORDS,
}


def phrase(key: str) -> Text:
    """Return the words of `area.key`."""
    area, _, name = key.partition(".")
    return AREAS[area][name]
