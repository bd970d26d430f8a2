"""
Django's settings, read from the environment and the workspace: there is no other file to edit.

`TRAYECTO_WORKSPACE` names the workspace; the app database is SQLite inside it, unless
`TRAYECTO_DATABASE` gives a PostgreSQL address. `TRAYECTO_HOSTS` names the hosts that the app
answers to when others than this machine may reach it; it is then served over HTTPS, by a proxy at
one of the addresses of `TRAYECTO_PROXY`.
"""

from __future__ import annotations

import os
from pathlib import Path

from trayecto.web import environment, providers
from trayecto.web.secret import secret_key

WORKSPACE = Path(os.environ.get("TRAYECTO_WORKSPACE") or ".").resolve()
APP_FOLDER = WORKSPACE / "web"
"""Where the app keeps its own: the database, its key, files on their way in."""

SECRET_KEY = secret_key(APP_FOLDER)
_ENVIRONMENT = environment.read(os.environ, APP_FOLDER)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_ENVIRONMENT.names]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _ENVIRONMENT.hosts]
DEBUG = False

INSTALLED_APPS = [
    "trayecto.web",  # before allauth: our templates go before its own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "django_htmx",
]
# What the extra `accounts` brings; without it, people sign in with their password alone.
SECOND_FACTOR = providers.there("qrcode", "fido2")
SIGN_ON = providers.there("requests", "oauthlib", "jwt")
if SECOND_FACTOR:
    INSTALLED_APPS.append("allauth.mfa")
if SIGN_ON:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "trayecto.web.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trayecto.web.uploads.Uploads",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "trayecto.web.speaking.Speaking",
    "trayecto.web.mistakes.Mistakes",
    "trayecto.web.waiting.Waiting",
]
ROOT_URLCONF = "trayecto.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trayecto.web.frame.frame",
            ],
            "builtins": ["trayecto.web.templatetags.saying"],
        },
    }
]


DATABASES = {"default": _ENVIRONMENT.database}

AUTH_USER_MODEL = "web.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "trayecto.web.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# Who has no account gets no letter, and nobody can tell the two apart on the page.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Trayecto"
# Addresses were checked by whoever invited them.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "trayecto.web.sign_on.SignOn"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": providers.read(APP_FOLDER / "accounts.yaml") if SIGN_ON else []}
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# A form that leads to another site is against our own policy; a link is not, and it changes
# nothing here until the provider has sent the person back with what we gave along.
SOCIALACCOUNT_LOGIN_ON_GET = True

globals().update(_ENVIRONMENT.mail)

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = APP_FOLDER / "static"
STATICFILES_DIRS = [("fonts", Path(__file__).parent.parent / "render" / "fonts")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
_INCOMING = APP_FOLDER / "incoming"
FILE_UPLOAD_TEMP_DIR = str(_INCOMING) if _INCOMING.is_dir() else None
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

# A browser keeps our cookies to itself; over the net they travel encrypted only.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = bool(_ENVIRONMENT.hosts)
# Whether a request came encrypted is told by the server, which believes only TRAYECTO_PROXY.
SECURE_HSTS_SECONDS = 31_536_000 if _ENVIRONMENT.hosts else 0
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "trayecto.web.mistakes.out_of_date"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "trayecto", "trayecto_csrf"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"trayecto": {"handlers": ["console"], "level": "INFO"}},
}
