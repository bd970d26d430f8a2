"""What the reader of YAML texts says when it cannot go on."""

from __future__ import annotations

from trayecto.vocabulary.text import Text


def twice(name: str, line: int) -> Text:
    """Say that a field is written twice."""
    return Text(
        en=f'"{name}" is written twice; first on line {line}.',
        es=f"«{name}» está escrito dos veces; la primera, en la línea {line}.",
    )


def alias_unknown(name: str) -> Text:
    """Say that an alias has no anchor above it."""
    return Text(
        en=f'"*{name}" points to nothing above it.',
        es=f"«*{name}» no apunta a nada que esté más arriba.",
    )


TOO_BIG = Text(en="The document is over 2 MB.", es="El documento pasa de 2 MB.")
TOO_DEEP = Text(
    en="Fields are nested too deeply here.", es="Aquí hay campos anidados a demasiada profundidad."
)
TOO_MANY = Text(
    en="From here on there are more values than a map can hold.",
    es="A partir de aquí hay más valores de los que caben en un mapa.",
)
MANY = Text(en="A second document begins here.", es="Aquí empieza un segundo documento.")
SPLIT = Text(en="Write one map per file.", es="Escribe un solo mapa por archivo.")
EMPTY = Text(en="The document is empty.", es="El documento está vacío.")
BEGIN = Text(
    en="Begin with three fields: map, title and stages.",
    es="Empieza con tres campos: map, title y stages.",
)
TAG = Text(
    en='A YAML tag ("!…") stands here; a map takes plain values only.',
    es="Aquí hay una etiqueta YAML («!…»); un mapa solo admite valores sencillos.",
)
NO_TAG = Text(
    en="Remove it, or put the text between quotes.", es="Quítala o entrecomilla el texto."
)
KEY = Text(en="A field's name must be a word.", es="El nombre de un campo debe ser una palabra.")
NAME_IT = Text(en='Write "name: value".', es="Escribe «nombre: valor».")
KEEP_ONE = Text(en="Keep one of the two.", es="Deja solo uno de los dos.")
DEFINE = Text(en="Write the value out instead.", es="Escribe el valor completo en su lugar.")
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
        Text(en='Write {es: "…", en: "…"}.', es="Escribe {es: «…», en: «…»} con comillas rectas."),
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
