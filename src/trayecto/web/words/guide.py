"""Words of guided creation."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="A map, question by question", es="Un mapa, pregunta a pregunta"),
    "begin_one": Text(en="Draw it question by question", es="Dibujarlo pregunta a pregunta"),
    "lead": Text(
        en="Why, for whom, which stages, what they want and ask, where you meet, how it feels, "
        "how long it takes. Twenty minutes; every answer is kept, so you may stop at any time.",
        es="Para qué, para quién, qué etapas, qué quieren y preguntan, dónde os encontráis, cómo "
        "se siente, cuánto tarda. Veinte minutos; cada respuesta se guarda, así que puedes parar "
        "cuando quieras.",
    ),
    "begin": Text(en="Begin", es="Empezar"),
    "waiting": Text(en="Started, and waiting for you", es="Empezados, a la espera"),
    "untitled": Text(en="no title yet", es="aún sin título"),
    "so_far": Text(en="{n} of {of} answered", es="{n} de {of} respondidas"),
    "progress": Text(en="How much is answered", es="Cuánto está respondido"),
    "example": Text(en="For example:", es="Por ejemplo:"),
    "method": Text(en="The whole method", es="El método entero"),
    "next": Text(en="Next", es="Siguiente"),
    "skip": Text(en="Leave it empty", es="Dejarla vacía"),
    "back": Text(en="Back", es="Atrás"),
    "drop": Text(en="Discard this map", es="Descartar este mapa"),
    "level_-2": Text(en="awful", es="fatal"),
    "level_-1": Text(en="bad", es="mal"),
    "level_0": Text(en="neither good nor bad", es="ni bien ni mal"),
    "level_1": Text(en="good", es="bien"),
    "level_2": Text(en="delighted", es="de maravilla"),
    "word": Text(en="In a word, if you have one", es="En una palabra, si la tienes"),
    "stage": Text(en="Stage {n}", es="Etapa {n}"),
    "touchpoint": Text(en="Touchpoint {n}", es="Punto de contacto {n}"),
    "channel": Text(en="Channel of touchpoint {n}", es="Canal del punto de contacto {n}"),
    "channel_by_name": Text(en="by its name", es="según el nombre"),
    "more": Text(en="More rows", es="Más filas"),
    "choose": Text(en="Choose a touchpoint …", es="Elige un punto de contacto…"),
    "dropped": Text(en="“{title}” is discarded.", es="«{title}» está descartado."),
    "dropped_untitled": Text(en="The map is discarded.", es="El mapa está descartado."),
    "put_back": Text(en="Put it back", es="Recuperarlo"),
    "kept": Text(
        en="Kept as you go. At the end the map is drawn and you can change everything.",
        es="Se guarda a medida que avanzas. Al final se dibuja el mapa y podrás cambiarlo todo.",
    ),
}
