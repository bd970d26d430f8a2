"""Words of where a map belongs: its team, and the archive."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="Team and archive", es="Equipo y archivo"),
    "team": Text(en="Team", es="Equipo"),
    "team_help": Text(
        en="Who is in the team sees the map. Its versions, comments and links go with it.",
        es="El mapa lo ven quienes están en el equipo. Sus versiones, comentarios y enlaces van "
        "con él.",
    ),
    "of_team": Text(en="It belongs to", es="Pertenece a"),
    "move": Text(en="Move it", es="Pasarlo"),
    "moved": Text(
        en="The map is now the team’s: {team}.", es="Ahora el mapa es del equipo {team}."
    ),
    "archive": Text(en="Archive", es="Archivo"),
    "archive_help": Text(
        en="An archived map leaves the first page and every list. Nothing of it is lost, its "
        "links go on working, and it can come back.",
        es="Un mapa archivado deja la primera página y todas las listas. No se pierde nada, sus "
        "enlaces siguen sirviendo y puede volver.",
    ),
    "put": Text(en="Archive the map", es="Archivar el mapa"),
    "put_away": Text(
        en="The map is in the archive: the link at the end of the list opens it.",
        es="El mapa está en el archivo: se abre con el enlace del final de la lista.",
    ),
    "is_away": Text(en="This map is in the archive.", es="Este mapa está en el archivo."),
    "take_back": Text(en="Take it out of the archive", es="Sacarlo del archivo"),
    "taken_back": Text(
        en="The map is on the first page again.", es="El mapa vuelve a estar en la primera página."
    ),
    "archived": Text(en="Archived maps: {n}", es="Mapas archivados: {n}"),
    "of_archive": Text(en="Archived maps", es="Mapas archivados"),
    "for_team": Text(en="For the team", es="Para el equipo"),
    "choose": Text(en="Choose", es="Elegir"),
}
