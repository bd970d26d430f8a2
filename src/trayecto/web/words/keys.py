"""Words of the sheet of keys."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="Keyboard shortcuts on this page", es="Atajos de teclado de esta página"),
    "open": Text(en="Shortcuts", es="Atajos"),
    "close": Text(en="Close", es="Cerrar"),
    "everywhere": Text(en="On every page", es="En todas las páginas"),
    "picture": Text(en="On the picture", es="En el dibujo"),
    "curve": Text(en="On a point of the expected emotion", es="En un punto de la emoción esperada"),
    "layers": Text(en="On a switch", es="En un interruptor"),
    "items": Text(en="On an item", es="En un elemento"),
    "item_earlier": Text(en="puts it earlier", es="lo pone antes"),
    "item_later": Text(en="puts it later", es="lo pone después"),
    "graph": Text(en="On the graph", es="En el grafo"),
    "this": Text(en="opens this sheet", es="abre esta hoja"),
    "next": Text(en="goes to the next thing", es="pasa a lo siguiente"),
    "back": Text(en="goes back to the one before", es="vuelve a lo anterior"),
    "press": Text(en="presses what has the focus", es="pulsa lo que tiene el foco"),
    "close_it": Text(en="closes this sheet", es="cierra esta hoja"),
    "open_part": Text(
        en="opens a touchpoint or a stage", es="abre un punto de contacto o una etapa"
    ),
    "close_panel": Text(en="closes what is open", es="cierra lo que está abierto"),
    "earlier": Text(
        en="moves a touchpoint or a stage earlier",
        es="adelanta un punto de contacto o una etapa",
    ),
    "later": Text(
        en="moves a touchpoint or a stage later",
        es="retrasa un punto de contacto o una etapa",
    ),
    "undo": Text(en="undoes", es="deshace"),
    "redo": Text(en="redoes", es="rehace"),
    "up": Text(en="one level better", es="un nivel mejor"),
    "down": Text(en="one level worse", es="un nivel peor"),
    "tenth": Text(en="a tenth of a level", es="una décima de nivel"),
    "lowest": Text(en="to −2", es="hasta −2"),
    "highest": Text(en="to +2", es="hasta +2"),
    "leave": Text(en="leaves it where it was", es="lo deja donde estaba"),
    "switch": Text(en="shows or hides the layer", es="muestra u oculta la capa"),
    "open_node": Text(en="opens a node or a line", es="abre un nodo o una línea"),
    "pause": Text(en="starts or pauses the replay", es="inicia o pausa la repetición"),
}
