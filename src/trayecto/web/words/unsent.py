"""Words about what somebody typed and has not saved."""

from trayecto.vocabulary.text import Text

WORDS = {
    "offer": Text(
        en="What you typed here on {when} was never saved.",
        es="Lo que escribiste aquí el {when} no se llegó a guardar.",
    ),
    "put_back": Text(en="Put it back", es="Recuperarlo"),
    "drop": Text(en="Discard it", es="Descartarlo"),
    "dropped": Text(en="Discarded.", es="Descartado."),
    "undo": Text(en="Undo", es="Deshacer"),
    "back": Text(
        en="It is back in the form. Read it over and save it.",
        es="Ya está otra vez en el formulario. Repásalo y guárdalo.",
    ),
    "elsewhere": Text(
        en="What you sent from “{page}” was not saved. It is kept in this browser.",
        es="Lo que enviaste desde «{page}» no se guardó. Sigue en este navegador.",
    ),
    "go": Text(en="Go to it", es="Ir a ello"),
    "signed_out": Text(
        en="Your session has ended. What you have typed is kept in this browser.",
        es="Tu sesión ha terminado. Lo que has escrito sigue en este navegador.",
    ),
    "sign_in": Text(en="Sign in and go on", es="Entrar y seguir"),
    "offline": Text(
        en="There is no connection, and nothing was sent. What you have typed is still here: save "
        "again when the connection is back.",
        es="No hay conexión y no se ha enviado nada. Lo que has escrito sigue aquí: guarda otra "
        "vez cuando vuelva.",
    ),
    "online": Text(
        en="The connection is back: save again.", es="Ha vuelto la conexión: guarda otra vez."
    ),
    "failed": Text(
        en="It could not be saved just now. What you have typed is still here: try again in a "
        "while.",
        es="Ahora mismo no se ha podido guardar. Lo que has escrito sigue aquí: prueba otra vez "
        "dentro de un rato.",
    ),
    "close": Text(en="Close", es="Cerrar"),
    "stale_title": Text(en="This page was out of date", es="La página se había quedado antigua"),
    "stale": Text(
        en="It was opened before you signed in again, so nothing was saved. Open it anew: what you "
        "typed is offered there.",
        es="Se abrió antes de que volvieras a entrar y por eso no se ha guardado nada. Ábrela otra "
        "vez: allí podrás recuperar lo que escribiste.",
    ),
    "open_anew": Text(en="Open it anew", es="Abrirla otra vez"),
}
