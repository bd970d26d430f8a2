"""Words of comments."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="What is said about {title}", es="Lo que se dice de {title}"),
    "comments": Text(en="Comments", es="Comentarios"),
    "none": Text(en="Nobody has said anything here yet.", es="Aquí aún nadie ha dicho nada."),
    "say": Text(en="Say something", es="Decir algo"),
    "say_help": Text(
        en="Name somebody with @, for example @{name}.",
        es="Nombra a alguien con @, por ejemplo @{name}.",
    ),
    "add": Text(en="Comment", es="Comentar"),
    "answer": Text(en="Answer", es="Responder"),
    "settle": Text(en="Settle", es="Dar por resuelto"),
    "reopen": Text(en="Open again", es="Volver a abrir"),
    "settled": Text(en="Settled by {who}", es="Resuelto por {who}"),
    "gone": Text(en="somebody who has left", es="alguien que ya no está"),
}
