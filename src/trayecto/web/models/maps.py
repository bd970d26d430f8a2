"""Maps with every version of their text, what is said about them, and with whom they are shared."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from trayecto.vocabulary.text import Text, folded, in_order
from trayecto.web.models.accounts import Account, Team


class Map(models.Model):
    """One map of a team; its text is in its versions, the newest also as a workspace file."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="maps")
    slug = models.SlugField(max_length=120, unique=True)
    title_es = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    order_es = models.CharField(max_length=300, blank=True, db_index=True)
    order_en = models.CharField(max_length=300, blank=True, db_index=True)
    """The titles as they are put in order: no database does it as Spanish or English would."""
    words = models.TextField(blank=True)
    """What the map is found by, folded: its titles and its name in addresses."""
    head = models.PositiveIntegerField(default=0)
    """Number of the newest version."""
    archived_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug

    def entitle(self, title: Text) -> None:
        """Give the map its title, with what it is put in order and found by."""
        self.title_es, self.title_en = title.es[:300], title.en[:300]
        self.order_es, self.order_en = (in_order(each)[:300] for each in (title.es, title.en))
        self.words = folded(f"{self.title_es} {self.title_en} {self.slug}")


TITLED = ("title_es", "title_en", "order_es", "order_en", "words")
"""The fields that a title fills."""


class Version(models.Model):
    """The whole text of a map as somebody left it."""

    map = models.ForeignKey(Map, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    made_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    """Nobody: the file was edited outside the app."""
    made_at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=300, blank=True)
    approved_by = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Versions count up from 1; two people cannot both make the next one."""

        ordering: ClassVar = ["map", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["map", "number"], name="one_version")
        ]


class Comment(models.Model):
    """What somebody says about a part of a map."""

    map = models.ForeignKey(Map, on_delete=models.CASCADE, related_name="comments")
    part = models.CharField(max_length=200, blank=True)
    """Kind and id of the part, e.g. `touchpoint:technician`; empty: the whole map."""
    answers = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    made_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    text = models.TextField(max_length=5_000)
    """Empty: it was deleted, and there are answers to it."""
    changed_at = models.DateTimeField(null=True, blank=True)
    mentions: models.ManyToManyField[Account, models.Model] = models.ManyToManyField(
        Account, related_name="mentioned_in", blank=True
    )
    resolved_by = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Oldest first, as a conversation is read."""

        ordering: ClassVar = ["made_at", "id"]

    def get_absolute_url(self) -> str:
        """Return where it is read: an answer, beneath what it answers."""
        return f"{reverse('comments', args=[self.map.slug])}#comment-{self.answers_id or self.pk}"


class Share(models.Model):
    """A link that shows a map to strangers, without personal data; only its hash is kept."""

    map = models.ForeignKey(Map, on_delete=models.CASCADE, related_name="shares")
    token_hash = models.CharField(max_length=64, unique=True)
    password = models.CharField(max_length=200, blank=True)
    """Hashed; empty: none is asked."""
    made_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    embeds = models.BooleanField(default=False)
    """May stand in a frame of another site."""


class Draft(models.Model):
    """The answers of a guided map that somebody has not finished: it waits for them."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="drafts")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    """Whose map it will be."""
    answers = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """The last one touched first."""

        ordering: ClassVar = ["-changed_at"]
