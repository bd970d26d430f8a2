"""
Every table of the lake: its columns, what they mean, its key, and the one module that writes it.

The types are those that DuckDB, Delta Lake and Spark share. Times are UTC. A `bucket` is a stable
hash of the person (or case), so that one person lies in one file and can be found, rebuilt or
erased without touching the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from trayecto.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its SQL type and what it means."""

    name: str
    type: str
    meaning: Text


BESIDE = -1
"""The bucket of newer rows, which lie beside the others and take the place of some of them."""

SHARE = 0.05
"""How much of a table may lie beside the rest; beyond, every question would feel it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """
    Which rows those laid beside a table take the place of: all with the same *key*.

    With *since*, only those from the least value of that column on. Where *gone* holds a row only
    says that nothing is left.
    """

    key: tuple[str, ...]
    since: str | None = None
    gone: str = "false"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the lake and the only module that may write it."""

    name: str
    meaning: Text
    key: tuple[str, ...]
    written_by: str
    columns: tuple[Column, ...]
    partitions: tuple[str, ...] = ()
    in_order: bool = False
    """Rows lie in order inside each file: written by `Writer.lay` alone, and never compacted."""
    beside: Beside | None = None
    """How a few newer rows can change the table without its being written again, if they can."""


def _column(name: str, type: str, en: str, es: str) -> Column:
    return Column(name, type, Text(en=en, es=es))


_BUCKET = _column(
    "bucket", "INTEGER", "stable hash of whom it is about", "hash estable de a quién se refiere"
)
_OR_BESIDE = _column(
    "bucket",
    "INTEGER",
    "stable hash of whom it is about; −1: newer, in the place of what was",
    "hash estable de a quién se refiere; −1: más nuevo, en lugar de lo que había",
)
_IDENTIFIERS = (
    _column("user_id", "VARCHAR", "account, as typed", "cuenta, tal como llegó"),
    _column("email", "VARCHAR", "e-mail address, as typed", "correo electrónico, tal como llegó"),
    _column("phone", "VARCHAR", "phone number, as typed", "teléfono, tal como llegó"),
    _column("external", "VARCHAR", "id in another system", "identificador en otro sistema"),
    _column("anonymous_id", "VARCHAR", "device or browser", "dispositivo o navegador"),
)

INTERACTIONS = Table(
    "interactions",
    Text(
        en="One row a fact: something a customer or the organisation did, when and where.",
        es="Una fila por hecho: algo que hizo un cliente o la organización, cuándo y dónde.",
    ),
    key=("occurred_at", "id"),
    written_by="collect.clean",
    columns=(
        _column("id", "BIGINT", "hash of the fact", "hash del hecho"),
        _column("occurred_at", "TIMESTAMPTZ", "when it happened (UTC)", "cuándo ocurrió (UTC)"),
        _column("received_at", "TIMESTAMPTZ", "when we got it (UTC)", "cuándo llegó (UTC)"),
        _column("sent_at", "TIMESTAMPTZ", "when it was sent (UTC)", "cuándo se envió (UTC)"),
        _column(
            "time_text",
            "VARCHAR",
            "the time as written; null when it came typed",
            "la hora tal como venía escrita; nula si venía con tipo",
        ),
        _column("zone", "VARCHAR", "the customer's time zone", "zona horaria del cliente"),
        _column("source", "VARCHAR", "the system it comes from", "el sistema de origen"),
        _column("name", "VARCHAR", "what happened, as received", "qué pasó, tal como llegó"),
        _column("channel", "VARCHAR", "channel, as received", "canal, tal como llegó"),
        _column("case_id", "VARCHAR", "ticket, order, session …", "ticket, pedido, sesión…"),
        *_IDENTIFIERS,
        _column(
            "signature",
            "BIGINT",
            "hash of the identifiers; null when there are none",
            "hash de los identificadores; nulo si no hay ninguno",
        ),
        _column("text", "VARCHAR", "what was said", "lo que se dijo"),
        _column("score", "DOUBLE", "answer to a survey", "respuesta a una encuesta"),
        _column("scale", "VARCHAR", "its scale, e.g. nps:0:10", "su escala, p. ej. nps:0:10"),
        _column("value_minor", "BIGINT", "money in minor units", "dinero en unidades menores"),
        _column("currency", "VARCHAR", "ISO 4217 code", "código ISO 4217"),
        _column(
            "flag",
            "VARCHAR",
            "bot or test: looks like no customer's",
            "bot o test: no parece de un cliente",
        ),
        _column(
            "consents",
            "VARCHAR",
            "consents given or refused with it, as JSON",
            "consentimientos dados o negados con él, en JSON",
        ),
        _column("properties", "VARCHAR", "everything else, as JSON", "todo lo demás, en JSON"),
        _column("batch", "BIGINT", "the import it came with", "la importación en que llegó"),
        _column("row", "BIGINT", "row of its file, from 1", "fila de su fichero, desde 1"),
        _BUCKET,
    ),
    partitions=("bucket",),
)

REJECTED = Table(
    "rejected",
    Text(
        en="What could not be cleaned, verbatim, with its reason: nothing is lost.",
        es="Lo que no se pudo limpiar, literal y con su motivo: nada se pierde.",
    ),
    key=("source", "id"),
    written_by="collect.clean",
    columns=(
        _column("id", "BIGINT", "hash of the row", "hash de la fila"),
        _column("source", "VARCHAR", "the system it comes from", "el sistema de origen"),
        _column("file", "VARCHAR", "name of the file", "nombre del fichero"),
        _column("line", "BIGINT", "line of the file (Parquet: row)", "línea (Parquet: fila)"),
        _column("reason", "VARCHAR", "code of the reason", "código del motivo"),
        _column("field", "VARCHAR", "the column at fault", "la columna culpable"),
        _column("raw", "VARCHAR", "the row as it came", "la fila tal como llegó"),
        _column("rules", "BIGINT", "version of the rules", "versión de las reglas"),
        _column("batch", "BIGINT", "the import it came with", "la importación en que llegó"),
    ),
)

BATCHES = Table(
    "batches",
    Text(
        en="One row an import: read = kept + duplicates + rejected.",
        es="Una fila por importación: leídas = guardadas + duplicadas + rechazadas.",
    ),
    key=("batch",),
    written_by="collect.clean",
    columns=(
        _column("batch", "BIGINT", "number of the import", "número de la importación"),
        _column("source", "VARCHAR", "the system it comes from", "el sistema de origen"),
        _column("file", "VARCHAR", "name of the file", "nombre del fichero"),
        _column("received_at", "TIMESTAMPTZ", "when we got it (UTC)", "cuándo llegó (UTC)"),
        _column("rows_read", "BIGINT", "rows in the file", "filas del fichero"),
        _column("kept", "BIGINT", "new interactions", "interacciones nuevas"),
        _column("duplicates", "BIGINT", "facts already known", "hechos ya conocidos"),
        _column("rejected", "BIGINT", "rows kept aside", "filas apartadas"),
        _column(
            "mapping",
            "VARCHAR",
            "the column mapping used, as a document",
            "la correspondencia de columnas usada, como documento",
        ),
    ),
)

LINKS = Table(
    "links",
    Text(
        en="Evidence: which identifiers were seen together, since when. Never overwritten.",
        es="Evidencia: qué identificadores se vieron juntos y desde cuándo. Nunca se sobrescribe.",
    ),
    key=("signature",),
    written_by="identity.links",
    columns=(
        _column("signature", "BIGINT", "hash of the set as typed", "hash del conjunto original"),
        *(
            _column(c.name, "VARCHAR", f"{c.name}, normalised", f"{c.name}, normalizado")
            for c in _IDENTIFIERS
        ),
        *(
            _column(f"{c.name}_key", "BIGINT", f"hash of {c.name}", f"hash de {c.name}")
            for c in _IDENTIFIERS
        ),
        _column("first_at", "TIMESTAMPTZ", "first seen together", "primera vez juntos"),
        _column("source", "VARCHAR", "where first seen", "dónde se vio primero"),
        _column("interaction", "BIGINT", "the fact that shows it", "el hecho que lo muestra"),
        _column(
            "unusable", "VARCHAR", "identifiers that identify nobody", "los que no identifican"
        ),
        _column("rules", "BIGINT", "version of the rules", "versión de las reglas"),
    ),
)

PEOPLE = Table(
    "people",
    Text(
        en="Computed from links: whose each set of identifiers is, and from when until when.",
        es="Calculada desde links: de quién es cada conjunto, desde cuándo y hasta cuándo.",
    ),
    key=("signature", "since"),
    written_by="identity.people",
    columns=(
        _column("signature", "BIGINT", "hash of the set as typed", "hash del conjunto original"),
        _column("since", "TIMESTAMPTZ", "from (null: always)", "desde (nulo: siempre)"),
        _column("until", "TIMESTAMPTZ", "until, excluded (null: always)", "hasta, excluido"),
        _column("person", "BIGINT", "the person; null: nobody's", "la persona; nulo: de nadie"),
        _column("note", "VARCHAR", "what was dropped, and why", "qué se descartó y por qué"),
        _OR_BESIDE,
    ),
    partitions=("bucket",),
    beside=Beside(("signature",)),
)

MERGES = Table(
    "merges",
    Text(
        en="People who turned out to be one: the old number keeps answering.",
        es="Personas que resultaron ser una: el número antiguo sigue respondiendo.",
    ),
    key=("was", "merged_at"),
    written_by="identity.people",
    columns=(
        _column("merged_at", "TIMESTAMPTZ", "when we saw it (UTC)", "cuándo lo vimos (UTC)"),
        _column("was", "BIGINT", "the person that was", "la persona que era"),
        _column("person", "BIGINT", "the person it is now", "la persona que es ahora"),
    ),
)

JUDGEMENTS = Table(
    "judgements",
    Text(
        en="What operators said of identifiers: the same, different, to be forgotten.",
        es="Lo que los operadores dijeron de los identificadores: iguales, distintos, olvidar.",
    ),
    key=("made_at", "left_value", "right_value"),
    written_by="identity.judgements",
    columns=(
        _column("made_at", "TIMESTAMPTZ", "when it was said (UTC)", "cuándo se dijo (UTC)"),
        _column("made_by", "VARCHAR", "who said it", "quién lo dijo"),
        _column(
            "verdict",
            "VARCHAR",
            "same, different, unsure or forget",
            "same, different, unsure o forget",
        ),
        _column("left_kind", "VARCHAR", "kind of the one", "clase del uno"),
        _column(
            "left_value", "VARCHAR", "the one; a salted hash to forget", "el uno; hash si olvidar"
        ),
        _column("right_kind", "VARCHAR", "kind of the other", "clase del otro"),
        _column("right_value", "VARCHAR", "the other", "el otro"),
        _column("forced", "BOOLEAN", "above the limits", "por encima de los límites"),
    ),
)

NODES = Table(
    "nodes",
    Text(
        en="Which touchpoint each kind of interaction is, by the node rules, with its small code.",
        es="Qué punto de contacto es cada clase de interacción, según las reglas de nodos.",
    ),
    key=("source", "name", "channel_received", "tested"),
    written_by="collect.nodes",
    columns=(
        _column("source", "VARCHAR", "the system it comes from", "el sistema de origen"),
        _column("name", "VARCHAR", "what happened, as received", "qué pasó, tal como llegó"),
        _column("channel_received", "VARCHAR", "channel, as received", "canal, tal como llegó"),
        _column(
            "tested",
            "VARCHAR",
            "numbers of the rules of properties it meets; empty for none",
            "números de las reglas de propiedades que cumple; vacío si ninguna",
        ),
        _column("touchpoint", "VARCHAR", "touchpoint", "punto de contacto"),
        _column("channel", "VARCHAR", "channel", "canal"),
        _column("side", "VARCHAR", "front or back", "front (escenario) o back (bastidores)"),
        _column("area", "VARCHAR", "who is responsible", "área responsable"),
        _column("place", "VARCHAR", "online or offline", "online (digital) u offline (físico)"),
        _column("rule", "VARCHAR", "the rule that matched", "la regla que acertó"),
        _column("touchpoint_code", "INTEGER", "code, never reused", "código, nunca reutilizado"),
        _column("channel_code", "INTEGER", "code, never reused", "código, nunca reutilizado"),
        _column("source_code", "INTEGER", "code, never reused", "código, nunca reutilizado"),
    ),
)

STEPS = Table(
    "steps",
    Text(
        en="Interactions in the order people lived them, with previous node and gap beside them.",
        es="Las interacciones en el orden vivido, con el nodo anterior y el tiempo entre ambos.",
    ),
    key=("per", "subject", "position"),
    written_by="journeys.steps",
    columns=(
        _column("subject", "BIGINT", "the person or the case", "la persona o el caso"),
        _column("position", "INTEGER", "1, 2, 3 … along the way", "1, 2, 3… a lo largo del camino"),
        _column("occurred_at", "TIMESTAMPTZ", "when it happened (UTC)", "cuándo ocurrió (UTC)"),
        _column("touchpoint", "INTEGER", "code of the touchpoint", "código del punto de contacto"),
        _column("channel", "INTEGER", "code of the channel", "código del canal"),
        _column("source", "INTEGER", "code of the source", "código del origen"),
        _column("previous", "INTEGER", "touchpoint before", "punto de contacto anterior"),
        _column("previous_channel", "INTEGER", "channel before", "canal anterior"),
        _column("gap_us", "BIGINT", "microseconds since then", "microsegundos desde entonces"),
        _column(
            "next_gap_us",
            "BIGINT",
            "microseconds until the next step",
            "microsegundos hasta el siguiente",
        ),
        _column("final", "BOOLEAN", "nothing follows", "no sigue nada"),
        _column(
            "first_here", "BOOLEAN", "first time at this touchpoint", "primera vez en este punto"
        ),
        _column(
            "first_way",
            "BOOLEAN",
            "first time from the one before to this",
            "primera vez que pasa del anterior a este",
        ),
        _column("score", "DOUBLE", "answer to a survey", "respuesta a una encuesta"),
        _column("scale", "VARCHAR", "its scale", "su escala"),
        _column("interaction", "BIGINT", "the fact behind it", "el hecho que hay detrás"),
        _column("per", "VARCHAR", "person or case", "person (persona) o case (caso)"),
        _OR_BESIDE,
    ),
    partitions=("per", "bucket"),
    in_order=True,
    beside=Beside(("per", "subject"), since="position", gone="position = 0"),
)

LAST_STEP = {
    "channel": "INTEGER",
    "source": "INTEGER",
    "previous_channel": "INTEGER",
    "gap_us": "BIGINT",
    "first_here": "BOOLEAN",
    "first_way": "BOOLEAN",
    "score": "DOUBLE",
    "scale": "VARCHAR",
    "interaction": "BIGINT",
}
"""What a path does not tell of its last step: columns of `steps`, each with its type."""

PATHS = Table(
    "paths",
    Text(
        en="One row a person or case: the whole path as a list, and when it began and ended.",
        es="Una fila por persona o caso: el camino entero como lista, y cuándo empezó y acabó.",
    ),
    key=("per", "subject"),
    written_by="journeys.steps",
    columns=(
        _column("subject", "BIGINT", "the person or the case", "la persona o el caso"),
        _column("path", "INTEGER[]", "codes of the touchpoints", "códigos de los puntos"),
        _column("first_at", "TIMESTAMPTZ", "the first step (UTC)", "el primer paso (UTC)"),
        _column("last_at", "TIMESTAMPTZ", "the last step so far (UTC)", "el último paso (UTC)"),
        _column(
            "last_step",
            f"STRUCT({', '.join(f'{field} {held}' for field, held in LAST_STEP.items())})",
            "the rest of what `steps` holds of the last step: new facts go on from it",
            "lo demás que `steps` guarda del último paso: los hechos nuevos siguen desde él",
        ),
        _column("per", "VARCHAR", "person or case", "person (persona) o case (caso)"),
        _OR_BESIDE,
    ),
    partitions=("per", "bucket"),
    in_order=True,
    beside=Beside(("per", "subject"), gone="len(path) = 0"),
)

FEELINGS = Table(
    "feelings",
    Text(
        en="One row a signal: how an interaction says its person felt, and on what evidence.",
        es="Una fila por señal: cómo dice una interacción que se sintió su persona, y con qué "
        "evidencia.",
    ),
    key=("interaction", "kind"),
    written_by="emotion.signals",
    columns=(
        _column("interaction", "BIGINT", "the fact behind it", "el hecho que hay detrás"),
        _column(
            "kind",
            "VARCHAR",
            "score (an answer given) or text (words, inferred)",
            "score (una respuesta dada) o text (palabras, deducido)",
        ),
        _column("level", "DOUBLE", "from −1 (bad) to 1 (good)", "de −1 (mal) a 1 (bien)"),
        _column("model", "VARCHAR", "version of words and rules", "versión de palabras y reglas"),
    ),
)

WAYS = Table(
    "ways",
    Text(
        en="Sums of steps: how often each way from one node to the next was taken.",
        es="Sumas de los pasos: cuántas veces se recorrió cada tramo de un nodo al siguiente.",
    ),
    key=("per", "bucket", "previous", "previous_channel", "touchpoint", "channel", "source"),
    written_by="journeys.steps",
    columns=(
        _column("previous", "INTEGER", "touchpoint before", "punto de contacto anterior"),
        _column("previous_channel", "INTEGER", "channel before", "canal anterior"),
        _column("touchpoint", "INTEGER", "code of the touchpoint", "código del punto de contacto"),
        _column("channel", "INTEGER", "code of the channel", "código del canal"),
        _column("source", "INTEGER", "code of the source", "código del origen"),
        _column("times", "BIGINT", "steps that took it", "pasos que lo recorrieron"),
        _column("ends", "BIGINT", "those that nothing follows", "los que no siguió nada"),
        _column(
            "first_here", "BIGINT", "first times at the touchpoint", "primeras veces en el punto"
        ),
        _column(
            "first_way",
            "BIGINT",
            "first times from the one before to this",
            "primeras veces del anterior a este",
        ),
        _column("gap_us", "BIGINT", "microseconds, all in all", "microsegundos en total"),
        _column("per", "VARCHAR", "person or case", "person (persona) o case (caso)"),
        _OR_BESIDE,
    ),
    partitions=("per", "bucket"),
    in_order=True,
)

JOURNEYS = Table(
    "journeys",
    Text(
        en="One row a journey of a map, as last measured over the whole data.",
        es="Una fila por trayecto de un mapa, según la última medición de todos los datos.",
    ),
    key=("map", "per", "subject", "nth"),
    written_by="journeys.kept",
    columns=(
        _column("map", "VARCHAR", "the map, by its id", "el mapa, por su id"),
        _column("per", "VARCHAR", "person or case", "person (persona) o case (caso)"),
        _column("subject", "BIGINT", "the person or the case", "la persona o el caso"),
        _column("nth", "INTEGER", "which of theirs: 1, 2, 3 …", "cuál de los suyos: 1, 2, 3…"),
        _column("first_at", "TIMESTAMPTZ", "when it began (UTC)", "cuándo empezó (UTC)"),
        _column("last_at", "TIMESTAMPTZ", "its last step so far (UTC)", "su último paso (UTC)"),
        _column(
            "outcome",
            "VARCHAR",
            "completed, left or still_open",
            "completed (completo), left (abandonado) o still_open (en curso)",
        ),
        _column("completed_at", "TIMESTAMPTZ", "when completed (UTC)", "cuándo se completó (UTC)"),
        _column("exit_at", "TIMESTAMPTZ", "when it took an exit (UTC)", "cuándo salió (UTC)"),
        _column(
            "path",
            "INTEGER[]",
            "touchpoints of the map from 0, left to right; -1: nobody drew it",
            "puntos del mapa desde 0, de izquierda a derecha; -1: nadie lo dibujó",
        ),
        _column(
            "gaps",
            "BIGINT[]",
            "microseconds before each step; none before the first",
            "microsegundos antes de cada paso; ninguno antes del primero",
        ),
        _BUCKET,
    ),
    partitions=("map", "bucket"),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        INTERACTIONS,
        REJECTED,
        BATCHES,
        LINKS,
        PEOPLE,
        MERGES,
        JUDGEMENTS,
        NODES,
        STEPS,
        PATHS,
        WAYS,
        FEELINGS,
        JOURNEYS,
    )
}
