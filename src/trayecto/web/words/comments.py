"""Words of comments."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="Comments on {title}", es="Comentarios sobre {title}"),
    "comments": Text(en="Comments", es="Comentarios"),
    "none": Text(en="Nobody has said anything here yet.", es="Aquí aún nadie ha dicho nada."),
    "all_settled": Text(
        en="Everything said here is resolved.", es="Todo lo dicho aquí está resuelto."
    ),
    "settled_ones": Text(en="Resolved ({n})", es="Resueltos ({n})"),
    "say": Text(en="Add a comment", es="Añadir un comentario"),
    "say_help": Text(
        en="Mention somebody with @, for example @{name}.",
        es="Nombra a alguien con @, por ejemplo @{name}.",
    ),
    "names": Text(en="Members of the team", es="Personas del equipo"),
    "add": Text(en="Comment", es="Comentar"),
    "answer": Text(en="Reply", es="Responder"),
    "settle": Text(en="Resolve", es="Dar por resuelto"),
    "reopen": Text(en="Reopen", es="Volver a abrir"),
    "settled": Text(en="Resolved by {who}", es="Resuelto por {who}"),
    "mail_subject": Text(en="{who} names you on “{map}”", es="{who} te menciona en «{map}»"),
    "mail_text": Text(
        en="{who} has named you in a comment on the map “{map}”. Read it here:\n\n{link}",
        es="{who} te ha mencionado en un comentario del mapa «{map}». Léelo aquí:\n\n{link}",
    ),
    "gone": Text(en="somebody who has left", es="alguien que ya no está"),
}
