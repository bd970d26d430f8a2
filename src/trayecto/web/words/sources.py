"""Words of the page of one source, and of the rows it kept aside."""

from trayecto.vocabulary.text import Text

WORDS = {
    "title": Text(en="Where the facts come from", es="De dónde vienen los hechos"),
    "lead": Text(
        en="Every row that came in is counted once: kept, known already, or kept aside.",
        es="Cada fila que llegó se cuenta una vez: guardada, ya conocida o apartada.",
    ),
    "how_good": Text(
        en="How good the data of “{source}” is", es="Qué calidad tienen los datos de «{source}»"
    ),
    "all": Text(en="All sources", es="Todos los orígenes"),
    "period": Text(en="Period", es="Periodo"),
    "freshness": Text(en="Newest fact", es="Hecho más reciente"),
    "days_ago": Text(en="{n} days ago", es="hace {n} días"),
    "months_ago": Text(en="{n} months ago", es="hace {n} meses"),
    "years_ago": Text(en="{n} years ago", es="hace {n} años"),
    "today": Text(en="today", es="hoy"),
    "yesterday": Text(en="yesterday", es="ayer"),
    "last_import": Text(en="Last import", es="Última importación"),
    "imports": Text(en="Imports", es="Importaciones"),
    "interactions": Text(en="Interactions", es="Interacciones"),
    "nobody": Text(en="Without identity", es="Sin identidad"),
    "nobody_help": Text(
        en="Facts tied to no person: they count as interactions, in nobody's journey.",
        es="Hechos que no son de ninguna persona: cuentan como interacciones, en el trayecto de "
        "nadie.",
    ),
    "late": Text(en="Late", es="Tardías"),
    "late_help": Text(
        en="They arrived more than two days after the newest fact then known.",
        es="Llegaron más de dos días después del hecho más reciente que se conocía.",
    ),
    "without_case": Text(en="Without a case", es="Sin caso"),
    "reconciles": Text(en="Every row accounted for", es="Todas las filas cuadran"),
    "read_is": Text(
        en="{read} rows read = {kept} kept + {known} known already + {rejected} kept aside",
        es="{read} filas leídas = {kept} guardadas + {known} ya conocidas + {rejected} apartadas",
    ),
    "kept_is": Text(
        en="{kept} kept = {present} present + {erased} erased since",
        es="{kept} guardadas = {present} presentes + {erased} borradas después",
    ),
    "new": Text(en="New in the last import", es="Nuevo en la última importación"),
    "new_names": Text(en="Names", es="Nombres"),
    "new_properties": Text(en="Properties", es="Propiedades"),
    "new_help": Text(
        en="No earlier import had them: a system may have changed, or a rule may be missing.",
        es="Ninguna importación anterior los traía: puede haber cambiado un sistema o faltar una "
        "regla.",
    ),
    "flags": Text(en="Robots and tests", es="Robots y pruebas"),
    "flags_out": Text(en="left out of journeys", es="fuera de los trayectos"),
    "flags_in": Text(en="part of journeys", es="cuentan en los trayectos"),
    "aside": Text(en="Kept aside", es="Apartadas"),
    "aside_none": Text(en="Nothing is kept aside.", es="No hay nada apartado."),
    "aside_help": Text(
        en="They lie word for word in the workspace, and nothing of them is lost.",
        es="Están palabra por palabra en el espacio de trabajo; no se ha perdido nada.",
    ),
    "aside_twice": Text(
        en="{n} rows are here; {more} of those counted above were the same rows, come again.",
        es="Aquí hay {n} filas; {more} de las contadas arriba eran las mismas, que volvieron a "
        "llegar.",
    ),
    "reason": Text(en="Why", es="Por qué"),
    "field": Text(en="Column", es="Columna"),
    "rows": Text(en="Rows", es="Filas"),
    "first": Text(en="The first", es="La primera"),
    "line": Text(en="{file}, line {n}", es="{file}, línea {n}"),
    "see_rows": Text(en="See the rows", es="Ver las filas"),
    "see_logged": Text(
        en="They may name people: every look is written down.",
        es="Pueden nombrar a personas: cada consulta queda registrada.",
    ),
    "see_not": Text(
        en="Only who may see personal data reads them word for word.",
        es="Solo quien puede ver datos personales las lee palabra por palabra.",
    ),
    "again": Text(en="Try them again", es="Intentarlas otra vez"),
    "again_help": Text(
        en="Once you have corrected what each column is, or the program is a newer one. What can "
        "be used becomes facts and leaves this list; the rest stays. Doing it twice changes "
        "nothing.",
        es="Cuando hayas corregido qué es cada columna o el programa sea más nuevo. Lo que sirva "
        "pasa a ser hechos y sale de esta lista; el resto se queda. Hacerlo dos veces no cambia "
        "nada.",
    ),
    "again_not": Text(
        en="These lines are no rows: only their file can be mended. Mend it and import it again.",
        es="Estas líneas no son filas: solo se pueden arreglar en su fichero. Corrígelo y vuelve a "
        "traerlo.",
    ),
    "mapping": Text(en="What each column is", es="Qué es cada columna"),
    "mapping_help": Text(
        en="As they came in. Correct it here: it holds for these rows, of every file they are of.",
        es="Así llegaron. Corrígelo aquí: vale para estas filas, sean del fichero que sean.",
    ),
    "rows_title": Text(en="Rows of “{source}” kept aside", es="Filas apartadas de «{source}»"),
    "rows_first": Text(
        en="The first {most} of {n}, by file and line.",
        es="Las {most} primeras de {n}, por fichero y línea.",
    ),
    "rows_all": Text(
        en="{n:row|rows}, by file and line.", es="{n:fila|filas}, por fichero y línea."
    ),
    "every_reason": Text(en="Every reason", es="Todos los motivos"),
    "row": Text(en="As it came", es="Como llegó"),
    "where": Text(en="Where", es="Dónde"),
}
