"""Every address of the app: our pages, as they registered themselves, and those of allauth."""

from __future__ import annotations

from allauth.account import views as accounts
from django.urls import path

from trayecto.web import pages
from trayecto.web.mistakes import not_allowed, not_found
from trayecto.web.roles import PAGES

__all__ = ["handler403", "handler404", "pages", "urlpatterns"]

urlpatterns = [
    # Fixed addresses first: “maps/new/” is not a map called new.
    *(
        path(page.path, page.view, name=page.name)
        for page in sorted(PAGES, key=lambda page: page.path.count("<"))
    ),
    path("sign-in/", accounts.login, name="account_login"),
    path("sign-out/", accounts.logout, name="account_logout"),
    path("password/forgotten/", accounts.password_reset, name="account_reset_password"),
    path(
        "password/forgotten/sent/", accounts.password_reset_done, name="account_reset_password_done"
    ),
    path(
        "password/new/<uidb36>/<key>/",
        accounts.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done/",
        accounts.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("password/change/", accounts.password_change, name="account_change_password"),
]
handler403 = not_allowed
handler404 = not_found
