"""Words of shared maps."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="Share the map {title}", es="Compartir el mapa {title}"),
    "lead": Text(
        en="Whoever has the link sees the live map, read only and without personal data.",
        es="Quien tenga el enlace verá el mapa vivo, sin poder cambiarlo y sin datos personales.",
    ),
    "days": Text(en="For how many days", es="Durante cuántos días"),
    "password": Text(en="Password, if you want one", es="Contraseña, si quieres una"),
    "embeds": Text(
        en="It may be embedded in a page of another site",
        es="Puede mostrarse dentro de una página de otro sitio",
    ),
    "make": Text(en="Create the link", es="Crear el enlace"),
    "made": Text(
        en="This is the link; it is shown only now:",
        es="Este es el enlace; solo se muestra ahora:",
    ),
    "frame": Text(
        en="To embed it, put this in the page of the other site:",
        es="Para incrustarlo, pon esto en la página del otro sitio:",
    ),
    "not_both": Text(
        en="Inside another site’s page a browser does not keep the password. Leave it empty, or "
        "share the map by its link alone.",
        es="Dentro de la página de otro sitio, el navegador no conserva la contraseña. Déjala "
        "vacía o comparte el mapa solo con el enlace.",
    ),
    "links": Text(en="Open links", es="Enlaces abiertos"),
    "made_at": Text(en="Made", es="Creado"),
    "made_by": Text(en="By", es="Por"),
    "ends": Text(en="Ends", es="Termina"),
    "over": Text(en="ended", es="terminado"),
    "protected": Text(en="with password", es="con contraseña"),
    "framed": Text(en="for a page of another site", es="para una página de otro sitio"),
    "end": Text(en="Close it", es="Cerrarlo"),
    "none": Text(en="No link is open.", es="No hay ningún enlace abierto."),
    "password_title": Text(en="This map has a password", es="Este mapa tiene contraseña"),
    "open": Text(en="Open the map", es="Abrir el mapa"),
    "wrong": Text(
        en="That is not the password. After ten tries it is closed for ten minutes.",
        es="Esa no es la contraseña. Tras diez intentos, la puerta se cierra diez minutos.",
    ),
    "shared_by": Text(
        en="A live journey map, shared with you to read.",
        es="Un mapa de trayecto vivo, compartido contigo para leerlo.",
    ),
}
