"""Words of the glossary of nodes."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="Glossary of nodes", es="Glosario de nodos"),
    "lead": Text(
        en="Every touchpoint that customers really meet, on each channel, and on which maps it is.",
        es="Cada punto de contacto por el que pasan los clientes, en cada canal, y en qué mapas "
        "está.",
    ),
    "none": Text(
        en="There are no nodes yet: they come with the data. Bring a file in, such as the visits "
        "of your web.",
        es="Todavía no hay nodos: llegan con los datos. Trae un fichero, por ejemplo las visitas "
        "de tu web.",
    ),
    "search": Text(en="Find", es="Buscar"),
    "search_help": Text(
        en="part of a name, an area, a system", es="parte de un nombre, un área, un sistema"
    ),
    "channel": Text(en="channel", es="canal"),
    "any_channel": Text(en="every channel", es="todos los canales"),
    "map": Text(en="on", es="en"),
    "any_map": Text(en="any map or none", es="cualquier mapa o ninguno"),
    "no_map": Text(en="no map", es="ningún mapa"),
    "some_map": Text(en="some map", es="algún mapa"),
    "show": Text(en="Show", es="Ver"),
    "found": Text(
        en="{n} of {all} nodes, with {interactions} interactions.",
        es="{n} de {all} nodos, con {interactions} interacciones.",
    ),
    "found_none": Text(
        en="No node has this in its name, area or system. Try a shorter word.",
        es="Ningún nodo tiene eso en su nombre, área o sistema. Prueba con una palabra más corta.",
    ),
    "first_only": Text(en="The first {n} are shown.", es="Se ven los {n} primeros."),
    "node": Text(en="Touchpoint", es="Punto de contacto"),
    "area": Text(en="Area", es="Área"),
    "interactions": Text(en="Interactions", es="Interacciones"),
    "first": Text(en="First seen", es="Visto desde"),
    "last": Text(en="Last seen", es="Visto hasta"),
    "maps": Text(en="On the maps", es="En los mapas"),
    "on_none": Text(en="on none", es="en ninguno"),
    "as": Text(en="“{name}”", es="«{name}»"),
    "back": Text(en="back stage", es="back stage"),
    "called": Text(en="from {source}: {names}", es="de {source}: {names}"),
    "name_them": Text(en="Name the nodes", es="Poner nombre a los nodos"),
    "names_title": Text(en="What nodes are called", es="Cómo se llaman los nodos"),
    "names_lead": Text(
        en="Maps, pictures and tables show this name instead of the code, each reader in their "
        "language. It decides nothing: change it whenever you like. Those without one come first.",
        es="Mapas, imágenes y tablas enseñan este nombre en vez del código, a cada cual en su "
        "idioma. No decide nada: cámbialo cuando quieras. Primero van los que no tienen.",
    ),
    "names_back": Text(en="Back to the glossary", es="Volver al glosario"),
    "name_es": Text(en="In Spanish", es="En español"),
    "name_en": Text(en="In English", es="En inglés"),
    "name_of": Text(en="Name of {node}", es="Nombre de {node}"),
    "names_save": Text(en="Save the names", es="Guardar los nombres"),
    "names_saved": Text(
        en="{n:name is|names are} saved. From now on everybody reads it so.",
        es="{n:nombre guardado|nombres guardados}. Desde ahora se lee así en todas partes.",
    ),
    "names_same": Text(en="No name was changed.", es="No ha cambiado ningún nombre."),
    "names_theirs": Text(
        en="Nothing was saved yet. Somebody else has named these first ones in another way: look "
        "at theirs beside yours, and save what should stay.",
        es="Aún no se ha guardado nada. Otra persona ha llamado de otra forma a los primeros: mira "
        "lo suyo junto a lo tuyo y guarda lo que deba quedar.",
    ),
    "names_their": Text(en="theirs: “{es}” · “{en}”", es="lo suyo: «{es}» · «{en}»"),
    "names_their_none": Text(en="they took its name away", es="le han quitado el nombre"),
    "some_maps": Text(
        en="Only the {n} maps edited last were looked at.",
        es="Solo se han mirado los {n} mapas editados más recientemente.",
    ),
}
