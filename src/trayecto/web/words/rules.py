"""Words of the pages on node rules."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="Node rules", es="Reglas de nodos"),
    "lead": Text(
        en="Which interactions are which touchpoint, on which channel. The first rule that matches "
        "wins; what none matches keeps its own name.",
        es="Qué interacciones son qué punto de contacto, y en qué canal. Gana la primera regla que "
        "acierta; lo que ninguna acierta conserva su nombre.",
    ),
    "as_form": Text(en="As a form", es="Como formulario"),
    "as_text": Text(en="As text", es="Como texto"),
    "view": Text(en="How to edit the rules", es="Cómo editar las reglas"),
    "none": Text(
        en="There are no rules yet: every interaction keeps the name its system gave it. Draft "
        "some from the data, or add one, such as: name begins with help_ → Help.",
        es="Todavía no hay reglas: cada interacción conserva el nombre que le dio su sistema. "
        "Redáctalas a partir de los datos o añade una, como: el nombre empieza por ayuda_ → Ayuda.",
    ),
    "too_many": Text(
        en="With more than {n} rules, the text is the better place to edit them.",
        es="Con más de {n} reglas, el texto es mejor sitio para editarlas.",
    ),
    "rules": Text(en="The rules, in order", es="Las reglas, por orden"),
    "when": Text(en="When", es="Cuando"),
    "then": Text(en="Then it is", es="Entonces es"),
    "source": Text(en="source", es="origen"),
    "name": Text(en="name", es="nombre"),
    "channel": Text(en="channel received", es="canal recibido"),
    "property": Text(en="property", es="propiedad"),
    "value": Text(en="value", es="valor"),
    "how": Text(en="how {what} is compared", es="cómo se compara: {what}"),
    "way_glob": Text(en="is like", es="es como"),
    "way_equal": Text(en="is exactly", es="es exactamente"),
    "way_prefix": Text(en="begins with", es="empieza por"),
    "way_regex": Text(en="has the shape", es="tiene la forma"),
    "any": Text(en="any", es="cualquiera"),
    "any_interaction": Text(en="any interaction", es="cualquier interacción"),
    "touchpoint": Text(en="touchpoint", es="punto de contacto"),
    "to_channel": Text(en="channel", es="canal"),
    "side": Text(en="side", es="lado"),
    "side_front": Text(en="front stage", es="front stage"),
    "side_back": Text(en="back stage", es="back stage"),
    "area": Text(en="area", es="área"),
    "place": Text(en="place", es="lugar"),
    "place_online": Text(en="online", es="en línea"),
    "place_offline": Text(en="offline", es="presencial"),
    "as_received": Text(en="as received", es="el recibido"),
    "as_channel": Text(en="as its channel", es="según el canal"),
    "own_name": Text(en="its own name", es="su propio nombre"),
    "ways_help": Text(
        en="“Is like” takes * for any text and ? for any letter; “has the shape” is a regular "
        "expression (RE2) over the whole text.",
        es="«Es como» admite * por cualquier texto y ? por cualquier letra; «tiene la forma» es "
        "una expresión regular (RE2) sobre todo el texto.",
    ),
    "add": Text(en="Add a rule", es="Añadir una regla"),
    "new": Text(en="new rule", es="regla nueva"),
    "up": Text(en="Earlier", es="Antes"),
    "down": Text(en="Later", es="Después"),
    "remove": Text(en="Remove", es="Quitar"),
    "add_property": Text(en="Test a property", es="Mirar una propiedad"),
    "draft": Text(en="Draft from the data", es="Redactar a partir de los datos"),
    "draft_help": Text(
        en="Adds rules below yours for what none matches. Nothing is saved until you say so.",
        es="Añade debajo reglas para lo que ninguna acierta. No se guarda nada hasta que lo digas.",
    ),
    "save": Text(en="Save and apply", es="Guardar y aplicar"),
    "document": Text(en="The document (nodes.yaml)", es="El documento (nodes.yaml)"),
    "document_help": Text(
        en="It is checked before it is written; with a mistake in it, nothing changes.",
        es="Se comprueba antes de escribirlo; si tiene algún error, no cambia nada.",
    ),
    "wrong": Text(en="This cannot be saved yet", es="Así no se puede guardar todavía"),
    "line": Text(en="line {n}", es="línea {n}"),
    "catches": Text(en="What they catch", es="Qué recoge cada una"),
    "sum": Text(
        en="{total} interactions = {caught} by rules + {unmatched} by none",
        es="{total} interacciones = {caught} por reglas + {unmatched} por ninguna",
    ),
    "sum_kinds": Text(
        en="{kinds} kinds of interaction; {doubly} of them match several rules.",
        es="{kinds} clases de interacción; {doubly} aciertan en varias reglas.",
    ),
    "no_data": Text(
        en="There is no data yet to try them on.", es="Todavía no hay datos con que probarlas."
    ),
    "number": Text(en="No.", es="N.º"),
    "rule": Text(en="Rule", es="Regla"),
    "kinds": Text(en="Kinds", es="Clases"),
    "interactions": Text(en="Interactions", es="Interacciones"),
    "catches_nothing": Text(en="catches nothing", es="no recoge nada"),
    "taken": Text(
        en="{n} more match, and an earlier rule has them",
        es="{n} más aciertan y se las queda una regla anterior",
    ),
    "unmatched": Text(en="Matched by none", es="No las acierta ninguna"),
    "unmatched_help": Text(
        en="They keep the name they came with as their touchpoint.",
        es="Conservan como punto de contacto el nombre con el que llegaron.",
    ),
    "all_matched": Text(
        en="Nothing: every interaction matches a rule.",
        es="Nada: toda interacción acierta en alguna regla.",
    ),
    "doubly": Text(en="Matched by several", es="Las aciertan varias"),
    "doubly_help": Text(
        en="The first rule has them, and they are counted there.",
        es="Se las queda la primera regla, y ahí se cuentan.",
    ),
    "rules_of": Text(en="Rules", es="Reglas"),
    "kind": Text(en="Kind of interaction", es="Clase de interacción"),
    "more_kinds": Text(en="and {n} kinds more", es="y {n} clases más"),
    "only_read": Text(
        en="Only editors can change the rules.", es="Solo quien edita puede cambiar las reglas."
    ),
}
