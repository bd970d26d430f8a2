"""Words of the pages on single people."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="Who our customers are", es="Quiénes son nuestros clientes"),
    "how_many": Text(
        en="{n:person is|people are} known.", es="{n:persona conocida|personas conocidas}."
    ),
    "nobodys": Text(
        en="Interactions of nobody we can tell: {n}.",
        es="Interacciones que no se sabe de quién son: {n}.",
    ),
    "logged": Text(
        en="Every look at somebody is written down: who looked, when, and at whose code.",
        es="Cada consulta queda registrada: quién miró, cuándo y qué código.",
    ),
    "search": Text(
        en="Part of an e-mail, phone, account or other identifier",
        es="Parte de un correo, un teléfono, una cuenta u otro identificador",
    ),
    "find": Text(en="Find", es="Buscar"),
    "none_yet": Text(
        en="Bring in data that says whose each interaction is, and its people will be here.",
        es="Trae datos que digan de quién es cada interacción y aquí aparecerán esas personas.",
    ),
    "found_none": Text(
        en="Nobody has an identifier like that. Try fewer letters, or another identifier.",
        es="Nadie tiene un identificador así. Prueba con menos letras o con otro identificador.",
    ),
    "person": Text(en="Person", es="Persona"),
    "identifiers": Text(en="Identifiers", es="Identificadores"),
    "interactions": Text(en="Interactions", es="Interacciones"),
    "times": Text(en="Times", es="Veces"),
    "first": Text(en="First", es="Primera"),
    "last": Text(en="Last", es="Última"),
    "found": Text(
        en="{n:person has|people have} this.", es="{n:persona lo tiene|personas lo tienen}."
    ),
    "found_many": Text(
        en="{n} people have this. Here are the {most} who did most of the first {within}; write "
        "more of it to find the others.",
        es="Lo tienen {n} personas. Aquí están las {most} que más hicieron de las {within} "
        "primeras; escribe más para encontrar a las demás.",
    ),
    "first_only": Text(
        en="The {n} who did most are shown.", es="Se muestran las {n} que más hicieron."
    ),
    "who_at": Text(en="Who was at “{node}”", es="Quiénes pasaron por «{node}»"),
    "who_then": Text(
        en="Who went from “{node}” straight to “{then}”",
        es="Quiénes fueron de «{node}» directamente a «{then}»",
    ),
    "people_there": Text(en="{n:person|people}", es="{n:persona|personas}"),
    "take_list": Text(
        en="Take the list (CSV, with identifiers)", es="Llévate la lista (CSV, con identificadores)"
    ),
    "segments": Text(en="Segments", es="Segmentos"),
    "review": Text(en="People who may be one", es="Personas que pueden ser la misma"),
    "seen": Text(
        en="{n:interaction|interactions}, from {first} to {last}.",
        es="{n:interacción|interacciones}, del {first} al {last}.",
    ),
    "was": Text(en="Known before as {codes}.", es="Antes se conocía como {codes}."),
    "identities": Text(en="Identities and their evidence", es="Identidades y su evidencia"),
    "kind": Text(en="Kind", es="Tipo"),
    "identifier": Text(en="Identifier", es="Identificador"),
    "since": Text(en="Since", es="Desde"),
    "source": Text(en="Source", es="Origen"),
    "seen_with": Text(en="Seen with", es="Visto junto a"),
    "no_identities": Text(
        en="No identifier is theirs alone.", es="Ningún identificador es solo suyo."
    ),
    "kind_user_id": Text(en="account", es="cuenta"),
    "kind_email": Text(en="e-mail", es="correo"),
    "kind_phone": Text(en="phone", es="teléfono"),
    "kind_external": Text(en="outside identifier", es="identificador externo"),
    "kind_anonymous_id": Text(en="device", es="dispositivo"),
    "traits": Text(en="What is known of them", es="Lo que se sabe"),
    "property": Text(en="Property", es="Propiedad"),
    "value": Text(en="Value", es="Valor"),
    "said_at": Text(en="Said on", es="Dicho el"),
    "no_traits": Text(
        en="Their interactions carry no properties.",
        es="Sus interacciones no dicen ninguna propiedad.",
    ),
    "consents": Text(en="May we contact them?", es="¿Se puede contactar?"),
    "contact": Text(en="Contact", es="Contacto"),
    "channel": Text(en="Channel", es="Canal"),
    "purpose": Text(en="Purpose", es="Finalidad"),
    "answer": Text(en="Answer", es="Respuesta"),
    "given": Text(en="yes", es="sí"),
    "refused": Text(en="no", es="no"),
    "no_consents": Text(
        en="They have not said. Unknown is not a yes.",
        es="No lo han dicho. No saberlo no es un sí.",
    ),
    "timeline": Text(en="What they did, newest first", es="Lo que hizo, lo último primero"),
    "which_moments": Text(en="{first}–{last} of {all}", es="{first}–{last} de {all}"),
    "later": Text(en="Later", es="Más recientes"),
    "earlier": Text(en="Earlier", es="Anteriores"),
    "felt_good": Text(en="felt good", es="se sintió bien"),
    "felt_bad": Text(en="felt bad", es="se sintió mal"),
    "felt_neutral": Text(en="felt neither", es="ni bien ni mal"),
    "scored": Text(en="gave {n}", es="puso un {n}"),
    "on_maps": Text(en="Where they are on your maps", es="Dónde está en tus mapas"),
    "map": Text(en="Map", es="Mapa"),
    "journey": Text(en="Journey", es="Trayecto"),
    "stands_at": Text(en="Last seen at", es="Visto por última vez en"),
    "stands": Text(en="How it stands", es="Cómo está"),
    "outcome_completed": Text(en="completed", es="completo"),
    "outcome_left": Text(en="left", es="abandonado"),
    "outcome_still_open": Text(en="still open", es="en curso"),
    "off_map": Text(en="off the map", es="fuera del mapa"),
    "on_no_map": Text(
        en="On none of your maps that have been measured by person.",
        es="En ninguno de tus mapas medidos por persona.",
    ),
    "follows": Text(en="What usually follows “{node}”", es="Lo que suele venir tras «{node}»"),
    "nothing_follows": Text(en="Nobody went on from there.", es="Nadie siguió desde ahí."),
    "merge": Text(en="They are somebody else too", es="Es también otra persona"),
    "merge_help": Text(
        en="Write another identifier or code of the same person. It can be undone: split the two "
        "identifiers again.",
        es="Escribe otro identificador o código de la misma persona. Se puede deshacer: vuelve a "
        "separar los dos identificadores.",
    ),
    "merge_other": Text(en="Identifier or code", es="Identificador o código"),
    "merge_own": Text(en="Is the same as", es="Es la misma que"),
    "merge_sure": Text(
        en="I am sure, although both have an account",
        es="Tengo la certeza, aunque las dos tengan cuenta",
    ),
    "merge_do": Text(en="Join", es="Unir"),
    "merged": Text(en="They are one person now.", es="Ahora son una persona."),
    "split": Text(en="These are two people", es="Son dos personas"),
    "split_help": Text(
        en="Choose two identifiers that are not the same person's. What joined them is undone.",
        es="Elige dos identificadores que no sean de la misma persona. Se separa lo que los une.",
    ),
    "split_one": Text(en="One", es="Uno"),
    "split_other": Text(en="Other", es="Otro"),
    "split_do": Text(en="Split", es="Separar"),
    "parted": Text(en="They are two people now.", es="Ahora son dos personas."),
    "choose_two": Text(
        en="Choose two different identifiers.", es="Elige dos identificadores distintos."
    ),
    "export": Text(
        en="Download everything known about them (JSON)", es="Descargar todo lo que se sabe (JSON)"
    ),
    "forget": Text(en="Erase this person", es="Borrar a esta persona"),
    "forget_title": Text(en="Erase {code} for good", es="Borrar {code} para siempre"),
    "forget_lead": Text(
        en="Every interaction and identifier of theirs goes from every table and every file, and "
        "what comes later is suppressed. This is the one thing here that cannot be undone.",
        es="Desaparecen todas sus interacciones e identificadores de todas las tablas y ficheros, "
        "y se suprime lo que llegue después. Es lo único aquí que no se puede deshacer.",
    ),
    "forget_type": Text(en="To confirm, type {code}", es="Para confirmar, escribe {code}"),
    "forget_do": Text(en="Erase for good", es="Borrar para siempre"),
    "forget_wrong": Text(
        en="That is not the code. Nothing was erased.",
        es="Ese no es el código. No se ha borrado nada.",
    ),
    "forgotten": Text(
        en="Erased: {interactions:interaction|interactions} and "
        "{identifiers:identifier|identifiers}.",
        es="Borrado: {interactions:interacción|interacciones} y "
        "{identifiers:identificador|identificadores}.",
    ),
    "nobody": Text(
        en="Nobody has this code: the person has been erased, or the address is not whole.",
        es="Nadie tiene este código: se ha borrado a la persona, o la dirección no está completa.",
    ),
    "back": Text(en="Back to the person", es="Volver a la persona"),
    "review_lead": Text(
        en="Nothing is joined until you say so. What you answer is kept, with your name. The "
        "figure beside each fact is its weight: every point doubles the odds that they are one.",
        es="Nada se une hasta que tú lo digas. Tu respuesta queda guardada con tu nombre. La cifra "
        "junto a cada dato es su peso: cada punto hace el doble de probable que sean la misma.",
    ),
    "one": Text(en="One", es="Una"),
    "other": Text(en="The other", es="La otra"),
    "review_none": Text(
        en="No pair of people looks alike enough to ask you about.",
        es="Ninguna pareja se parece tanto como para preguntarte.",
    ),
    "review_doubts": Text(
        en="Left unsure: {n}. Look at them again", es="Dejadas en duda: {n}. Volver a mirarlas"
    ),
    "review_new": Text(en="Pairs nobody has answered", es="Parejas sin responder"),
    "review_done": Text(
        en="There are no more pairs to ask you about.",
        es="No hay más parejas por las que preguntarte.",
    ),
    "almost_certain": Text(en="almost certainly one", es="casi seguro que son la misma"),
    "likely": Text(en="{score} likely to be one", es="probabilidad de que sean la misma: {score}"),
    "two_accounts": Text(
        en="Both have an account: joining them stands above that limit.",
        es="Las dos tienen cuenta: unirlas pasa por encima de ese límite.",
    ),
    "field": Text(en="Field", es="Dato"),
    "says": Text(en="Says", es="Dice"),
    "how_equal": Text(en="equal", es="igual"),
    "how_similar": Text(en="alike", es="parecido"),
    "how_different": Text(en="different", es="distinto"),
    "answer_same": Text(en="The same person", es="La misma persona"),
    "answer_different": Text(en="Two people", es="Dos personas"),
    "answer_unsure": Text(en="I cannot tell", es="No lo sé"),
    "answered": Text(en="Your answer is kept.", es="Tu respuesta queda guardada."),
}
