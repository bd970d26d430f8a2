"""What somebody did, in the audit log: by what is kept of it."""

from trayecto.vocabulary.text import Text, same

WORDS = {
    "people behind a figure": Text(
        en="opened the people behind a figure", es="abrió las personas de una cifra"
    ),
    "people and texts behind a touchpoint": Text(
        en="opened who was at a touchpoint, and what they wrote",
        es="abrió quién estuvo en un punto de contacto y qué escribió",
    ),
    "people searched": Text(en="searched for people", es="buscó personas"),
    "people exported": Text(en="took a list of people", es="se llevó una lista de personas"),
    "person seen": Text(en="opened a person", es="abrió una persona"),
    "person exported": Text(
        en="took everything known of a person", es="se llevó todo lo que se sabe de una persona"
    ),
    "person erased": Text(en="erased a person", es="borró a una persona"),
    "merged": Text(en="joined two people", es="unió a dos personas"),
    "parted": Text(en="separated a person in two", es="separó a una persona en dos"),
    "pairs reviewed": Text(
        en="opened the pairs that may be one",
        es="abrió las parejas que pueden ser la misma persona",
    ),
    "pair judged same": Text(
        en="said that two are one person", es="dijo que dos son la misma persona"
    ),
    "pair judged different": Text(
        en="said that two are different people", es="dijo que dos son personas distintas"
    ),
    "pair judged unsure": Text(en="was not sure of a pair", es="no lo tuvo claro con una pareja"),
    "segments counted": Text(en="opened the segments", es="abrió los segmentos"),
    "rule counted": Text(en="counted who follows a rule", es="contó a quién cumple una regla"),
    "segment kept": Text(en="kept a segment", es="guardó un segmento"),
    "segments changed": Text(en="changed the segments", es="cambió los segmentos"),
    "shared": Text(en="shared a map", es="compartió un mapa"),
    "share ended": Text(en="ended a link", es="terminó un enlace"),
    "version approved": Text(en="approved a version", es="aprobó una versión"),
    "library changed": Text(en="changed the library", es="cambió la biblioteca"),
    "node rules changed": Text(en="changed the node rules", es="cambió las reglas de nodos"),
    "nodes named": Text(en="named nodes", es="puso nombre a nodos"),
    "import": Text(en="imported a file", es="importó un fichero"),
    "import stopped": Text(en="stopped an import", es="paró una importación"),
    "replay stopped": Text(en="stopped trying rows again", es="paró el reintento de filas"),
    "nodes stopped": Text(
        en="stopped applying the node rules", es="paró la aplicación de las reglas de nodos"
    ),
    "rejected rows seen": Text(en="opened rows kept aside", es="abrió filas apartadas"),
    "rejects tried again": Text(
        en="tried rows again that were kept aside", es="reintentó filas apartadas"
    ),
    "member removed": Text(en="removed somebody from the team", es="quitó a alguien del equipo"),
    "rights changed": Text(en="changed somebody’s rights", es="cambió los permisos de alguien"),
    "team made": Text(en="created a team", es="creó un equipo"),
    "team renamed": Text(en="renamed a team", es="cambió el nombre de un equipo"),
    "map moved": Text(en="moved a map to another team", es="pasó un mapa a otro equipo"),
    "map put away": Text(en="archived a map", es="archivó un mapa"),
    "map taken back": Text(en="took a map out of the archive", es="sacó un mapa del archivo"),
    "comment deleted": Text(
        en="deleted somebody’s comment", es="eliminó un comentario de otra persona"
    ),
    "invited": Text(en="invited somebody", es="invitó a alguien"),
    "joined by sign-on": Text(
        en="came in by the company’s own door", es="entró por el acceso de la empresa"
    ),
}


def act_said(act: str) -> Text:
    """Return what somebody did in words; of an older program it may have no others."""
    return WORDS.get(act, same(act))
