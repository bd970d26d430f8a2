"""The other documents that people edit here, node rules and libraries, with every version."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from trayecto.web.models.accounts import Account


class Document(models.Model):
    """One document of the workspace; its newest text is also the workspace's file."""

    path = models.CharField(max_length=200, unique=True)
    """Where it stands in the workspace, such as `nodes.yaml`."""
    head = models.PositiveIntegerField(default=0)
    """Number of the newest version."""


class Written(models.Model):
    """The whole text of a document as somebody left it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    made_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    """Nobody: the file was edited outside the app."""
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Versions count up from 1; two people cannot both make the next one."""

        ordering: ClassVar = ["document", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="one_written")
        ]
