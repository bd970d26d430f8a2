"""Words of documents with versions that are not maps: node rules and libraries."""

from trayecto.vocabulary.text import Text

WORDS = {
    "changed": Text(
        en="Somebody else changed this document meanwhile.",
        es="Otra persona ha cambiado este documento mientras tanto.",
    ),
    "changed_way_out": Text(
        en="Nothing was written over. Look at what they changed, and save again.",
        es="No se ha sobrescrito nada. Mira qué ha cambiado y guarda otra vez.",
    ),
    "changed_by": Text(
        en="{who} changed it on {when}. Nothing of yours is lost: it is all still here, not saved.",
        es="{who} lo cambió el {when}. No has perdido nada: lo tuyo sigue aquí, sin guardar.",
    ),
    "their_changes": Text(en="What they changed", es="Qué cambió"),
    "keep_mine": Text(en="Save mine over it", es="Guardar lo mío encima"),
    "take_theirs": Text(en="Go on from theirs", es="Seguir desde lo suyo"),
    "outside": Text(en="Somebody, in the file", es="Alguien, en el fichero"),
    "versions": Text(en="Versions", es="Versiones"),
    "version": Text(en="Version {n}", es="Versión {n}"),
    "newest": Text(en="the newest", es="la más reciente"),
    "restore": Text(en="Restore it", es="Restaurarla"),
    "restored": Text(
        en="Version {n} stands again, as a new version.",
        es="La versión {n} vuelve a estar vigente, como versión nueva.",
    ),
    "first": Text(en="The first one.", es="La primera."),
    "added": Text(en="added", es="añadido"),
    "removed": Text(en="removed", es="quitado"),
    "more_lines": Text(en="and {n} lines more", es="y {n} líneas más"),
}
