"""Django's settings. What an installation may set comes from the environment (`environment.py`); the rest is decided here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from puntlanding.web.environment import chosen, data_folder, database, is_local, listed, own_log_in, secret_key, whole
from puntlanding.web.logs import logging_settings

DATA = data_folder()
LOCAL = is_local()

SECRET_KEY = secret_key(DATA)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if LOCAL else listed("ALLOWED_HOSTS")
ROOT_URLCONF = "puntlanding.web.urls"
WSGI_APPLICATION = "puntlanding.web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "puntlanding.web.desk",
    "puntlanding.web.api",
    "django_tasks",
    "django_tasks_db",
    "puntlanding.web.work",
    "puntlanding.web.deliveries",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "puntlanding.web.request_lines.requests",
    "puntlanding.web.headers.headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "puntlanding.web.faults.faults",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "puntlanding.web.first_language.first_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counts of failed log-ins must be one count for all processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}}

# Long work waits in the database, for `puntlanding-web worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WORK_KEPT_DAYS = whole("PUNTLANDING_WORK_DAYS", 30)  # after that, the files of a result are cleared

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [Path(__file__).parent / "static"]
WHITENOISE_USE_FINDERS = True  # what is shipped in the package is served from there: nothing to collect

# Log-in: by e-mail address and password, with a second factor, or by the hospital's own log-in. Nobody signs up.
AUTH_USER_MODEL = "desk.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email", "display_name"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SECOND_FACTOR_REQUIRED = os.environ.get("PUNTLANDING_SECOND_FACTOR", "" if LOCAL else "1") == "1"
ACCOUNT_ADAPTER = "puntlanding.web.adapters.Accounts"
SOCIALACCOUNT_ADAPTER = "puntlanding.web.adapters.OwnLogIn"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the administrator made the account, so the address is known
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if LOCAL else "https"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/300s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = whole("PUNTLANDING_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # how long a link to choose a password holds
MFA_ALLOW_UNVERIFIED_EMAIL = True  # as above: otherwise nobody who got a link could set one up
MFA_TOTP_ISSUER = "puntlanding"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
OWN_LOG_IN = os.environ.get("PUNTLANDING_OIDC_URL", "")
SOCIALACCOUNT_PROVIDERS = own_log_in(
    OWN_LOG_IN,
    os.environ.get("PUNTLANDING_OIDC_CLIENT", ""),
    os.environ.get("PUNTLANDING_OIDC_SECRET", ""),
    os.environ.get("PUNTLANDING_OIDC_NAME", "het ziekenhuis"),
    trusted=os.environ.get("PUNTLANDING_OIDC_TRUST_EMAIL") == "1",
)

# Mail only serves a forgotten password: without a server that page says whom to ask.
MAIL = bool(os.environ.get("PUNTLANDING_SMTP_HOST"))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST = os.environ.get("PUNTLANDING_SMTP_HOST", "")
EMAIL_PORT = whole("PUNTLANDING_SMTP_PORT", 587)
EMAIL_HOST_USER = os.environ.get("PUNTLANDING_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PUNTLANDING_SMTP_PASSWORD", "")
EMAIL_USE_TLS = MAIL
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("PUNTLANDING_SMTP_FROM", "puntlanding@localhost")

SESSION_COOKIE_AGE = 10 * 60 * 60  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
LANGUAGE_COOKIE_SECURE = not LOCAL
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^gezondheid$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 250
FILE_UPLOAD_HANDLERS = ["puntlanding.web.upload_handler.SealedUploads"]  # what is sent is never on disk in the clear
UPLOAD_MB = whole("PUNTLANDING_UPLOAD_MB", 500)  # a hospital's exports, together
CASE_MB = whole("PUNTLANDING_CASE_MB", 50)  # the files of a case, together
MEMORY_DISK = os.environ.get("PUNTLANDING_MEMORY_DISK", "/dev/shm")  # noqa: S108  where records are opened, in a folder of their own

API_PER_MINUTE = whole("PUNTLANDING_API_PER_MINUTE", 120)  # per token

CSRF_FAILURE_VIEW = "puntlanding.web.faults.forged"
LOG = chosen("PUNTLANDING_LOG", ("json", "text"), "text" if LOCAL else "json")
LOGGING: dict[str, Any] = logging_settings(LOG, every_request=not LOCAL or bool(os.environ.get("PUNTLANDING_LOG")))
