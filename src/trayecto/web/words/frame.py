"""Words around every page."""

from trayecto.vocabulary.text import Text

WORDS = {
    "product": Text(en="Trayecto", es="Trayecto"),
    "skip": Text(en="Skip to the content", es="Ir al contenido"),
    "sections": Text(en="Sections", es="Secciones"),
    "maps": Text(en="Maps", es="Mapas"),
    "nodes": Text(en="Nodes", es="Nodos"),
    "people": Text(en="People", es="Personas"),
    "voice": Text(en="Voice", es="Voz"),
    "improvements": Text(en="Improvements", es="Mejoras"),
    "data": Text(en="Data", es="Datos"),
    "team": Text(en="The team", es="El equipo"),
    "account": Text(en="Your account", es="Tu cuenta"),
    "sign_out": Text(en="Sign out", es="Salir"),
    "other_language": Text(en="Español", es="English"),
    "updating": Text(
        en="Data, rules or names have changed; these figures are being worked out again.",
        es="Han cambiado los datos, las reglas o los nombres; estas cifras se están recalculando.",
    ),
    "waiting_title": Text(en="This is being worked out", es="Lo estamos calculando"),
    "waiting": Text(
        en="It is asked for the first time since the app started or the data changed. The page "
        "shows itself as soon as the answer is there.",
        es="Es la primera vez que se pide desde que arrancó la aplicación o cambiaron los datos. "
        "La página se mostrará sola en cuanto esté la respuesta.",
    ),
    "copy": Text(en="Copy", es="Copiar"),
    "copied": Text(en="Copied", es="Copiado"),
    "look_again": Text(en="Look again", es="Volver a mirar"),
    "months": Text(
        en="Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        es="ene feb mar abr may jun jul ago sept oct nov dic",
    ),
    "mistake_title": Text(en="This did not work", es="Esto no ha funcionado"),
    "mistake_500": Text(
        en="The fault is ours, and it has been written down. Nothing you saved is lost.",
        es="El fallo es nuestro y ha quedado registrado. No se ha perdido nada de lo guardado.",
    ),
    "missing_title": Text(en="There is nothing here", es="Aquí no hay nada"),
    "missing": Text(
        en="The page has moved, or it belongs to a team you are not in.",
        es="La página ha cambiado de sitio o es de un equipo en el que no estás.",
    ),
    "link_title": Text(en="This link opens nothing", es="Este enlace no abre nada"),
    "link": Text(
        en="It has ended, was taken back or was copied in part. "
        "Ask whoever gave it to you for another.",
        es="Ha caducado, lo han retirado o se copió a medias. Pide otro a quien te lo dio.",
    ),
    "forbidden_title": Text(en="This is not yours to open", es="No tienes permiso para ver esto"),
    "forbidden": Text(
        en="An administrator of your team can give you the right.",
        es="Quien administra tu equipo puede darte el permiso.",
    ),
    "odd": Text(
        en="The address or the form holds something we cannot read. Go back and try again.",
        es="La dirección o el formulario llevan algo que no podemos leer. Vuelve atrás e "
        "inténtalo otra vez.",
    ),
    "often_title": Text(en="That was too often", es="Demasiados intentos"),
    "often": Text(
        en="Wait a few minutes and try again. Nothing is lost.",
        es="Espera unos minutos e inténtalo otra vez. No se ha perdido nada.",
    ),
    "enlarge": Text(en="Enlarge the picture", es="Ampliar la imagen"),
    "enlarge_help": Text(en="or tap it", es="o tócala"),
    "whole": Text(en="Show it whole", es="Verla entera"),
    "back_home": Text(en="Go to your maps", es="Ir a tus mapas"),
}
