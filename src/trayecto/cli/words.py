"""The language of the command line: asked for, or the terminal's."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from trayecto.vocabulary.text import Language, Text


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """
    Return the language to speak: --language, else TRAYECTO_LANGUAGE, else the terminal's.

    >>> spoken(["graph", "--language", "en"], {"LANG": "es_ES.UTF-8"})
    'en'
    >>> spoken([], {"LANG": "es_MX.UTF-8"}), spoken([], {})
    ('es', 'en')
    """
    asked = [
        following
        for option, following in zip(arguments, [*arguments[1:], ""], strict=False)
        if option in ("--language", "-l")
    ]
    asked += [a.partition("=")[2] for a in arguments if a.startswith("--language=")]
    asked.append(environment.get("TRAYECTO_LANGUAGE", ""))
    asked += [environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    first = next((word for word in asked if word), "")
    return "es" if first.lower().startswith("es") else "en"


LANGUAGE: Language = spoken(sys.argv[1:], os.environ)


def say(en: str, es: str) -> str:
    """Return the words in the language spoken."""
    return Text(en=en, es=es).say(LANGUAGE)
