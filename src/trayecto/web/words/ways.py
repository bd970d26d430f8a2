"""What to do next, on a page: in place of ways out that name the command line."""

from trayecto.vocabulary.text import Text

ON_PAGES = {
    "Give --before or --after.": Text(
        en="Ask for one step or more before or after.", es="Pide al menos un paso antes o después."
    ),
    "“trayecto segments --properties” lists what there is.": Text(
        en="The page of segments offers what there is.",
        es="La página de segmentos ofrece las que hay.",
    ),
    "Name them in order: trayecto funnel FIRST SECOND …": Text(
        en="Name them above, in order: where it begins, and what should follow.",
        es="Nómbralos arriba, en orden: dónde empieza y qué debería venir después.",
    ),
    "Bring some in with “trayecto import FILE --source NAME”.": Text(
        en="Bring a file in under “Data”.", es="Trae un fichero en «Datos»."
    ),
    "Take it out of --contains or of --avoids.": Text(
        en="Take it out of one of the two.", es="Quítalo de uno de los dos sitios."
    ),
    "Ask by person, name a property with --case, or map a case when importing.": Text(
        en="Ask by person, or say at the next import which column is the case.",
        es="Pregunta por persona o di en la próxima importación qué columna es el caso.",
    ),
    "Ask by case (--per case), or map an identifier when importing.": Text(
        en="Ask by case, or say at the next import which column identifies people.",
        es="Pregunta por caso o di en la próxima importación qué columna identifica a las "
        "personas.",
    ),
    "Give it with --mapping.": Text(
        en="Import the file again, with its mapping.",
        es="Importa otra vez el fichero, con su correspondencia.",
    ),
    "If you are sure, say it with --force; it can be undone with unlink.": Text(
        en="If you are sure, tick that you are and say it again; it can be undone by separating "
        "them.",
        es="Si tienes la certeza, marca que la tienes y dilo otra vez; se deshace separándolas.",
    ),
    "Look at “trayecto person” for what they were seen with, and unlink that too.": Text(
        en="Look below at what each was seen with, and separate that too.",
        es="Mira abajo con qué se vio cada uno y sepáralo también.",
    ),
    "“trayecto segments” says how many there are; look at the period too.": Text(
        en="The page of segments says how many there are; look at the period too.",
        es="La página de segmentos dice cuántos hay; mira también el periodo.",
    ),
    "Import more data, or take away --days or the map’s approval date.": Text(
        en="Import more data, or take the map’s approval date away.",
        es="Importa más datos o quita la fecha de aprobación del mapa.",
    ),
}
"""By the English of what the command line says."""


def on_page(text: Text) -> Text:
    """Return a text as a page says it."""
    return ON_PAGES.get(text.en, text)
