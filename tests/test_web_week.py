"""What changed this week: maps, data, comments, and only figures that moved beyond chance."""

from __future__ import annotations

import re
import time
from datetime import timedelta

from django.utils import timezone

from examples import write_csv
from trayecto import flow
from trayecto.web.models import Comment, Map, Version
from web_site import Site, words


def told(site: Site, who: str) -> str:
    """Return what the page says when nothing is being worked out any more."""
    while True:
        said = words(site.client(who).get("/week/").content)
        if "todavía se están calculando" not in said:
            return said
        time.sleep(0.05)


def test_the_week_tells_who_edited_what_which_data_came_and_who_said_what(site: Site) -> None:
    Comment.objects.create(map=site.map, text="Falta la llamada", part="")
    old = Comment.objects.create(map=site.map, text="De hace un mes")
    Comment.objects.filter(id=old.id).update(made_at=timezone.now() - timedelta(days=30))
    said = told(site, "carla")
    assert "Comprar en la web nuevo" in said
    assert "web web.csv filas nuevas: 120 de 120 ·" in said
    assert "Falta la llamada" in said
    assert "De hace un mes" not in said
    assert "El mapa no tiene fecha de revisión." in said
    assert "Cómo de recientes son los datos web hasta el 1 mar 2026, hace" in said


def test_another_team_is_told_of_the_data_and_not_of_maps_that_are_not_theirs(site: Site) -> None:
    Comment.objects.create(map=site.map, text="Entre nosotros")
    said = told(site, "dora")
    assert "Entre nosotros" not in said
    assert "Comprar en la web" not in said
    assert "filas nuevas: 120 de 120" in said


def test_a_file_brought_in_again_is_told_as_known_and_not_as_lost(site: Site) -> None:
    file = site.workspace.folder.parent / "web.csv"
    write_csv(file, "p1: ad > shop")
    flow.import_files(site.workspace, [file], source="again")
    flow.import_files(site.workspace, [file], source="again")
    assert "again web.csv filas nuevas: 0 de 2, ya conocidas: 2 ·" in told(site, "carla")


def test_where_there_is_no_map_no_figure_of_maps_is_told_and_data_may_be_brought(
    site: Site,
) -> None:
    Map.objects.all().delete()
    assert "más de lo que explica el azar" not in told(site, "bruno")
    home = words(site.client("bruno").get("/").content)
    assert "Aún no hay ningún mapa" in home
    assert "Importar datos" in home
    assert "Importar datos" not in words(site.client("carla").get("/").content)


def test_a_map_that_nobody_touched_this_week_is_not_among_those_edited(site: Site) -> None:
    Version.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert "Nadie ha editado ningún mapa." in told(site, "carla")


def weeks(site: Site, *, buys: tuple[int, int, int]) -> None:
    """Bring in three weeks of 200 people each, of whom so many buy after the shop."""
    story = "\n".join(
        f"w{week}-{n}@{7 * week + 1 + n % 6}d: ad > shop > {'buy' if n < of else 'help[phone]'}"
        for week, of in enumerate(buys)
        for n in range(200)
    )
    file = write_csv(site.workspace.folder.parent / "weeks.csv", story)
    flow.import_files(site.workspace, [file], source="weeks")


def test_a_figure_that_fell_by_more_than_chance_is_told_with_both_weeks(site: Site) -> None:
    weeks(site, buys=(160, 160, 60))
    # Of the last week's 200 people 60 buy, 30 %; of those before 160, 80 %.
    said = told(site, "carla")
    assert "Cifras que se han movido de verdad Comprar en la web" in said
    assert "Llega a «Pedido» el 30 %, frente al 80 %" in said


def test_figures_that_moved_by_chance_alone_are_not_told(site: Site) -> None:
    weeks(site, buys=(100, 100, 98))
    assert "Ninguna cifra de tus mapas se ha movido más de lo que explica el azar." in told(
        site, "carla"
    )


def test_the_first_page_has_room_for_the_week_and_does_not_wait_for_it(site: Site) -> None:
    page = site.client("carla").get("/").content.decode()
    assert 'hx-get="/week/"' in page
    assert "Qué ha cambiado esta semana" in page


def home(site: Site) -> str:
    """Return what the first page says when every map has been measured."""
    while True:
        said = words(site.client("carla").get("/").content)
        if "midiendo" not in said:
            return said
        time.sleep(0.05)


def test_the_first_page_says_of_each_map_how_many_figures_moved_since_it_was_approved(
    site: Site,
) -> None:
    drawn = site.workspace.folder / "maps" / "buying.yaml"
    drawn.write_text(f"{drawn.read_text('utf-8')}status: approved\napproved: 2026-03-15\n", "utf-8")
    weeks(site, buys=(160, 160, 60))
    moved = home(site)
    assert "desde que se aprobó el 15" in moved
    assert re.search(r"\d+ cifras? se han? movido", moved)


def test_a_map_on_which_nothing_moved_is_as_it_was(site: Site) -> None:
    weeks(site, buys=(100, 100, 98))
    assert "sigue igual" in home(site)
