"""Words of the pages on segments."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="Groups of customers by a rule", es="Grupos de clientes por una regla"),
    "lead": Text(
        en="A segment is whoever its rule holds for now. Use it in any question and on any map.",
        es="Un segmento es quien cumple su regla ahora. Úsalo en cualquier pregunta o mapa.",
    ),
    "none": Text(
        en="There are none yet. Try a rule below, such as “5 interactions or more”, and keep it.",
        es="Aún no hay ninguno. Prueba abajo una regla, como «5 interacciones o más», y guárdala.",
    ),
    "name": Text(en="Segment", es="Segmento"),
    "rule": Text(en="Rule", es="Regla"),
    "people": Text(en="People", es="Personas"),
    "share": Text(en="Of all", es="Del total"),
    "missing": Text(en="nobody has {names}", es="nadie tiene {names}"),
    "build": Text(en="Try a rule", es="Prueba una regla"),
    "build_help": Text(
        en="All lines must hold. Several values are set apart with commas; days are written "
        "2026-03-01.",
        es="Deben cumplirse todas las líneas. Varios valores se separan con comas; los días se "
        "escriben 2026-03-01.",
    ),
    "property": Text(en="Property", es="Propiedad"),
    "choose": Text(en="Choose a property …", es="Elige una propiedad…"),
    "finding": Text(en="Finding out what there is …", es="Averiguando qué hay…"),
    "sign": Text(en="Sign", es="Signo"),
    "value": Text(en="Value", es="Valor"),
    "is": Text(en="is", es="es"),
    "at_least": Text(en="at least", es="como mínimo"),
    "at_most": Text(en="at most", es="como máximo"),
    "count": Text(en="Count", es="Contar"),
    "holds": Text(
        en="It holds for {n:person|people}, {share} of all.",
        es="{n:persona la cumple|personas la cumplen}, {share} del total.",
    ),
    "empty": Text(
        en="Choose a property and write a value.", es="Elige una propiedad y escribe un valor."
    ),
    "called": Text(en="Name to keep it by", es="Nombre para guardarlo"),
    "keep": Text(en="Keep it as a segment", es="Guardar como segmento"),
    "no_name": Text(
        en="Give it a name with some letters, one that no segment has yet.",
        es="Dale un nombre con letras que aún no tenga ningún segmento.",
    ),
    "kept": Text(en="The segment is kept.", es="El segmento está guardado."),
    "document": Text(en="The document (segments.yaml)", es="El documento (segments.yaml)"),
    "document_help": Text(
        en="It is checked before it is written; with a mistake in it, nothing changes.",
        es="Se comprueba antes de escribirlo; si tiene algún error, no cambia nada.",
    ),
    "save": Text(en="Check and save", es="Comprobar y guardar"),
    "saved": Text(en="Saved.", es="Guardado."),
    "see": Text(en="See what they do", es="Ver qué hacen"),
    "changed": Text(
        en="Somebody changed the document meanwhile. Your text is here: compare it and save again.",
        es="Alguien ha cambiado el documento mientras tanto. Tu texto sigue aquí: compáralo y "
        "guarda otra vez.",
    ),
    "only_editors": Text(
        en="Only editors can change segments.", es="Solo quien edita puede cambiar los segmentos."
    ),
}
