"""Several teams in one app, and where a map belongs: in which team, or in the archive."""

from __future__ import annotations

from trayecto.web.models import Account, Look, Map, Membership, Role, Team
from web_site import MAP, Site, words


def teams_of(who: str) -> list[str]:
    held = Account.objects.get(email=f"{who}@example.com").teams.order_by("id")
    return [team.name for team in held]


def second_team(site: Site, *, name: str = "Tiendas") -> Team:
    """Let Ana make another team."""
    answer = site.client("ana").post("/team/", {"called": name, "new": "1"})
    made = Team.objects.get(name=name)
    assert answer.headers["Location"] == f"/team/?team={made.id}"
    return made


def test_somebody_who_administers_makes_another_team_and_renames_it(site: Site) -> None:
    made = second_team(site)
    own = Membership.objects.get(team=made)
    assert (own.account.name, own.role, own.sees_people) == ("Ana", Role.ADMIN, True)
    ana = site.client("ana")
    ana.post(f"/team/?team={made.id}", {"called": "Tiendas y quioscos"})
    assert teams_of("ana") == ["CX", "Tiendas y quioscos"]
    shown = words(ana.get(f"/team/?team={made.id}").content)
    assert "El equipo Tiendas y quioscos" in shown
    assert set(Look.objects.values_list("act", flat=True)) == {"team made", "team renamed"}


def test_a_team_without_a_name_is_not_made(site: Site) -> None:
    site.client("ana").post("/team/", {"called": "  ", "new": "1"})
    assert teams_of("ana") == ["CX"]


def test_people_are_invited_to_the_team_that_is_open(site: Site) -> None:
    made = second_team(site)
    site.client("ana").post(
        f"/team/?team={made.id}", {"email": "eva@example.com", "role": "1"}
    )  # fmt: skip
    assert [one.email for one in made.invitations.all()] == ["eva@example.com"]
    assert not site.team.invitations.exists()


def test_nobody_changes_a_team_they_do_not_administer(site: Site) -> None:
    other = Team.objects.get(name="Other")
    dora = Membership.objects.get(team=other)
    ana = site.client("ana")
    assert ana.get(f"/team/?team={other.id}").status_code == 404
    assert ana.post(f"/team/?team={other.id}", {"called": "Mío"}).status_code == 404
    assert ana.post(f"/team/members/{dora.id}/", {"remove": "1"}).status_code == 404
    assert site.client("bruno").post("/team/", {"called": "Mío", "new": "1"}).status_code == 403
    assert teams_of("dora") == ["Other"]


def test_a_new_map_is_for_the_team_that_was_chosen(site: Site) -> None:
    made = second_team(site)
    ana = site.client("ana")
    assert "Para el equipo" in words(ana.get("/maps/new/").content)
    ana.post(f"/maps/new/?team={made.id}", {"template": "empty"})
    assert made.maps.count() == 1
    assert "Para el equipo" not in words(site.client("bruno").get("/maps/new/").content)
    assert site.client("bruno").get(f"/maps/new/?team={made.id}").status_code == 404


def test_a_guided_map_remembers_the_team_it_is_for(site: Site) -> None:
    made = second_team(site)
    ana = site.client("ana")
    ana.post(f"/maps/guided/?team={made.id}")
    draft = Account.objects.get(email="ana@example.com").drafts.get()
    assert draft.team == made


def test_a_map_moves_to_another_team_with_all_it_has(site: Site) -> None:
    made = second_team(site)
    ana = site.client("ana")
    assert site.client("carla").get("/maps/buying/").status_code == 200
    assert ana.post("/maps/buying/place/", {"team": made.id}).status_code == 302
    assert Map.objects.get(slug="buying").team == made
    assert ana.get("/maps/buying/versions/1/").status_code == 200
    assert site.client("carla").get("/maps/buying/").status_code == 404
    assert "Tiendas" in words(ana.get("/").content)


def test_a_map_is_not_moved_to_a_team_where_one_may_not_draw(site: Site) -> None:
    other = Team.objects.get(name="Other")
    answer = site.client("ana").post("/maps/buying/place/", {"team": other.id})
    assert answer.status_code == 404
    assert Map.objects.get(slug="buying").team == site.team


def test_an_archived_map_leaves_the_lists_and_comes_back(site: Site) -> None:
    bruno = site.client("bruno")
    assert bruno.post("/maps/buying/place/", {"away": "1"}).headers["Location"] == "/"
    home = words(bruno.get("/").content)
    assert "Comprar en la web" not in home
    assert "Mapas archivados: 1" in home
    assert "Comprar en la web" in words(bruno.get("/?archived=1").content)
    assert "Este mapa está en el archivo" in words(bruno.get("/maps/buying/").content)
    bruno.post("/maps/buying/place/", {"back": "1"})
    assert "Comprar en la web" in words(bruno.get("/").content)
    assert (site.workspace.folder / "maps" / "buying.yaml").read_text("utf-8") == MAP
