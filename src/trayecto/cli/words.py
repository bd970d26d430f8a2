"""The language of the command line: asked for, or the terminal's."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from trayecto.vocabulary.text import LANGUAGES, Language, Text


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """
    Return the language to speak: --language, else TRAYECTO_LANGUAGE, else the terminal's.

    >>> spoken(["graph", "--language", "en"], {"LANG": "es_ES.UTF-8"})
    'en'
    >>> spoken([], {"LANG": "es_MX.UTF-8"}), spoken([], {})
    ('es', 'en')
    """
    return asked(arguments, environment) or (
        "es" if _terminal(environment).lower().startswith("es") else "en"
    )


def asked(arguments: Sequence[str], environment: Mapping[str, str]) -> Language | None:
    """Return the language somebody asked for, by option or by TRAYECTO_LANGUAGE."""
    words = [
        following
        for option, following in zip(arguments, [*arguments[1:], ""], strict=False)
        if option in ("--language", "-l")
    ]
    words += [a.partition("=")[2] for a in arguments if a.startswith("--language=")]
    words.append(environment.get("TRAYECTO_LANGUAGE", ""))
    first = next((word for word in words if word), "")
    return next((language for language in LANGUAGES if first.lower().startswith(language)), None)


def _terminal(environment: Mapping[str, str]) -> str:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((environment[name] for name in names if environment.get(name)), "")


ASKED: Language | None = asked(sys.argv[1:], os.environ)
LANGUAGE: Language = spoken(sys.argv[1:], os.environ)


def say(en: str, es: str) -> str:
    """Return the words in the language spoken."""
    return Text(en=en, es=es).say(LANGUAGE)
