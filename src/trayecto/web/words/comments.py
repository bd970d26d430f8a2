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
    "edit": Text(en="Edit", es="Editar"),
    "save": Text(en="Save", es="Guardar"),
    "delete": Text(en="Delete", es="Eliminar"),
    "delete_sure": Text(
        en="It disappears for everybody. Answers to it stay.",
        es="Desaparece para todo el mundo. Las respuestas que tenga se quedan.",
    ),
    "delete_it": Text(en="Delete the comment", es="Eliminar el comentario"),
    "changed": Text(en="edited", es="editado"),
    "deleted": Text(en="This comment was deleted.", es="Este comentario se ha eliminado."),
    "added": Text(en="Comment added.", es="Comentario añadido."),
    "answered": Text(en="Reply added.", es="Respuesta añadida."),
    "is_settled": Text(
        en="Resolved: it is below, with the resolved ones.",
        es="Resuelto: está abajo, con los resueltos.",
    ),
    "is_open": Text(en="Open again.", es="Abierto de nuevo."),
    "is_changed": Text(en="Comment saved.", es="Comentario guardado."),
    "is_deleted": Text(en="Comment deleted.", es="Comentario eliminado."),
    "settled": Text(en="Resolved by {who}", es="Resuelto por {who}"),
    "mail_subject": Text(en="{who} names you on “{map}”", es="{who} te menciona en «{map}»"),
    "mail_text": Text(
        en="{who} has named you in a comment on the map “{map}”. Read it here:\n\n{link}",
        es="{who} te ha mencionado en un comentario del mapa «{map}». Léelo aquí:\n\n{link}",
    ),
    "gone": Text(en="somebody who has left", es="alguien que ya no está"),
}
