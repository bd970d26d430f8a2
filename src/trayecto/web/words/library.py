"""Words of the library: what several maps share."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="What your maps share", es="Lo que comparten tus mapas"),
    "tab": Text(en="Library", es="Biblioteca"),
    "lead": Text(
        en="Personas, touchpoints and areas written once. A map takes them with “use”, and follows "
        "every change.",
        es="Arquetipos, puntos de contacto y áreas escritos una sola vez. Un mapa los toma con "
        "«use» y sigue cada cambio.",
    ),
    "none": Text(
        en="There is no library yet. Start one, for example with the persona that most of your "
        "maps are about.",
        es="Todavía no hay biblioteca. Empieza una, por ejemplo con el arquetipo del que tratan la "
        "mayoría de tus mapas.",
    ),
    "start": Text(en="Start a library", es="Empezar una biblioteca"),
    "short": Text(en="Short name", es="Nombre corto"),
    "short_help": Text(
        en="Small letters, figures and hyphens, such as house.",
        es="Minúsculas, cifras y guiones, como casa.",
    ),
    "short_wrong": Text(
        en="Use small letters, figures and hyphens, and a name that no map has.",
        es="Usa minúsculas, cifras y guiones, y un nombre que no tenga ningún mapa.",
    ),
    "persona": Text(en="Personas", es="Arquetipos"),
    "touchpoint": Text(en="Touchpoints", es="Puntos de contacto"),
    "area": Text(en="Areas", es="Áreas"),
    "a_persona": Text(en="persona", es="arquetipo"),
    "a_touchpoint": Text(en="touchpoint", es="punto de contacto"),
    "a_area": Text(en="area", es="área"),
    "add": Text(en="Add", es="Añadir"),
    "add_title": Text(en="Add to this library", es="Añadir a esta biblioteca"),
    "add_what": Text(en="What", es="Qué"),
    "add_name": Text(en="Its name", es="Su nombre"),
    "name_missing": Text(en="Give it a name.", es="Ponle un nombre."),
    "as_text": Text(en="As text", es="Como texto"),
    "text_help": Text(
        en="It is checked before it is saved; with a mistake in it, nothing changes.",
        es="Se comprueba antes de guardarlo; si tiene algún error, no cambia nada.",
    ),
    "wrong": Text(
        en="This library cannot be read; mend it as text.",
        es="Esta biblioteca no se entiende; corrígela como texto.",
    ),
    "save": Text(en="Save", es="Guardar"),
    "saved": Text(en="Saved. The maps that use it follow.", es="Guardado. Los mapas ya lo siguen."),
    "not_saved": Text(en="This could not be saved", es="No se ha podido guardar"),
    "conflict": Text(
        en="{who} changed the same meanwhile. Yours is still here, not saved.",
        es="{who} ha cambiado lo mismo mientras tanto. Lo tuyo sigue aquí, sin guardar.",
    ),
    "earlier": Text(en="Earlier", es="Antes"),
    "later": Text(en="Later", es="Después"),
    "not_yours": Text(
        en="Not saved: it is gone, or you may no longer change it. What you typed is still here.",
        es="Sin guardar: ya no está, o ya no puedes cambiarlo. Lo que has escrito sigue aquí.",
    ),
    "theirs": Text(en="{field}: now “{value}”", es="{field}: ahora «{value}»"),
    "used": Text(en="On the maps", es="En los mapas"),
    "used_by": Text(en="used by {n} maps", es="lo usan {n} mapas"),
    "used_none": Text(en="no map uses it yet", es="aún no lo usa ningún mapa"),
    "how_to_use": Text(
        en="In a map: library: [{file}] and {{use: {id}}}.",
        es="En un mapa: library: [{file}] y {{use: {id}}}.",
    ),
    "remove": Text(en="Take it out", es="Quitarlo"),
    "removed": Text(
        en="It is out of the library. An older version brings it back.",
        es="Ya no está en la biblioteca. Una versión anterior lo recupera.",
    ),
    "remove_used": Text(
        en="Maps still take it, so it stays: change them first.",
        es="Hay mapas que todavía lo toman, así que se queda: cámbialos primero.",
    ),
    "needs": Text(en="Needs", es="Necesita"),
    "motivations": Text(en="Moved by", es="Le mueve"),
    "frustrations": Text(en="Worn out by", es="Le agota"),
    "prefers": Text(en="Prefers", es="Prefiere"),
    "rule": Text(en="Which customers", es="Qué clientes"),
    "evidence": Text(en="Evidence", es="Evidencia"),
    "no_evidence": Text(en="none written: it is a hypothesis", es="sin anotar: es una hipótesis"),
    "no_rule": Text(en="no rule: nobody is counted for it", es="sin regla: no cuenta a nadie"),
    "edit": Text(en="Change it", es="Cambiarlo"),
    "back": Text(en="The whole library", es="Toda la biblioteca"),
    "area_of": Text(en="area of this library", es="área de esta biblioteca"),
    "area_own": Text(en="another, written below", es="otra, escrita abajo"),
}
