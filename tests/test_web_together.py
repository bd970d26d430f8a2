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


def test_who_wrote_a_comment_changes_it_and_whom_it_names_only_now_is_told(
    site: Site, mailoutbox: list[EmailMessage]
) -> None:
    carla, words_of = site.client("carla"), "/maps/buying/comments/{}/words/".format
    carla.post("/maps/buying/comments/?part=touchpoint:shop", {"text": "¿Y la espera, @Ana?"})
    said = Comment.objects.get()
    again = {"text": "¿Y la cola, @Ana y @Bruno?"}
    answer = carla.post(words_of(said.id) + "?part=touchpoint:shop", again)
    assert answer["Location"] == "/maps/buying/comments/?part=touchpoint%3Ashop"
    assert [mail.to for mail in mailoutbox] == [["ana@example.com"], ["bruno@example.com"]]
    page = words(site.client("ana").get("/maps/buying/comments/").content)
    assert "· editado" in page
    assert "¿Y la cola" in page
    assert "¿Y la espera" not in page
    # Nobody else changes it, not even who looks after the team; a text of nothing changes nothing.
    for name in ("ana", "bruno"):
        assert site.client(name).post(words_of(said.id), {"text": "No"}).status_code == 403
    carla.post(words_of(said.id), {"text": "  "})
    said.refresh_from_db()
    assert said.text == again["text"]


def test_a_comment_is_deleted_by_who_wrote_it_and_the_answers_stay(site: Site) -> None:
    carla, ana = site.client("carla"), site.client("ana")
    carla.post("/maps/buying/comments/", {"text": "¿Y la espera, @Ana?"})
    said = Comment.objects.get()
    ana.post("/maps/buying/comments/", {"text": "Vista", "answers": said.id})
    answer = Comment.objects.get(text="Vista")
    carla.post(f"/maps/buying/comments/{said.id}/words/", {"delete": "yes"})
    page = words(ana.get("/maps/buying/comments/").content)
    assert "Este comentario se ha eliminado." in page
    assert "Vista" in page
    assert "espera" not in page
    assert "Te mencionan" not in words(ana.get("/week/").content)
    # With its last answer it goes altogether.
    ana.post(f"/maps/buying/comments/{answer.id}/words/", {"delete": "yes"})
    assert not Comment.objects.exists()


def test_who_looks_after_the_team_may_delete_anybodys_comment_and_that_is_noted(site: Site) -> None:
    site.client("carla").post("/maps/buying/comments/", {"text": "El móvil de Luz es 600 000 000"})
    said = Comment.objects.get()
    gone = f"/maps/buying/comments/{said.id}/words/"
    assert site.client("bruno").post(gone, {"delete": "yes"}).status_code == 403
    assert "Eliminar el comentario" not in words(
        site.client("bruno").get("/maps/buying/comments/").content
    )
    ana = site.client("ana")
    assert "Eliminar el comentario" in words(ana.get("/maps/buying/comments/").content)
    ana.post(gone, {"delete": "yes"})
    assert not Comment.objects.exists()
    assert Look.objects.get(act="comment deleted").about == "buying"


def test_a_resolved_comment_takes_its_answers_out_of_what_is_open(site: Site) -> None:
    carla, part = site.client("carla"), "/maps/buying/part/?part=touchpoint:shop"
    carla.post("/maps/buying/comments/?part=touchpoint:shop", {"text": "¿Y la espera?"})
    said = Comment.objects.get()
    carla.post("/maps/buying/comments/", {"text": "Se mide en tienda", "answers": said.id})
    assert "2 por resolver" in words(carla.get(part).content)
    carla.post(f"/maps/buying/comments/{said.id}/")
    assert "0 por resolver" in words(carla.get(part).content)


def test_another_team_can_neither_read_nor_settle_comments(site: Site) -> None:
    said = Comment.objects.create(map=site.map, text="Entre nosotros")
    dora = site.client("dora")
    assert dora.post(f"/maps/buying/comments/{said.id}/words/").status_code == 404
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
