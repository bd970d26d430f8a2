"""Why a YAML text that a person wrote cannot be read, in words and with the line to look at."""

from __future__ import annotations

import re

from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from trayecto.vocabulary.errors import Problem
from trayecto.vocabulary.text import Text

KEEP_ONE = Text(en="Keep one of the two.", es="Deja solo uno de los dos.")
LETTER = Text(
    en="There is a character here that text cannot contain.",
    es="Aquí hay un carácter que un texto no puede contener.",
)
ERASE = Text(en="Delete it and save the file as UTF-8.", es="Bórralo y guarda el archivo en UTF-8.")
BROKEN = Text(
    en="The YAML cannot be understood from here on.",
    es="A partir de aquí no se entiende el YAML.",
)
LOOK = Text(
    en="Check the indentation, the colons and the quotes of this line and the one above.",
    es="Revisa el sangrado, los dos puntos y las comillas de esta línea y de la anterior.",
)

# What the parser says (its words are English and about tokens) → what the author should hear.
SYNTAX: tuple[tuple[str, Text, Text], ...] = (
    (
        r"'\t'",
        Text(en="There is a tab here.", es="Aquí hay un tabulador."),
        Text(en="Indent with spaces.", es="Usa espacios para sangrar."),
    ),
    (
        "mapping values are not allowed",
        Text(en="There is one colon too many here.", es="Aquí sobran unos dos puntos."),
        Text(
            en="Put a text that contains a colon between quotes, and check the indentation.",
            es="Entrecomilla el texto que lleva dos puntos y revisa el sangrado.",
        ),
    ),
    (
        "quoted scalar",
        Text(
            en="A quote is opened here and never closed.",
            es="Aquí se abren unas comillas que no se cierran.",
        ),
        Text(en="Close it with the same mark.", es="Ciérralas con el mismo signo."),
    ),
    (
        "could not find expected ':'",
        Text(en="A colon is missing.", es="Faltan unos dos puntos."),
        Text(
            en='Write each field as "name: value".', es="Escribe cada campo así: «nombre: valor»."
        ),
    ),
    (
        "flow",
        Text(
            en="A bracket or brace is not closed, or a comma is missing.",
            es="Falta cerrar un corchete o una llave, o falta una coma.",
        ),
        Text(
            en="Write [one, two] or {name: value, name: value}.",
            es="Escribe [uno, dos] o {nombre: valor, nombre: valor}.",
        ),
    ),
    (
        "cannot start any token",
        Text(
            en="A value cannot begin with this character.",
            es="Un valor no puede empezar por este carácter.",
        ),
        Text(en="Put the text between quotes.", es="Entrecomilla el texto."),
    ),
    (
        "block",
        Text(
            en="This line is not indented like its neighbours.",
            es="Esta línea no tiene el mismo sangrado que las de al lado.",
        ),
        Text(
            en="Align the fields of one thing on the same column, and close the quotes above.",
            es="Alinea en una columna los campos de una misma cosa y cierra las comillas previas.",
        ),
    ),
)


def unreadable(error: YAMLError, *, text: str, file: str | None = None) -> Problem:
    """
    Return the complaint of YAML's reader in our words, at the line where the author should look.

    *text* is what was read: a character that no text may hold is found in it.
    """
    if isinstance(error, DuplicateKeyError):
        return _twice(error, file)
    if isinstance(error, MarkedYAMLError):
        return _syntax(error, file)
    if isinstance(error, ReaderError):
        at = error.position if isinstance(error.position, int) else 0
        line = text.count("\n", 0, at) + 1
        return Problem(LETTER, ERASE, file=file, line=line)
    return Problem(BROKEN, LOOK, file=file)


def twice(name: str, first: int | None) -> Text:
    """Say that a field is written twice, and on which line the first is, if that is known."""
    if first is None:
        return Text(en=f'"{name}" is written twice.', es=f"«{name}» está escrito dos veces.")
    return Text(
        en=f'"{name}" is written twice; first on line {first}.',
        es=f"«{name}» está escrito dos veces; la primera, en la línea {first}.",
    )


def _twice(error: DuplicateKeyError, file: str | None) -> Problem:
    found = re.search(r'duplicate key "(.*?)"', error.problem or "")
    name, mark = found[1] if found else "", error.problem_mark
    line = mark.line + 1 if mark else None
    return Problem(twice(name, None), KEEP_ONE, file=file, line=line, field=name or None)


def _syntax(error: MarkedYAMLError, file: str | None) -> Problem:
    complaint = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    what, way_out = next((words for sign, *words in SYNTAX if sign in complaint), (BROKEN, LOOK))
    if error.context_mark and "quoted scalar" in complaint:
        mark = error.context_mark
    return Problem(what, way_out, file=file, line=mark.line + 1 if mark else 1)
