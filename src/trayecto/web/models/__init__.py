"""What people edit, and what must not be lost half-way: the tables of the app database."""

from trayecto.web.models.accounts import Account, Invitation, Membership, Role, Team
from trayecto.web.models.audit import Look
from trayecto.web.models.documents import Document, Written
from trayecto.web.models.maps import Comment, Draft, Map, Share, Version

__all__ = [
    "Account",
    "Comment",
    "Document",
    "Draft",
    "Invitation",
    "Look",
    "Map",
    "Membership",
    "Role",
    "Share",
    "Team",
    "Version",
    "Written",
]
