"""Working together: invitations, roles, comments, and links for strangers."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from trayecto.web.models import Account, Comment, Invitation, Look, Membership, Role, Share
from web_site import PASSWORD, Site, words


def link_in(page: bytes, path: str) -> str:
    found = re.search(rf"http://testserver(/{path}/[\w-]+/)", page.decode())
    assert found
    return found[1]


def test_somebody_invited_makes_an_account_and_is_in_the_team(site: Site) -> None:
    form = {"email": "Nuria@Example.com", "role": int(Role.EDITOR), "sees_people": "on"}
    link = link_in(site.client("ana").post("/team/", form).content, "join")
    guest = Client()
    assert guest.post(link, {"name": "Nuria", "password": PASSWORD}).headers["Location"] == "/"
    member = Membership.objects.get(account__email="nuria@example.com")
    assert (member.team, member.role, member.sees_people) == (site.team, Role.EDITOR, True)
    assert Client().get(link).status_code == 404  # it works once


def test_an_invitation_ends_after_a_week(site: Site) -> None:
    form = {"email": "nuria@example.com", "role": int(Role.VIEWER)}
    link = link_in(site.client("ana").post("/team/", form).content, "join")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 404


def test_a_team_keeps_somebody_who_administers_it(site: Site) -> None:
    own = Membership.objects.get(account__email="ana@example.com")
    site.client("ana").post(f"/team/members/{own.id}/", {"role": int(Role.VIEWER)})
    own.refresh_from_db()
    assert own.role == Role.ADMIN


def test_a_change_of_rights_is_written_down(site: Site) -> None:
    carla = Membership.objects.get(account__email="carla@example.com")
    form = {"role": int(Role.EDITOR)}
    site.client("ana").post(f"/team/members/{carla.id}/", form)
    assert Look.objects.get(act="rights changed").account == Account.objects.get(name="Ana")


def test_a_comment_names_a_colleague_and_is_settled(site: Site) -> None:
    carla = site.client("carla")
    carla.post("/maps/buying/comments/?part=touchpoint:shop", {"text": "¿Y la espera, @Ana?"})
    said = Comment.objects.get()
    assert said.part == "touchpoint:shop"
    assert [account.name for account in said.mentions.all()] == ["Ana"]
    site.client("ana").post("/maps/buying/comments/", {"text": "Vista", "answers": said.id})
    assert Comment.objects.get(text="Vista").part == "touchpoint:shop"
    carla.post(f"/maps/buying/comments/{said.id}/")
    said.refresh_from_db()
    assert str(said.resolved_by) == "Carla"


def test_who_is_named_is_told_by_mail_and_on_the_first_page_until_it_is_settled(
    site: Site, mailoutbox: list[EmailMessage]
) -> None:
    site.client("carla").post(
        "/maps/buying/comments/?part=touchpoint:shop", {"text": "¿Y la espera, @Ana? @carla"}
    )
    (mail,) = mailoutbox
    assert mail.to == ["ana@example.com"]
    assert mail.subject == "Carla te menciona en «Comprar en la web»"
    assert "/maps/buying/comments/" in mail.body
    assert "espera" not in mail.body
    ana = site.client("ana")
    assert "Te mencionan ¿Y la espera, @Ana?" in words(ana.get("/week/").content)
    assert "Te mencionan" not in words(site.client("bruno").get("/week/").content)
    assert "· Tienda" in words(ana.get("/maps/buying/comments/").content)
    ana.post(f"/maps/buying/comments/{Comment.objects.get().id}/")
    assert "Te mencionan" not in words(ana.get("/week/").content)


def test_a_comment_is_shown_with_whom_it_names_with_links_and_without_markup(site: Site) -> None:
    said = "@Ana, mira https://example.com/tarifas <script>x</script>\n\nY @Nadie también"
    site.client("carla").post("/maps/buying/comments/", {"text": said})
    page = site.client("ana").get("/maps/buying/comments/").content.decode()
    assert '<b class="named">@Ana</b>, mira <a href="https://example.com/tarifas"' in page
    assert "&lt;script&gt;x&lt;/script&gt;</p>" in page
    assert "<p>Y @Nadie también</p>" in page


def test_another_team_can_neither_read_nor_settle_comments(site: Site) -> None:
    said = Comment.objects.create(map=site.map, text="Entre nosotros")
    dora = site.client("dora")
    assert dora.get("/maps/buying/comments/").status_code == 404
    assert dora.post(f"/maps/buying/comments/{said.id}/").status_code == 404


def shared(site: Site, **form: str) -> str:
    page = site.client("bruno").post("/maps/buying/share/", {"days": "7", **form}).content
    return link_in(page, "s")


def test_a_stranger_with_the_link_sees_the_map_and_nothing_else(site: Site) -> None:
    link = shared(site)
    page = Client().get(link)
    assert page.status_code == 200
    assert "<svg" in page.content.decode()
    assert Client().get("/maps/buying/").status_code == 302
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_a_link_may_ask_for_a_password_and_gives_up_after_ten_tries(site: Site) -> None:
    link = shared(site, password="fibra-2026")
    stranger = Client()
    assert stranger.get(link).status_code == 403
    assert stranger.post(link, {"password": "fibra"}).status_code == 403
    assert stranger.post(link, {"password": "fibra-2026"}).status_code == 200
    assert stranger.get(link).status_code == 200
    other = Client()
    for _ in range(10):
        other.post(link, {"password": "no"})
    assert other.post(link, {"password": "fibra-2026"}).status_code == 403


def test_a_link_ends_when_its_time_is_over_or_somebody_ends_it(site: Site) -> None:
    link = shared(site)
    Share.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 404
    other = shared(site)
    share = Share.objects.latest("id")
    site.client("bruno").post(f"/maps/buying/share/{share.id}/")
    ended = Client().get(other)
    assert ended.status_code == 404
    assert "Pide otro a quien te lo dio." in words(ended.content)
    assert "Ir a tus mapas" not in words(ended.content)  # a stranger has none


def test_only_a_map_meant_for_it_stands_in_a_page_of_another_site(site: Site) -> None:
    page = Client().get(shared(site, embeds="on"))
    assert "frame-ancestors *" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    # Inside it nothing can be sent: no cookie of ours is there.
    framed = Client().get(shared(site, embeds="on"), headers={"sec-fetch-dest": "iframe"})
    assert "<form" in page.content.decode()
    assert "<form" not in framed.content.decode()


def test_who_embeds_a_map_gets_what_to_put_in_the_other_page_and_no_password(site: Site) -> None:
    bruno = site.client("bruno")
    made = bruno.post("/maps/buying/share/", {"days": "7", "embeds": "on"})
    assert re.search(r'&lt;iframe src="http://testserver/s/[^"]+"', made.content.decode())
    form = {"days": "7", "embeds": "on", "password": "fibra-2026"}
    refused = bruno.post("/maps/buying/share/", form)
    assert "el navegador no conserva la contraseña" in words(refused.content)
    assert Share.objects.count() == 1


def test_a_person_signs_in_and_chooses_another_language(site: Site) -> None:
    del site
    browser = Client()
    browser.post("/sign-in/", {"login": "carla@example.com", "password": PASSWORD})
    form = {"name": "Carla", "language": "en", "zone": "Europe/Madrid"}
    browser.post("/account/", form)
    assert "Your maps" in browser.get("/").content.decode()
    wrong = browser.post("/account/", {**form, "zone": "Europe/Nowhere"})
    assert "There is no such time zone" in wrong.content.decode()
    assert Account.objects.get(name="Carla").zone == "Europe/Madrid"


def test_a_wrong_password_says_so_in_the_readers_language(site: Site) -> None:
    del site
    page = Client(headers={"accept-language": "es"}).post(
        "/sign-in/", {"login": "carla@example.com", "password": "otra cosa"}
    )
    assert "no van juntos" in page.content.decode()
