"""A team: who is in it, what each may do, and how somebody new comes in."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.mail import send_mail
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from trayecto.web.entering import let_in
from trayecto.web.models import Account, Invitation, Look, Membership, Role, Team
from trayecto.web.roles import Needs, note, page
from trayecto.web.speaking import language_of
from trayecto.web.tokens import hash_of, new_token
from trayecto.web.words import phrase
from trayecto.web.words.audit import act_said

INVITED_DAYS = 7
_LOOKS = 200
_OF_MEMBERS = {"member removed", "rights changed"}
"""Acts about somebody of the team, of whom the log keeps only the number."""


class InvitationForm(forms.Form):
    """Whom to invite, and what they may do."""

    email = forms.EmailField()
    role = forms.TypedChoiceField(choices=Role.choices, coerce=int)
    sees_people = forms.BooleanField(required=False)


class JoinForm(forms.Form):
    """What an invited person says of themselves."""

    name = forms.CharField(max_length=300)
    password = forms.CharField(min_length=10, strip=False, widget=forms.PasswordInput)

    def clean_password(self) -> str:
        """Return the password when it is hard to guess."""
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password


@page("team/", name="team", needs=Needs.ADMIN)
def team(request: HttpRequest) -> HttpResponseBase:
    """Show the team, and invite."""
    own = _administered(request)
    if "called" in request.POST:
        return _called(request, own)
    form = InvitationForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        link = _invite(request, own, form)
        form = InvitationForm()
    told = {
        "team": own.team, "form": form,
        "teams": [one.team for one in _all_administered(request)],
        "link": link, "roles": Role.choices,
        "members": own.team.memberships.select_related("account").order_by("account__name"),
        "invitations": own.team.invitations.filter(used_at=None, expires_at__gt=timezone.now()),
    }  # fmt: skip
    return render(request, "web/team.html", told)


@page("team/members/<int:member>/", name="member", needs=Needs.ADMIN)
def member(request: HttpRequest, *, member: int) -> HttpResponseBase:
    """Change what a member may do, or take them out of the team."""
    other = get_object_or_404(
        Membership.objects.select_related("team"), id=member, team__in=_teams(request)
    )
    if request.method != "POST":
        return _back_to(other.team)
    language = language_of(request)
    with transaction.atomic():
        admins = other.team.memberships.select_for_update().filter(role=Role.ADMIN)
        last = other.role == Role.ADMIN and admins.count() == 1
        role = request.POST.get("role", "")
        leaves = "remove" in request.POST
        if last and (leaves or role != str(int(Role.ADMIN))):
            messages.error(request, phrase("accounts.last_admin").say(language))
        elif leaves:
            other.delete()
            note(request, "member removed", str(other.account_id))
        elif role in {str(value) for value in Role.values}:
            other.role, other.sees_people = int(role), "sees_people" in request.POST
            other.save()
            note(request, "rights changed", str(other.account_id))
    return _back_to(other.team)


@page("team/invitations/<int:invitation>/", name="invitation", needs=Needs.ADMIN)
def invitation(request: HttpRequest, *, invitation: int) -> HttpResponseBase:
    """Take an invitation back."""
    if request.method != "POST":
        return redirect("team")
    found = get_object_or_404(
        Invitation.objects.select_related("team"), id=invitation, team__in=_teams(request)
    )
    found.delete()
    return _back_to(found.team)


@page("join/<str:token>/", name="join", needs=Needs.ANYONE)
def join(request: HttpRequest, *, token: str) -> HttpResponseBase:
    """Let an invited person in: with a new account, or with the one they have."""
    found = Invitation.objects.filter(
        token_hash=hash_of(token), used_at=None, expires_at__gt=timezone.now()
    ).first()
    if found is None:
        raise Http404
    known = Account.objects.filter(email__iexact=found.email).first()
    if known is not None and request.user != known:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    form = JoinForm(request.POST or None)
    if request.method == "POST" and (known is not None or form.is_valid()):
        account = _let_in(found, form.cleaned_data if known is None else None, known, request)
        if known is None:
            let_in(request, account)
        return redirect("home")
    return render(request, "web/join.html", {"invitation": found, "form": form, "known": known})


@page("audit/", name="audit", needs=Needs.ADMIN)
def audit(request: HttpRequest) -> HttpResponseBase:
    """Show who looked at whom, and who changed what."""
    listed = Paginator(Look.objects.select_related("account"), _LOOKS).get_page(
        request.GET.get("page")
    )
    of_members = [int(look.about) for look in listed if look.act in _OF_MEMBERS]
    members = Account.objects.in_bulk(of_members)
    whom = {str(member.id): str(member) for member in members.values()}
    runs = [list(run) for _, run in groupby(listed, key=_alike)]
    rows = [
        (run, act_said(run[0].act),
         whom.get(run[0].about, "") if run[0].act in _OF_MEMBERS else run[0].about)
        for run in runs
    ]  # fmt: skip
    return render(request, "web/audit.html", {"listed": listed, "rows": rows})


def _alike(look: Look) -> tuple[int | None, str, str]:
    """Return what makes two looks one line, told as many times as it happened."""
    return look.account_id, look.act, look.about


def _called(request: HttpRequest, own: Membership) -> HttpResponseBase:
    """Give the team another name, or make a new one that its maker administers."""
    name, team = request.POST["called"].strip()[:300], own.team
    if not name:
        messages.error(request, phrase("accounts.team_needs").say(language_of(request)))
    elif "new" in request.POST:
        with transaction.atomic():
            team = Team.objects.create(name=name)
            Membership.objects.create(
                team=team, account=own.account, role=Role.ADMIN, sees_people=own.sees_people
            )
        note(request, "team made", name)
    else:
        team.name = name
        team.save(update_fields=["name"])
        note(request, "team renamed", name)
    return _back_to(team)


def _back_to(team: Team) -> HttpResponseBase:
    return redirect(f"{reverse('team')}?team={team.id}")


def _all_administered(request: HttpRequest) -> QuerySet[Membership]:
    assert isinstance(request.user, Account)
    held = request.user.memberships.filter(role=Role.ADMIN)
    return held.select_related("team", "account").order_by("team__name", "id")


def _teams(request: HttpRequest) -> QuerySet[Membership, int]:
    return _all_administered(request).values_list("team", flat=True).order_by()


def _administered(request: HttpRequest) -> Membership:
    """Return the team that was asked for, of those a person administers; else the first."""
    asked, held = request.GET.get("team", ""), _all_administered(request)
    found = next((one for one in held if str(one.team_id) == asked), None)
    if asked and found is None:
        raise Http404
    return found or held[0]


def _invite(request: HttpRequest, own: Membership, form: InvitationForm) -> str:
    """Make an invitation, mail it, and return its link, which is shown this once."""
    token, hashed = new_token()
    given = form.cleaned_data
    Invitation.objects.create(
        team=own.team, email=given["email"].lower(), role=given["role"],
        sees_people=given["sees_people"], token_hash=hashed, made_by=own.account,
        expires_at=timezone.now() + timedelta(days=INVITED_DAYS),
    )  # fmt: skip
    link = request.build_absolute_uri(reverse("join", kwargs={"token": token}))
    language = language_of(request)
    send_mail(
        phrase("accounts.mail_subject").say(language).format(team=own.team.name),
        phrase("accounts.mail_text").say(language).format(team=own.team.name, link=link),
        None, [given["email"]], fail_silently=True,
    )  # fmt: skip
    note(request, "invited", own.team.name)
    return link


@transaction.atomic
def _let_in(
    found: Invitation,
    given: dict[str, str] | None,
    known: Account | None,
    request: HttpRequest,
) -> Account:
    taken = Invitation.objects.filter(id=found.id, used_at=None).update(used_at=timezone.now())
    if not taken:
        raise Http404
    account = known or Account.objects.create_user(
        found.email, given["password"] if given else None, name=given["name"] if given else "",
        language=language_of(request),
    )  # fmt: skip
    Membership.objects.update_or_create(
        team=found.team, account=account,
        defaults={"role": found.role, "sees_people": found.sees_people},
    )  # fmt: skip
    return account
