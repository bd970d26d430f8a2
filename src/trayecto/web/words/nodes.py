"""Words of the node explorer."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="What customers really do", es="Lo que los clientes hacen de verdad"),
    "none": Text(
        en="Import data and the nodes appear here: every touchpoint customers met, how many "
        "people, and how soon the next came.",
        es="Trae datos y aquí aparecerán los nodos: cada punto de contacto por el que pasaron los "
        "clientes, cuántas personas y cuánto tardó el siguiente.",
    ),
    "node": Text(en="Node", es="Nodo"),
    "interactions": Text(en="Interactions", es="Interacciones"),
    "people": Text(en="People", es="Personas"),
    "cases": Text(en="Cases", es="Casos"),
    "picture": Text(en="The node graph as a picture", es="El grafo de nodos en una imagen"),
    "how_many_nodes": Text(en="Nodes shown", es="Nodos a la vista"),
    "how_many_edges": Text(en="Lines shown", es="Líneas a la vista"),
    "shown": Text(en="{n} of {all}", es="{n} de {all}"),
    "usual": Text(en="what tells most", es="lo que más dice"),
    "play": Text(en="Replay real journeys", es="Reproducir trayectos reales"),
    "pause": Text(en="Pause", es="Pausar"),
    "replay_help": Text(
        en="Each dot is a real journey, without its name. A longer wait takes longer here too, "
        "though not in proportion. The space bar pauses.",
        es="Cada punto es un trayecto real, sin nombre. Una espera más larga también tarda más "
        "aquí, aunque no en proporción. La barra espaciadora pausa.",
    ),
    "no_motion": Text(
        en="Your device asks for less motion, so the replay is off: open a node to read sample "
        "journeys.",
        es="Tu dispositivo pide menos movimiento y la reproducción está apagada: abre un nodo "
        "para leer trayectos de muestra.",
    ),
    "steps": Text(en="Steps so far: {n}", es="Pasos hasta ahora: {n}"),
    "open_help": Text(
        en="Open a node or a line with a click or with Enter: its figures, the ways in and out, "
        "sample journeys.",
        es="Abre un nodo o una línea con un clic o con Intro: sus cifras, los caminos de entrada "
        "y salida y trayectos de muestra.",
    ),
    "close": Text(en="Close", es="Cerrar"),
    "begin_here": Text(en="First step of a journey", es="Primer paso de un trayecto"),
    "end_here": Text(en="Last step of a journey", es="Último paso de un trayecto"),
    "times": Text(en="Times", es="Veces"),
    "median": Text(en="Half within", es="La mitad en"),
    "mean": Text(en="On average", es="De media"),
    "p90": Text(en="90 in 100 within", es="90 de cada 100 en"),
    "ways_in": Text(en="Where they come from", es="De dónde vienen"),
    "ways_out": Text(en="Where they go next", es="Adónde van después"),
    "no_ways_in": Text(en="Nobody came from elsewhere.", es="Nadie venía de otro sitio."),
    "no_ways_out": Text(en="Nobody went on from here.", es="Nadie siguió desde aquí."),
    "samples": Text(en="Sample journeys", es="Trayectos de muestra"),
    "samples_help": Text(
        en="Without names or dates; the time to the next step stands between.",
        es="Sin nombres ni fechas; entre los pasos, el tiempo hasta el siguiente.",
    ),
    "who": Text(en="See who they are", es="Ver quiénes son"),
    "unknown": Text(
        en="“{name}” is not in what you chose. There are: {near}.",
        es="«{name}» no está en lo que has elegido. Hay: {near}.",
    ),
    "then": Text(en="{source} and then {target}", es="{source} y después {target}"),
    "around": Text(en="Before and after it", es="Antes y después"),
    "how_long": Text(en="How long between the two", es="Cuánto se tarda entre los dos"),
    "failed": Text(
        en="The picture did not come. Check the connection and move the slider again.",
        es="La imagen no ha llegado. Comprueba la conexión y mueve otra vez el control.",
    ),
    "more": Text(en="and {n} more", es="y {n} más"),
}
