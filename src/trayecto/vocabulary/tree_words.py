"""What the reader of YAML texts says when it cannot go on."""

from __future__ import annotations

from trayecto.vocabulary.text import Text


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
    en="From here on there are more values than a document can hold.",
    es="A partir de aquí hay más valores de los que caben en un documento.",
)
MANY = Text(en="A second document begins here.", es="Aquí empieza un segundo documento.")
SPLIT = Text(en="Write one document per file.", es="Escribe un solo documento por archivo.")
LESS = Text(en="Divide it, or take out what nothing uses.", es="Divídelo o quita lo que nada use.")
FLATTER = Text(
    en="Check the brackets and the indentation.", es="Revisa los corchetes y el sangrado."
)
EMPTY = Text(en="The document is empty.", es="El documento está vacío.")
TAG = Text(
    en='A YAML tag ("!…") stands here; a document takes plain values only.',
    es="Aquí hay una etiqueta YAML («!…»); un documento solo admite valores sencillos.",
)
NO_TAG = Text(
    en="Remove it, or put the text between quotes.", es="Quítala o entrecomilla el texto."
)
KEY = Text(en="A field's name must be a word.", es="El nombre de un campo debe ser una palabra.")
NAME_IT = Text(en='Write "name: value".', es="Escribe «nombre: valor».")
DEFINE = Text(en="Write the value out instead.", es="Escribe el valor completo en su lugar.")
