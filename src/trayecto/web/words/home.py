"""Words of the first page."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(
        en="Your maps, as customers live them", es="Tus mapas, tal como los viven tus clientes"
    ),
    "none_title": Text(en="No map yet", es="Aún no hay ningún mapa"),
    "none": Text(
        en="A map is your hypothesis of what customers live. Start from a finished one and change "
        "it, for example the online shop with store; with data, you see it measured.",
        es="Un mapa es tu hipótesis de lo que viven los clientes. Empieza por uno terminado y "
        "cámbialo, por ejemplo el de la tienda en línea con tienda física; con datos, lo verás "
        "medido.",
    ),
    "new": Text(en="Draw a map", es="Dibujar un mapa"),
    "map": Text(en="Map", es="Mapa"),
    "journeys": Text(en="Journeys", es="Trayectos"),
    "completed": Text(en="Completed", es="Completados"),
    "coverage": Text(en="On the map", es="En el mapa"),
    "pain": Text(en="Look at first", es="Lo primero que mirar"),
    "drift": Text(en="Has it moved?", es="¿Se ha movido?"),
    "moved": Text(
        en="{n:figure has|figures have} moved", es="{n:cifra se ha|cifras se han} movido"
    ),
    "unmoved": Text(en="as it was", es="sigue igual"),
    "since_approval": Text(en="since it was approved on {day}", es="desde que se aprobó el {day}"),
    "since": Text(en="since {day}", es="desde el {day}"),
    "review": Text(en="Review", es="Revisión"),
    "overdue": Text(en="overdue since {day}", es="vencida desde el {day}"),
    "data_title": Text(en="The data", es="Los datos"),
    "no_data": Text(
        en="No data yet: the maps show what you expect, and nothing measured.",
        es="Aún no hay datos: los mapas muestran lo que esperas y nada medido.",
    ),
    "import": Text(en="Import data", es="Importar datos"),
    "source": Text(en="Source", es="Origen"),
    "interactions": Text(en="Interactions", es="Interacciones"),
    "newest": Text(en="Newest", es="La más reciente"),
    "being_measured": Text(en="being measured …", es="midiendo…"),
    "search": Text(en="Find a map", es="Buscar un mapa"),
    "find": Text(en="Find", es="Buscar"),
    "all": Text(en="All the maps", es="Todos los mapas"),
    "found_none": Text(
        en="No map has that in its title.", es="Ningún mapa lleva eso en el título."
    ),
    "pages": Text(en="Pages of maps", es="Páginas de mapas"),
    "before": Text(en="Earlier", es="Anteriores"),
    "after": Text(en="Later", es="Siguientes"),
    "which": Text(en="{first} to {last} of {all}", es="{first} a {last} de {all}"),
    "not_measured": Text(en="not measured: {why}", es="sin medir: {why}"),
}
