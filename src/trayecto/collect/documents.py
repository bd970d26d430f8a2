"""The small YAML documents that say how data is read: column mappings and node rules."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trayecto.vocabulary.errors import TrayectoError
from trayecto.vocabulary.tree import stop_if_hostile
from trayecto.vocabulary.unreadable import unreadable


def load(text: str, *, file: str) -> Any:
    """
    Return a document with the lines of its fields; raise, with the line, when it is no plain YAML.

    Whoever asks for the same text again is given the same document: nobody may change it.
    """
    try:
        return _parsed(text, file)
    except YAMLError as error:
        raise TrayectoError(unreadable(error, text=text, file=file)) from error


@lru_cache(maxsize=8)
def _parsed(text: str, file: str) -> Any:
    stop_if_hostile(text, file=file)
    return YAML().load(text)
