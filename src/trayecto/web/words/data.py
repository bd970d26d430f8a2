"""Words of the pages about data."""

from trayecto.vocabulary.text import Text

WORDS = {
    "sources_tab": Text(en="Sources", es="Orígenes"),
    "title": Text(en="Where the facts come from", es="De dónde vienen los hechos"),
    "import_title": Text(en="Import data", es="Importar datos"),
    "import_lead": Text(
        en="A file of any of your systems: CSV, Excel, JSON, Parquet, XES or OCEL. First you see "
        "what would happen; nothing is stored until you say so.",
        es="Un fichero de cualquiera de tus sistemas: CSV, Excel, JSON, Parquet, XES u OCEL. "
        "Primero ves qué pasaría; no se guarda nada hasta que lo digas.",
    ),
    "file": Text(en="Files (up to 5 GB)", es="Ficheros (hasta 5 GB)"),
    "arrived": Text(
        en="{n} files have arrived, and nothing is imported yet. Look at them one by one.",
        es="Han llegado {n} ficheros y aún no se ha importado nada. Míralos uno a uno.",
    ),
    "waiting": Text(en="Files that wait for you", es="Ficheros que te esperan"),
    "waiting_help": Text(
        en="Sent and not imported yet. Open one to see what importing it would do; after two days "
        "they go.",
        es="Enviados y sin importar. Abre uno para ver qué pasaría al importarlo; a los dos días "
        "desaparecen.",
    ),
    "came": Text(en="Sent", es="Enviado"),
    "source": Text(en="Which system it comes from", es="De qué sistema viene"),
    "source_help": Text(
        en="A short name, such as web, crm or calls. It holds for all files you choose together.",
        es="Un nombre corto, como web, crm o llamadas. Vale para todos los ficheros que elijas a "
        "la vez.",
    ),
    "look": Text(en="Preview it", es="Verlo antes"),
    "file_help": Text(
        en="CSV, Excel, JSON, Parquet, XES or OCEL; .gz too. Choose several, or drop them here.",
        es="CSV, Excel, JSON, Parquet, XES u OCEL; también .gz. Elige varios o suéltalos aquí.",
    ),
    "too_large": Text(
        en="The file is larger than 5 GB. Import it with “trayecto import” on the server.",
        es="El fichero pasa de 5 GB. Impórtalo con «trayecto import» en el servidor.",
    ),
    "would": Text(en="What importing {file} would do", es="Qué pasaría al importar {file}"),
    "what_to_do": Text(en="What to do with {file}", es="Qué hacer con {file}"),
    "would_lead": Text(
        en="Source: {source}. Nothing has been stored yet.",
        es="Origen: {source}. Todavía no se ha guardado nada.",
    ),
    "taken": Text(en="{time} so far.", es="Lleva {time}."),
    "done_before": Text(en="Done:", es="Hecho:"),
    "sheet": Text(en="Sheet of the workbook", es="Hoja del libro"),
    "first_sheet": Text(en="the first with rows", es="la primera con filas"),
    "sheet_help": Text(
        en="Left empty, the first sheet with rows is read.",
        es="Si la dejas vacía, se lee la primera hoja con filas.",
    ),
    "reading": Text(en="reading the file", es="leyendo el fichero"),
    "stop": Text(en="Stop", es="Parar"),
    "stopped": Text(en="Stopped", es="Parado"),
    "stopped_lead": Text(
        en="Nothing was left half done. Import the file again whenever you like.",
        es="No ha quedado nada a medias. Puedes volver a traer el fichero cuando quieras.",
    ),
    "first_rows": Text(en="The first interactions", es="Las primeras interacciones"),
    "mapping": Text(en="Which column is what", es="Qué es cada columna"),
    "mapping_help": Text(
        en="Proposed from the data. Change it and look again.",
        es="Propuesto a partir de los datos. Cámbialo y vuelve a mirar.",
    ),
    "fact_occurred_at": Text(en="When", es="Cuándo"),
    "fact_name": Text(en="What happened", es="Qué ocurrió"),
    "fact_channel": Text(en="Channel", es="Canal"),
    "fact_case_id": Text(en="Case", es="Caso"),
    "fact_user_id": Text(en="Customer", es="Cliente"),
    "fact_email": Text(en="E-mail address", es="Correo"),
    "fact_phone": Text(en="Phone", es="Teléfono"),
    "fact_external": Text(en="Number elsewhere", es="Número en otro sistema"),
    "fact_anonymous_id": Text(en="Cookie or device", es="Cookie o dispositivo"),
    "fact_text": Text(en="What they wrote", es="Qué escribió"),
    "fact_score": Text(en="Score", es="Puntuación"),
    "fact_scale": Text(en="Scale", es="Escala"),
    "fact_value_minor": Text(en="Money, in cents", es="Dinero, en céntimos"),
    "fact_currency": Text(en="Currency", es="Moneda"),
    "fact_flag": Text(en="Looks like", es="Parece"),
    "fact_properties": Text(en="Everything else", es="Todo lo demás"),
    "role_time": Text(en="When it happened", es="Cuándo ocurrió"),
    "role_name": Text(en="What happened (the touchpoint)", es="Qué ocurrió (punto de contacto)"),
    "role_channel": Text(en="Channel", es="Canal"),
    "role_case": Text(en="Case (ticket, order, session)", es="Caso (ticket, pedido, sesión)"),
    "role_user_id": Text(en="Who: customer number", es="Quién: número de cliente"),
    "role_email": Text(en="Who: e-mail address", es="Quién: correo electrónico"),
    "role_phone": Text(en="Who: phone", es="Quién: teléfono"),
    "role_anonymous_id": Text(en="Who: cookie or device", es="Quién: cookie o dispositivo"),
    "role_external": Text(en="Who: number in another system", es="Quién: número en otro sistema"),
    "role_text": Text(en="What they wrote", es="Qué escribieron"),
    "no_column": Text(en="none", es="ninguna"),
    "mapping_ask": Text(
        en="Say at least when it happened and what happened; next to each column stand some of "
        "its values.",
        es="Di al menos cuándo ocurrió y qué ocurrió; junto a cada columna ves algunos de sus "
        "valores.",
    ),
    "beside": Text(en="What the columns do not say", es="Lo que no dicen las columnas"),
    "fixed_time": Text(en="It all happened on this day", es="Todo ocurrió este día"),
    "fixed_name": Text(en="What happened, in every row", es="Qué ocurrió, en todas las filas"),
    "fixed_name_such_as": Text(en="such as Spring campaign", es="p. ej. Campaña de primavera"),
    "fixed_channel": Text(en="Channel of every row", es="Canal de todas las filas"),
    "format": Text(en="How times are written", es="Cómo se escriben las horas"),
    "format_such_as": Text(en="as recognised", es="como se reconozcan"),
    "format_help": Text(
        en="Only if they are misread: dd/mm/yyyy hh:mm, or mm/dd/yyyy.",
        es="Solo si se leen mal: dd/mm/aaaa hh:mm o mm/dd/aaaa.",
    ),
    "as_text": Text(en="The whole mapping as text", es="La correspondencia entera, como texto"),
    "as_text_help": Text(
        en="Scores, money and consents too.",
        es="También las puntuaciones, el dinero y los consentimientos.",
    ),
    "bring": Text(en="Import it", es="Importarlo"),
    "again": Text(en="Preview again", es="Volver a mirar"),
    "drop": Text(en="Discard it", es="Descartarlo"),
    "counts": Text(en="What became of each row", es="Qué ha sido de cada fila"),
    "counts_would": Text(en="What would become of each row", es="Qué sería de cada fila"),
    "sum": Text(
        en="{read:row read|rows read} = {kept} kept + {known} known already + {rejected} "
        "kept aside",
        es="{read:fila leída|filas leídas} = {kept} guardadas + {known} ya conocidas + "
        "{rejected} apartadas",
    ),
    "sum_would": Text(
        en="{read:row read|rows read} = {kept} would be kept + {known} known already + "
        "{rejected} aside",
        es="{read:fila leída|filas leídas} = {kept} se guardarían + {known} ya conocidas + "
        "{rejected} aparte",
    ),
    "nobody": Text(
        en="{n} carry neither person nor case: kept, but in nobody's journey.",
        es="{n} no llevan persona ni caso: se guardan, pero no son de nadie.",
    ),
    "suspect": Text(
        en="“{value}” stands {n:time|times} in {column}: does it really name somebody?",
        es="«{value}» aparece {n:vez|veces} en {column}: ¿de verdad identifica a alguien?",
    ),
    "rejects": Text(en="Rows kept aside, with their reason", es="Filas apartadas, con su motivo"),
    "why": Text(en="Why", es="Por qué"),
    "field": Text(en="Column", es="Columna"),
    "rows": Text(en="Rows", es="Filas"),
    "first_line": Text(en="First on line", es="La primera, en la línea"),
    "sources": Text(en="See the sources", es="Ver los orígenes"),
    "see_nodes": Text(en="See the nodes", es="Ver los nodos"),
    "oldest": Text(en="Oldest", es="La más antigua"),
    "rows_read": Text(en="Rows read", es="Filas leídas"),
    "known": Text(en="Known already", es="Ya conocidas"),
    "rejected": Text(en="Kept aside", es="Apartadas"),
    "without": Text(en="Nobody's", es="De nadie"),
    "new_names": Text(en="new: {names}", es="nuevos: {names}"),
    "nodes_running": Text(en="Applying the rules", es="Aplicando las reglas"),
    "nodes_done": Text(en="The rules are in force", es="Las reglas ya están en vigor"),
    "nodes_failed": Text(
        en="The rules could not be applied", es="No se han podido aplicar las reglas"
    ),
    "replay_running": Text(en="Trying the rows again", es="Intentando otra vez las filas"),
    "replay_done": Text(en="The rows were tried again", es="Las filas se han intentado otra vez"),
    "replay_failed": Text(
        en="The rows could not be tried again", es="No se han podido intentar otra vez las filas"
    ),
    "import_running": Text(en="Importing the data", es="Importando los datos"),
    "import_done": Text(en="The data is in", es="Los datos ya están"),
    "import_nothing": Text(en="Nothing new came in", es="No ha entrado nada nuevo"),
    "import_failed": Text(en="It could not be imported", es="No se ha podido importar"),
    "nodes_applied": Text(
        en="{kinds} kinds of interaction are decided; {unmatched} match no rule. Graphs, questions "
        "and maps now follow these rules.",
        es="Hay {kinds} clases de interacción decididas; {unmatched} no aciertan en ninguna regla. "
        "Los grafos, las preguntas y los mapas ya siguen estas reglas.",
    ),
    "nodes_stopped": Text(
        en="The rules are saved. The nodes follow them the next time anybody asks a question.",
        es="Las reglas están guardadas. Los nodos las seguirán la próxima vez que alguien pregunte "
        "algo.",
    ),
    "replay_nothing": Text(en="There was nothing to try again.", es="No había nada que intentar."),
    "replay_sum": Text(
        en="Rows tried again: {read} = {kept} now among the facts + {known} known already + "
        "{rejected} still aside",
        es="Filas intentadas: {read} = {kept} ya entre los hechos + {known} ya entre las conocidas "
        "+ {rejected} aún entre las apartadas",
    ),
    "see_rules": Text(en="See the rules", es="Ver las reglas"),
    "see_maps": Text(en="See the maps", es="Ver los mapas"),
    "sending": Text(en="Sent SENT of ALL, SECONDS s.", es="Enviados SENT de ALL, SECONDS s."),
    "sending_label": Text(en="How much has been sent", es="Cuánto se ha enviado"),
    "lost": Text(
        en="The file did not arrive whole. Nothing was kept; send it again.",
        es="El fichero no ha llegado entero. No se ha guardado nada; envíalo otra vez.",
    ),
    "cancel": Text(en="Cancel", es="Cancelar"),
    "cancelled": Text(
        en="Cancelled: nothing was kept. Send it again whenever you like.",
        es="Cancelado: no se ha guardado nada. Puedes enviarlo otra vez cuando quieras.",
    ),
    "back_to_source": Text(en="Back to “{source}”", es="Volver a «{source}»"),
    "back_to_file": Text(en="Back to the file", es="Volver al fichero"),
    "unreadable": Text(
        en="This file cannot be used as it is. Choose another, or save it again from its system "
        "as CSV, Excel or JSON.",
        es="Este fichero no sirve tal como está. Elige otro o guárdalo de nuevo desde su sistema "
        "como CSV, Excel o JSON.",
    ),
    "other_file": Text(en="Choose another file", es="Elegir otro fichero"),
}
