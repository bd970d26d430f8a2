"""Bringing a file in by the browser: too large, of a wrong kind, cut off, stopped, sent twice."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from trayecto import care
from trayecto.web import jobs
from trayecto.web.models import Account
from trayecto.web.uploads import LARGEST
from web_site import Site, finished, words

MANY = 120_000


def sent(client: Client, name: str, content: bytes) -> HttpResponse:
    """Send a file as the form does, and follow it to where it is looked at first."""
    file = SimpleUploadedFile(name, content)
    answer = client.post("/data/import/", {"file": file, "source": "till"})
    assert answer.status_code == 302
    return client.get(answer.headers["Location"])  # type: ignore[return-value]


def looked_at(client: Client, answer: HttpResponse) -> str:
    """Return what the page says when the file has been looked at."""
    while True:
        said = words(client.get(answer.headers["Location"]).content)
        if "Parar" not in said:
            return said
        time.sleep(0.05)


def rows(n: int) -> bytes:
    lines = (f"2026-03-{1 + i % 28:02d} 10:00:{i % 60:02d},c{i},sale" for i in range(n))
    return "\n".join(["timestamp,user_id,event", *lines]).encode()


def incoming(site: Site) -> list[Path]:
    folder = site.workspace.folder / "web" / "incoming"
    return [file for file in folder.rglob("*") if file.is_file()] if folder.is_dir() else []


def test_the_limit_is_told_before_and_what_is_too_large_is_refused_unread(site: Site) -> None:
    bruno = site.client("bruno")
    assert "Ficheros (hasta 5 GB)" in words(bruno.get("/data/import/").content)
    for path, size in (("/data/import/", LARGEST + 2_000_000), ("/sign-in/", 20_000_000)):
        answer = bruno.generic("POST", path, b"", CONTENT_LENGTH=str(size))
        assert answer.status_code == 413, path
    assert "pasa de 5 GB" in words(answer.content)
    # Only who may bring data in sends more than a map as text is.
    answer = site.client("carla").generic("POST", "/data/import/", b"", CONTENT_LENGTH="20000000")
    assert answer.status_code == 413


def test_a_picture_named_like_a_table_is_told_in_words_and_leaves_nothing(site: Site) -> None:
    bruno = site.client("bruno")
    answer = sent(bruno, "ventas.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    said = looked_at(bruno, answer)
    assert "Este fichero no sirve tal como está." in said
    assert "Traceback" not in said
    arrival = answer.headers["Location"].partition("?")[0]
    assert bruno.post(arrival, {"drop": "1"}).headers["Location"] == "/data/"
    assert incoming(site) == []


def test_a_file_that_was_cut_off_on_its_way_is_not_kept(site: Site) -> None:
    whole = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="till.csv"\r\n'
        b"Content-Type: text/csv\r\n\r\nwhen,who,what\r\n2026-03-01,ana,sale\r\n"
    )
    answer = site.client("bruno").post(
        "/data/import/", whole, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 200  # the form again: nothing says which system it comes from
    assert incoming(site) == []


def test_a_file_goes_when_it_is_in_and_a_second_press_starts_nothing_more(site: Site) -> None:
    bruno = site.client("bruno")
    answer = sent(bruno, "till.csv", rows(60))
    assert "60 filas leídas = 60 se guardarían" in looked_at(bruno, answer)
    arrival = answer.headers["Location"].partition("?")[0]
    first = bruno.post(arrival, {"bring": "1"})
    second = bruno.post(arrival, {"bring": "1"})
    assert second.headers["Location"] == first.headers["Location"]
    # Reloading the page while it works, or after, does nothing but show it.
    for _ in range(3):
        assert bruno.get(first.headers["Location"]).status_code == 200
    assert finished(first, "bruno").state == "done"
    assert "60 filas leídas = 60 guardadas" in words(bruno.get(first.headers["Location"]).content)
    assert incoming(site) == []


def test_the_same_file_sent_again_says_that_nothing_new_came_in(site: Site) -> None:
    bruno = site.client("bruno")

    def brought_in() -> str:
        answer = sent(bruno, "till.csv", rows(5))
        looked_at(bruno, answer)
        started = bruno.post(answer.headers["Location"].partition("?")[0], {"bring": "1"})
        assert finished(started, "bruno").state == "done"
        return words(bruno.get(started.headers["Location"]).content)

    assert "Los datos ya están" in brought_in()
    again = brought_in()
    assert "No ha entrado nada nuevo" in again
    assert "5 filas leídas = 0 guardadas + 5 ya conocidas" in again


def test_several_files_wait_for_who_sent_them_until_they_are_imported_or_dropped(
    site: Site,
) -> None:
    bruno, ana = site.client("bruno"), site.client("ana")
    files = [SimpleUploadedFile(name, rows(5)) for name in ("enero.csv", "febrero.csv")]
    answer = bruno.post("/data/import/", {"file": files, "source": "till"})
    page = bruno.get(answer.headers["Location"])
    said = words(page.content)
    assert "Han llegado 2 ficheros y aún no se ha importado nada. Míralos uno a uno." in said
    # What has just arrived stands before the form that would send more.
    assert said.index("Ficheros que te esperan") < said.index("De qué sistema viene")
    waiting = {one.name: f"/data/import/{one.key}/" for one in page.context["waiting"]}
    assert set(waiting) == {"enero.csv", "febrero.csv"}
    assert "Ficheros que te esperan" not in words(ana.get("/data/import/").content)

    started = bruno.post(waiting["enero.csv"], {"bring": "1"})
    assert finished(started, "bruno").state == "done"
    bruno.post(waiting["febrero.csv"], {"drop": "1"})
    assert bruno.get("/data/import/").context["waiting"] == []


def test_the_page_of_a_file_looks_again_when_the_app_was_started_anew(site: Site) -> None:
    bruno = site.client("bruno")
    arrival = sent(bruno, "till.csv", rows(5)).headers["Location"].partition("?")[0]
    again = bruno.get(arrival, {"job": "of-another-day"})
    assert "5 filas leídas" in looked_at(bruno, again)  # type: ignore[arg-type]


def test_a_file_is_looked_at_again_when_its_mapping_has_changed_since(site: Site) -> None:
    bruno = site.client("bruno")
    answer = sent(bruno, "till.csv", rows(5))
    assert "5 filas leídas" in looked_at(bruno, answer)
    arrival = answer.headers["Location"].partition("?")[0]
    assert bruno.get(arrival).headers["Location"] == answer.headers["Location"]
    folder = site.workspace.folder / "web" / "incoming" / arrival.rstrip("/").rpartition("/")[2]
    (folder / "mapping.yaml").write_text("mapping: 1\ntime: timestamp\nname: event\n", "utf-8")
    assert bruno.get(arrival).headers["Location"] != answer.headers["Location"]


def book() -> bytes:
    """Return a workbook of two sheets: one of sales, and another of calls."""
    made = openpyxl.Workbook(write_only=True)
    for name in ("Ventas", "Llamadas"):
        sheet = made.create_sheet(name)
        sheet.append(["timestamp", "user_id", "event" if name == "Ventas" else "touchpoint"])
        for i in range(3 if name == "Ventas" else 5):
            sheet.append([f"2026-03-0{1 + i} 10:00:00", f"c{i}", name.lower()])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_another_sheet_of_a_workbook_is_chosen_on_the_page(site: Site) -> None:
    bruno = site.client("bruno")
    answer = sent(bruno, "ventas.xlsx", book())
    said = looked_at(bruno, answer)
    assert "3 filas leídas" in said
    assert "El libro tiene más: Llamadas. Si es otra la que quieres, elígela abajo." in said
    assert "Hoja del libro la primera con filas Ventas Llamadas" in said
    arrival = answer.headers["Location"].partition("?")[0]
    again = bruno.post(arrival, {"again": "1", "sheet": "Llamadas", "mapping": "mapping: 1"})
    assert "5 filas leídas" in looked_at(bruno, again)  # type: ignore[arg-type]
    wrong = bruno.post(arrival, {"again": "1", "sheet": "Quejas"})
    said = looked_at(bruno, wrong)  # type: ignore[arg-type]
    assert "El libro no tiene ninguna hoja «Quejas»" in said
    assert "Hoja del libro" in said


ORDERS = b"""creado;cerrado;paso;estado;cliente
13/02/2026 09:00;15/02/2026 10:00;pedido;abierto;c1
14/02/2026 09:00;16/02/2026 10:00;entrega;cerrado;c2
"""


def test_which_column_is_what_is_chosen_without_writing_it(site: Site) -> None:
    bruno = site.client("bruno")
    answer = sent(bruno, "pedidos.csv", ORDERS)
    looked_at(bruno, answer)
    page = bruno.get(answer.headers["Location"])
    assert '<option value="cerrado">cerrado (15/02/2026 10:00, 16/02/2026 10:00)' in (
        page.content.decode()
    )
    chosen = dict(page.context["roles"])
    was = page.context["preview"]["mapping"]
    arrival = answer.headers["Location"].partition("?")[0]
    form = {**chosen, "was": was, "mapping": was, "time": "cerrado", "name": "paso", "again": "1"}
    again = bruno.post(arrival, form)
    looked_at(bruno, again)  # type: ignore[arg-type]
    page = bruno.get(again.headers["Location"])
    facts = [(f["occurred_at"][:10], f["name"]) for f in page.context["preview"]["sample"]]
    assert facts == [("2026-02-15", "pedido"), ("2026-02-16", "entrega")]
    assert "format: '%d/%m/%Y %H:%M'" in page.context["preview"]["mapping"]


def test_what_is_written_by_hand_is_not_undone_by_what_was_not_chosen(site: Site) -> None:
    bruno = site.client("bruno")
    answer = sent(bruno, "pedidos.csv", ORDERS)
    looked_at(bruno, answer)
    page = bruno.get(answer.headers["Location"])
    was = page.context["preview"]["mapping"]
    assert "name: estado" in was
    text = was.replace("name: estado", "name: paso")
    arrival = answer.headers["Location"].partition("?")[0]
    form = {**dict(page.context["roles"]), "was": was, "mapping": text, "again": "1"}
    again = bruno.post(arrival, form)
    looked_at(bruno, again)  # type: ignore[arg-type]
    facts = bruno.get(again.headers["Location"]).context["preview"]["sample"]
    assert [fact["name"] for fact in facts] == ["pedido", "entrega"]


def asked_again(client: Client, answer: HttpResponse, form: dict[str, str]) -> Any:
    """Say which column is what on the page of a file, and return that page looked at anew."""
    arrival = answer.headers["Location"].partition("?")[0]
    again = client.post(answer.headers["Location"], {**form, "again": "1"})
    assert again.headers["Location"].startswith(arrival)
    looked_at(client, again)  # type: ignore[arg-type]
    return client.get(again.headers["Location"])


def test_a_file_of_one_column_is_imported_by_saying_what_it_does_not_say(site: Site) -> None:
    bruno = site.client("bruno")
    answer = sent(bruno, "lista.csv", b"quien\nana@x.es\nluz@x.es\n")
    said = looked_at(bruno, answer)
    assert "lista.csv:1: Ninguna columna parece una fecha u hora." in said
    assert "Di abajo qué columna es." in said
    page = bruno.get(answer.headers["Location"])
    assert dict(page.context["roles"])["email"] == "quien"  # by what is in it
    form = {"email": "quien", "fixed_time": "2026-03-01", "fixed_name": "Campaña",
            "fixed_channel": "email"}  # fmt: skip
    facts = asked_again(bruno, answer, form).context["preview"]["sample"]
    assert [(f["occurred_at"][:10], f["name"], f["channel"], f["email"]) for f in facts] == [
        ("2026-03-01", "Campaña", "email", "ana@x.es"),
        ("2026-03-01", "Campaña", "email", "luz@x.es"),
    ]


def test_what_is_still_missing_is_told_beside_what_was_chosen(site: Site) -> None:
    bruno = site.client("bruno")
    answer = sent(bruno, "lista.csv", b"quien\nana@x.es\nluz@x.es\n")
    looked_at(bruno, answer)
    page = bruno.post(answer.headers["Location"], {"user_id": "quien", "again": "1"})
    assert "Debe indicar la columna de la hora." in words(page.content)
    assert '<option value="quien" selected>quien (ana@x.es, luz@x.es)' in page.content.decode()


def test_times_written_as_nobody_expects_are_read_as_the_page_is_told(site: Site) -> None:
    bruno = site.client("bruno")
    rows = b"fecha;evento;cliente\n1h05 4.3.2026;alta;c1\n2h10 5.3.2026;baja;c2\n"
    answer = sent(bruno, "raro.csv", rows)
    said = looked_at(bruno, answer)
    assert "No se puede leer ningún valor de la columna de la hora, como «1h05 4.3.2026»." in said
    form = {"time": "fecha", "name": "evento", "user_id": "cliente", "format": "%Hh%M %d.%m.%Y"}
    facts = asked_again(bruno, answer, form).context["preview"]["sample"]
    assert [f["occurred_at"][:16] for f in facts] == ["2026-03-04T01:05", "2026-03-05T02:10"]


def test_a_file_without_names_of_columns_loses_no_row(site: Site) -> None:
    bruno = site.client("bruno")
    rows = "".join(
        f"0{1 + i % 9}/03/2026 10:00;c{i};{'alta' if i % 2 else 'baja'}\n" for i in range(20)
    )
    answer = sent(bruno, "sin.csv", rows.encode())
    said = looked_at(bruno, answer)
    assert "La primera línea es una fila como las demás" in said
    assert "20 filas leídas" in said


def test_an_import_stopped_half_way_leaves_all_or_nothing_and_can_be_done_again(
    site: Site,
) -> None:
    bruno = site.client("bruno")
    answer = sent(bruno, "till.csv", rows(MANY))
    assert f"{MANY // 1000} 000 filas leídas" in looked_at(bruno, answer)
    arrival = answer.headers["Location"].partition("?")[0]
    started = bruno.post(arrival, {"bring": "1"})
    owner = Account.objects.get(email="bruno@example.com").id
    job = jobs.find(started.headers["Location"].rstrip("/").rpartition("/")[2], owner=owner)
    assert job is not None
    while not job.steps and job.state == "running":
        time.sleep(0.01)
    bruno.post(started.headers["Location"])  # Stop
    job.process.wait(timeout=30)
    assert job.state == "stopped"
    said = words(bruno.get(started.headers["Location"]).content)
    assert "No ha quedado nada a medias." in said
    assert "Volver al fichero" in said
    till = [s.present for s in care.data_quality(site.workspace) if s.source == "till"]
    assert till in ([], [MANY])
    lake = site.workspace.folder / "lake"
    assert [file for file in (lake / ".scratch").rglob("*") if file.is_file()] == []
    # Back at the file, what was seen of it is still there, and is not worked out anew.
    assert bruno.get(arrival).headers["Location"] == answer.headers["Location"]
    again = bruno.post(arrival, {"bring": "1"})
    assert finished(again, "bruno").state == "done"
    (now,) = (s for s in care.data_quality(site.workspace) if s.source == "till")
    assert now.present == MANY
    assert incoming(site) == []
