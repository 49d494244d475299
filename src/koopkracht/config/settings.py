"""Settings in one short file: embedded defaults for one machine, environment variables for production.

Four parts: Django, our own Django choices, libraries, Koopkracht. Every variable is described in
``docs/operations/settings.md``, and a test compares the two.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

env = environ.Env()
PACKAGE = Path(__file__).resolve().parent.parent

# --- Where the data of this installation lives: one folder, which is all there is to back up -------------------

HOME = Path(env.str("KOOPKRACHT_HOME", default=str(Path.home() / ".koopkracht"))).expanduser().resolve()
DEBUG = env.bool("KOOPKRACHT_DEBUG", default=False)
PRODUCTION = env.bool("KOOPKRACHT_PRODUCTION", default=False)


def _secret_key() -> str:
    """Return the key from the environment, or one kept in the data folder (made at first use, for its owner)."""
    given = str(env.str("KOOPKRACHT_SECRET_KEY", default=""))
    if given:
        return given
    path = HOME / "secret.key"
    if not path.exists():
        HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


# --- Django ---------------------------------------------------------------------------------------------------

SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("KOOPKRACHT_HOSTS", default=["127.0.0.1", "localhost", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("KOOPKRACHT_ORIGINS", default=[])
ROOT_URLCONF = "koopkracht.config.urls"
WSGI_APPLICATION = "koopkracht.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
LANGUAGE_CODE = "nl-be"
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

CONTEXTS = [
    "koopkracht.audit",
    "koopkracht.accounts",
    "koopkracht.jobs",
    "koopkracht.rules",
    "koopkracht.documents",
    "koopkracht.lake",
    "koopkracht.indicators",
    "koopkracht.obligations",
    "koopkracht.scoring",
    "koopkracht.questionnaires",
    "koopkracht.meetings",
    "koopkracht.knowledge",
    "koopkracht.market",
    "koopkracht.strategy",
    "koopkracht.dossiers",
    "koopkracht.award",
    "koopkracht.contracts",
    "koopkracht.exchange",
    "koopkracht.monitoring",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    *CONTEXTS,
    "koopkracht.web",
    "koopkracht.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "koopkracht.web.ui.middleware.ErrorMiddleware",
    "koopkracht.web.ui.middleware.ActorMiddleware",
    "koopkracht.web.ui.middleware.UploadMiddleware",
    "axes.middleware.AxesMiddleware",
]
_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "koopkracht.web.ui.environment.environment"},
    },
    {
        # Only for libraries that bring Django templates of their own; ours are Jinja2.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates_django"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT_PROCESSORS},
    },
]

# --- Databases: SQLite that survives a power cut by default, PostgreSQL by DATABASE_URL -------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{HOME / 'koopkracht.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = 60
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "koopkracht.config.sqlite"
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728;"
        ),
    }

# --- Our own choices in Django ----------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_TEMP_DIR = env.str("KOOPKRACHT_UPLOAD_DIR", default=None)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "koopkracht.web.ui.errors.csrf_failure"
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("KOOPKRACHT_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
EMAIL_CONFIG = env.email_url("KOOPKRACHT_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("KOOPKRACHT_EMAIL_FROM", default="koopkracht@localhost")

# --- Libraries --------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "koopkracht.accounts.adapter.ClosedAccountAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
SOCIALACCOUNT_ADAPTER = "koopkracht.accounts.adapter.ClosedSocialAccountAdapter"
# The provider is the organisation's own: an address that it has verified finds the account that was invited.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
MFA_TOTP_ISSUER = "Koopkracht"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if env.str("KOOPKRACHT_OIDC_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "organisatie",
                "name": env.str("KOOPKRACHT_OIDC_NAME", default="Uw organisatie"),
                "client_id": env.str("KOOPKRACHT_OIDC_CLIENT"),
                "secret": env.str("KOOPKRACHT_OIDC_SECRET"),
                "settings": {"server_url": env.str("KOOPKRACHT_OIDC_URL")},
            }
        ]
    }
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "koopkracht.accounts.lockout.login_name"
AXES_LOCKOUT_CALLABLE = "koopkracht.web.accounts.lockout.locked_out"
AXES_VERBOSE = False
AXES_RESET_ON_SUCCESS = True
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
LOGGING_CONFIG = "koopkracht.config.logs.configure"
LOGGING: dict[str, Any] = {"json": env.bool("KOOPKRACHT_LOG_JSON", default=PRODUCTION)}

# --- Koopkracht -------------------------------------------------------------------------------------------------

DOCUMENTS_ROOT = HOME / "documents"
LAKE_ROOT = HOME / "lake"
DERIVED_ROOT = HOME / "derived"  # computed from the lake; may be thrown away
ARTEFACTS_ROOT = HOME / "artefacts"
UPLOAD_LIMITS_MB = {"spend": 1500, "notices": 500, "invoices": 200, "ocds": 500, "registers": 50, "artefacts": 200}
AUDIT_ANCHORS = Path(env.str("KOOPKRACHT_AUDIT_ANCHORS", default=str(HOME / "anchors" / "anchors.jsonl")))
AUDIT_ANCHOR_KEY = env.str("KOOPKRACHT_AUDIT_ANCHOR_KEY", default=SECRET_KEY)
METRICS_TOKEN = env.str("KOOPKRACHT_METRICS_TOKEN", default="")
CLAMD_SOCKET = env.str("KOOPKRACHT_CLAMD", default="")
