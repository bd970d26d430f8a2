"""Every address of the app: our pages, as they registered themselves, and those of allauth."""

from __future__ import annotations

from allauth.account import views as accounts
from django.conf import settings
from django.urls import path, re_path
from django.views.generic import RedirectView

from trayecto.web import pages
from trayecto.web.mistakes import not_allowed, not_found, not_understood, too_often
from trayecto.web.roles import PAGES

__all__ = ["handler400", "handler403", "handler404", "handler429", "pages", "urlpatterns"]

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
    # allauth fills in these two where they are joined by a hyphen, and nowhere else.
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done/",
        accounts.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("password/change/", accounts.password_change, name="account_change_password"),
    path("account/again/", accounts.reauthenticate, name="account_reauthenticate"),
]
if settings.SECOND_FACTOR:
    from allauth.mfa.base import views as factor
    from allauth.mfa.recovery_codes import views as codes
    from allauth.mfa.totp import views as app

    urlpatterns += [
        path("sign-in/code/", factor.authenticate, name="mfa_authenticate"),
        path("account/again/code/", factor.reauthenticate, name="mfa_reauthenticate"),
        path("account/second/", factor.index, name="mfa_index"),
        path("account/second/app/", app.activate_totp, name="mfa_activate_totp"),
        path("account/second/off/", app.deactivate_totp, name="mfa_deactivate_totp"),
        path("account/second/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
        path(
            "account/second/codes/new/",
            codes.generate_recovery_codes,
            name="mfa_generate_recovery_codes",
        ),
        path(
            "account/second/codes/file/",
            codes.download_recovery_codes,
            name="mfa_download_recovery_codes",
        ),
    ]
if settings.SIGN_ON:
    from allauth.socialaccount import views as sign_on
    from allauth.socialaccount.providers.openid_connect import views as oidc

    urlpatterns += [
        path("sign-in/stopped/", sign_on.login_cancelled, name="socialaccount_login_cancelled"),
        path("sign-in/failed/", sign_on.login_error, name="socialaccount_login_error"),
        path("sign-in/new/", sign_on.signup, name="socialaccount_signup"),
        path(
            "account/sign-on/",
            RedirectView.as_view(pattern_name="account"),
            name="socialaccount_connections",
        ),
        path("sign-in/with/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
        path(
            "sign-in/with/<slug:provider_id>/back/", oidc.callback, name="openid_connect_callback"
        ),
    ]
handler400 = not_understood
handler403 = not_allowed
handler404 = not_found
handler429 = too_often
