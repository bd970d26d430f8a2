"""Words of what changed this week."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="What changed this week", es="Qué ha cambiado esta semana"),
    "see": Text(en="See what changed", es="Ver qué ha cambiado"),
    "working": Text(
        en="Some figures are still being worked out; they come by themselves.",
        es="Algunas cifras todavía se están calculando; llegarán solas.",
    ),
    "moved": Text(en="Figures that moved beyond chance", es="Cifras que se han movido de verdad"),
    "nothing": Text(
        en="What changes in your maps and your data will be told here.",
        es="Aquí se contará lo que cambie en tus mapas y en tus datos.",
    ),
    "moved_none": Text(
        en="No figure of your maps moved beyond what chance explains.",
        es="Ninguna cifra de tus mapas se ha movido más de lo que explica el azar.",
    ),
    "maps": Text(en="Maps edited", es="Mapas editados"),
    "maps_none": Text(en="Nobody edited a map.", es="Nadie ha editado ningún mapa."),
    "edited": Text(en="{who}, {n} versions", es="{who}, {n} versiones"),
    "edited_once": Text(en="{who}, 1 version", es="{who}, 1 versión"),
    "new": Text(en="new", es="nuevo"),
    "outside": Text(en="in its file", es="en su fichero"),
    "imports": Text(en="Data imported", es="Datos importados"),
    "imports_none": Text(en="No data came in.", es="No han llegado datos."),
    "import": Text(en="new rows: {kept} of {read}", es="filas nuevas: {kept} de {read}"),
    "known": Text(en="already known: {n}", es="ya conocidas: {n}"),
    "aside": Text(en="kept aside: {n}", es="apartadas: {n}"),
    "replay": Text(
        en="rows tried again: {kept} of {read} now among the facts",
        es="filas intentadas otra vez: {kept} de {read} ya entre los hechos",
    ),
    "mentions": Text(en="They name you", es="Te mencionan"),
    "comments": Text(en="Comments", es="Comentarios"),
    "comments_none": Text(en="Nobody commented.", es="Nadie ha comentado."),
    "somebody": Text(en="somebody", es="alguien"),
    "drift": Text(en="Are the maps still true?", es="¿Siguen siendo ciertos los mapas?"),
    "fresh": Text(en="How fresh the data is", es="Cómo de recientes son los datos"),
    "newest": Text(en="up to {when}, {ago}", es="hasta el {when}, {ago}"),
    "more": Text(en="and {n} more", es="y {n} más"),
}
