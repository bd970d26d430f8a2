"""What columns are called in exports, in Spanish and English, and how times are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from trayecto.vocabulary.errors import Problem
from trayecto.vocabulary.text import Text, WayOut

# Names that columns go by in exports, folded (lower case, no accents, `_` between words),
# the likeliest first.
_KNOWN: dict[str, tuple[str, ...]] = {
    "time": (
        "time_timestamp", "timestamp", "occurred_at", "event_time", "datetime", "fecha_hora",
        "fechahora", "time", "date_time", "fecha", "date", "created_at", "updated_at",
        "sys_updated_at", "fecha_creacion", "hora", "invoicedate", "sent_at", "opened_at",
        "when", "cuando",
    ),
    "name": (
        "concept_name", "event", "event_name", "activity", "actividad", "evento", "touchpoint",
        "punto_de_contacto", "action", "accion", "handling", "incident_state", "estado", "status",
        "state", "type", "tipo", "name", "page", "what", "what_happened", "que", "que_ocurrio",
    ),
    "case": (
        "case_concept_name", "case_id", "case", "caso", "id_caso", "session_id", "session",
        "sesion", "ticket_id", "ticket", "incidencia", "number", "order_id", "pedido", "invoiceno",
        "expediente",
    ),
    "channel": ("channel", "canal", "contact_type", "medium", "medio"),
    "text": ("text", "texto", "comment", "comentario", "message", "mensaje", "feedback", "body"),
    "id": ("event_id", "message_id", "messageid", "activity_instance_id", "id_evento", "uuid"),
    "user_id": (
        "user_id", "userid", "customer_id", "customerid", "client_id", "id_cliente", "cliente",
        "cliente_id", "id_usuario", "usuario", "user", "customer", "caller_id", "patient",
    ),
    "email": ("email", "e_mail", "mail", "correo", "correo_electronico", "email_address"),
    "phone": (
        "phone", "telefono", "tel", "movil", "phone_number", "mobile", "celular", "msisdn",
        "wa_id",
    ),
    "external": ("external", "external_id", "crm_id", "loyalty_id", "tarjeta", "id_externo"),
    "anonymous_id": (
        "anonymous_id", "anonymousid", "cookie", "cookie_id", "device_id", "visitor_id",
    ),
    "nps": ("nps", "nps_score", "recomendacion"),
    "csat": ("csat", "satisfaction", "satisfaccion"),
    "ces": ("ces", "effort", "esfuerzo"),
    "value": (
        "value", "amount", "importe", "valor", "total", "price", "precio", "importe_eur",
        "amount_eur", "amount_usd", "total_eur", "monto", "revenue", "ingresos", "cuota",
    ),
    "currency": ("currency", "moneda", "divisa", "currency_code", "codigo_moneda"),
    "agent": (
        "user_agent", "useragent", "agente_de_usuario", "context_user_agent", "context_useragent",
    ),
    "sent": ("sent_at", "sentat", "enviado", "fecha_envio", "enviado_el"),
    "hour": ("hora", "hour", "time", "hora_inicio", "hora_evento", "time_of_day"),
    "score": (
        "score", "rating", "puntuacion", "valoracion", "nota", "calificacion", "stars",
        "estrellas",
    ),
}  # fmt: skip

TIME_FORMATS = (
    "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M",
    "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%m-%d-%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M",
    "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%Y%m%d %H:%M:%S", "%Y%m%d",
    "%d/%m/%y %H:%M:%S", "%d/%m/%y %H:%M", "%m/%d/%y %H:%M", "%d/%m/%y", "%m/%d/%y",
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %I:%M:%S %p", "%d/%m/%Y %I:%M %p",
    "%a %b %d %H:%M:%S %Y", "%d %b %Y %H:%M:%S", "%d/%b/%Y:%H:%M:%S",
)  # fmt: skip


def fold(column: str) -> str:
    """Return a column name folded for comparison.

    >>> fold("Fecha/Hora"), fold("time:timestamp"), fold("Teléfono ")
    ('fecha_hora', 'time_timestamp', 'telefono')
    """
    plain = unicodedata.normalize("NFKD", column).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def guess(columns: Sequence[str], role: str, *, taken: Sequence[str] = ()) -> list[str]:
    """
    Return the columns that may play *role*, the likeliest first.

    A column within an object is known by its own name too, after those known by their whole name.

    >>> guess(["who.email", "Correo electrónico", "note"], "email")
    ['Correo electrónico', 'who.email']
    """
    free = [column for column in reversed(columns) if column not in taken]
    whole = {fold(column): column for column in free}
    own = {fold(column.rpartition(".")[2]): column for column in free if "." in column}
    found = [of[known] for of in (whole, own) for known in _KNOWN[role] if known in of]
    return list(dict.fromkeys(found))


def missing(role: Text, example: str, columns: Sequence[str], file: str) -> Problem:
    """Say that no column plays a role nobody can do without."""
    listed = ", ".join(columns[:20]) + (" …" if len(columns) > 20 else "")
    return Problem(
        Text(
            en=f"No column looks like {role.en}. The file has: {listed}.",
            es=f"Ninguna columna parece {role.es}. El fichero tiene: {listed}.",
        ),
        WayOut(
            en=f"Write a mapping that says “{example}: COLUMN”, and give it with --mapping.",
            es=f"Escribe una correspondencia con «{example}: COLUMNA» y dala con --mapping.",
            page=Text(en="Say below which column it is.", es="Di abajo qué columna es."),
        ),
        file=file,
        line=1,
    )


def unreadable(column: str, example: str, file: str) -> Problem:
    """Say that a column is called a time and none of its values can be read as one."""
    return Problem(
        Text(
            en=f"No value of the column of the time can be read, such as “{example}”.",
            es=f"No se puede leer ningún valor de la columna de la hora, como «{example}».",
        ),
        WayOut(
            en="Write a mapping that says how they are written, e.g. "
            f"“time: {{column: {column}, format: '%d.%m.%Y'}}”, and give it with --mapping.",
            es="Escribe una correspondencia que diga cómo están escritos, p. ej. "
            f"«time: {{column: {column}, format: '%d.%m.%Y'}}», y dala con --mapping.",
            page=Text(
                en="Choose another column below, or say there how times are written.",
                es="Elige abajo otra columna o di ahí cómo se escriben las horas.",
            ),
        ),
        file=file,
        field=column,
    )
