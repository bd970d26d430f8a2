"""Words of the list of people behind a figure of a map."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="The people behind a figure", es="Las personas que hay detrás de una cifra"),
    "people": Text(en="Journeys: {n} · people: {who}", es="Trayectos: {n} · personas: {who}"),
    "cases": Text(en="Journeys: {n} · cases: {who}", es="Trayectos: {n} · casos: {who}"),
    "case": Text(en="Case", es="Caso"),
    "journeys": Text(en="Journeys", es="Trayectos"),
    "back": Text(en="Back to the map", es="Volver al mapa"),
    "reached": Text(en="who got here", es="quiénes llegan"),
    "onward": Text(en="who went on", es="quiénes siguen"),
    "left": Text(en="who left", es="quiénes se van"),
    "open": Text(en="who is still on the way", es="quiénes siguen en curso"),
    "repeated": Text(en="who came more than once", es="quiénes repiten"),
    "completed": Text(en="who completed it", es="quiénes llegan al final"),
}
