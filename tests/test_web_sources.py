"""Where the data comes from: counts that reconcile, rows kept aside, and trying them again."""

from __future__ import annotations

import time

from trayecto import care, flow
from trayecto.web.models import Look
from web_site import Site, finished, words

MAPPING = "mapping: 1\ntime: when\nname: what\nidentifiers: {user_id: who}\n"
TILL = "when,who,what\n2026-03-02,ana,sale\n01.03.2026,luz,sale\n,eva,sale\n2026-03-02,ana,sale\n"


def with_a_till(site: Site) -> None:
    """Bring in four rows: two facts alike, one day nobody can read, and one row without a time."""
    folder = site.workspace.folder.parent
    (folder / "till.csv").write_text(TILL, "utf-8")
    (folder / "till.yaml").write_text(MAPPING, "utf-8")
    flow.import_files(
        site.workspace, [folder / "till.csv"], source="till", mapping=folder / "till.yaml"
    )


def again(tried: int, kept: int, known: int, aside: int) -> str:
    """Return what the app says of rows that were tried again."""
    return (
        f"Filas intentadas: {tried} = {kept} ya entre los hechos + {known} ya entre las conocidas "
        f"+ {aside} aún entre las apartadas"
    )


def test_every_row_of_a_source_is_accounted_for(site: Site) -> None:
    with_a_till(site)
    said = words(site.client("carla").get("/data/source/", {"name": "till"}).content)
    assert "4 filas leídas = 2 guardadas + 0 ya conocidas + 2 apartadas" in said
    assert "2 guardadas = 2 presentes + 0 borradas después" in said
    assert "La hora no se entiende when 1 till.csv, línea 3" in said
    assert "Falta la hora when 1 till.csv, línea 4" in said
    assert "01.03.2026" not in said  # no row is shown to who only reads


def test_rows_kept_aside_are_read_by_whom_may_and_every_look_is_written_down(site: Site) -> None:
    with_a_till(site)
    asked = {"name": "till", "reason": "bad_time"}
    assert site.client("bruno").get("/data/source/rows/", asked).status_code == 403
    said = words(site.client("ana").get("/data/source/rows/", asked).content)
    assert "01.03.2026" in said
    assert "fila, por fichero y línea" in said
    assert "eva" not in said  # another reason
    look = Look.objects.get(act="rejected rows seen")
    assert (str(look.account), look.about) == ("Ana", "till")


def test_rows_are_tried_again_under_a_mended_mapping_and_twice_changes_nothing(site: Site) -> None:
    with_a_till(site)
    bruno = site.client("bruno")
    assert "user_id: who" in bruno.get("/data/source/?name=till").content.decode()
    mended = MAPPING.replace("time: when", "time: {column: when, format: '%d.%m.%Y'}")
    told = []
    for _ in range(2):
        answer = bruno.post("/data/source/replay/", {"source": "till", "mapping": mended})
        job = finished(answer, "bruno")
        assert job.state == "done"
        steps = [step for step, _ in job.steps]
        assert any("comprobando filas" in line for line in [job.line, *steps])
        told.append(words(bruno.get(answer.headers["Location"]).content))
    assert again(2, 1, 0, 1) in told[0]
    assert again(1, 0, 0, 1) in told[1]
    (till,) = (s for s in care.data_quality(site.workspace) if s.source == "till")
    assert (till.rows_read, till.kept, till.duplicates, till.rejected) == (4, 3, 0, 1)
    # The page does not go on showing what it kept from before.
    said = words(bruno.get("/data/source/?name=till").content)
    if "recalculando" in said:
        time.sleep(1)
        said = words(bruno.get("/data/source/?name=till").content)
    assert "4 filas leídas = 3 guardadas + 0 ya conocidas + 1 apartadas" in said


def test_rows_are_tried_again_with_other_columns_chosen_from_lists(site: Site) -> None:
    with_a_till(site)
    bruno = site.client("bruno")
    page = bruno.get("/data/source/?name=till").content.decode()
    # By name alone: what stands in the columns is seen where every look is written down.
    assert '<option value="when" selected>when</option>' in page
    shown = {"source": "till", "mapping": MAPPING, "was": MAPPING}
    roles = {"time": "when", "name": "what", "user_id": "who", "format": "%d.%m.%Y"}
    answer = bruno.post("/data/source/replay/", shown | roles)
    assert finished(answer, "bruno").state == "done"
    told = words(bruno.get(answer.headers["Location"]).content)
    assert again(2, 1, 0, 1) in told
    assert "Por qué Columna Filas Falta la hora when 1 Volver a «till»" in told


def test_what_cannot_be_a_mapping_is_said_beside_what_was_chosen(site: Site) -> None:
    with_a_till(site)
    given = {
        "source": "till",
        "mapping": "mapping: 1\nsurprise: when\n",
        "was": MAPPING,
        "time": "who",
    }
    page = site.client("bruno").post("/data/source/replay/", given)
    assert page.status_code == 200
    assert "surprise" in words(page.content)
    (till,) = (s for s in care.data_quality(site.workspace) if s.source == "till")
    assert till.rejected == 2


def test_a_source_that_is_not_there_is_not_there(site: Site) -> None:
    assert site.client("ana").get("/data/source/", {"name": "nobody"}).status_code == 404
    replayed = site.client("bruno").post("/data/source/replay/", {"source": "../etc"})
    assert replayed.status_code == 404
