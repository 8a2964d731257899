"""Django's settings, derived from the table in ``config``."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from ortaq.engine import db
from ortaq.site import config, providers

PACKAGE = Path(__file__).resolve().parent.parent

for _setting in config.SETTINGS:
    globals()[_setting.name] = config.value(_setting.name)
ORTAQ_DATA: Path = config.value("ORTAQ_DATA")
ORTAQ_KINDS: list[str] = config.value("ORTAQ_KINDS")
ORTAQ_COUNTRIES: list[str] = config.value("ORTAQ_COUNTRIES")
ORTAQ_PARTNERS: list[str] = config.value("ORTAQ_PARTNERS")
ORTAQ_ADDRESS: str = config.value("ORTAQ_ADDRESS")


def _secret(folder: Path) -> str:
    """The node's secret for sessions, drawn once and kept in the data folder, readable by the owner only."""
    file = folder / "keys" / "secret"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return file.read_text()


DEBUG = config.value("ORTAQ_DEBUG")
SECRET_KEY = _secret(ORTAQ_DATA)
ALLOWED_HOSTS = config.value("ORTAQ_HOSTS")
if ORTAQ_ADDRESS:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, urlsplit(ORTAQ_ADDRESS).hostname or ""]

INSTALLED_APPS = [
    "ortaq.people",
    "ortaq.engine",
    "ortaq.vocab",
    "ortaq.translate",
    "ortaq.search",
    "ortaq.imports",
    "ortaq.exchange",
    "ortaq.alerts",
    "ortaq.documents",
    "ortaq.web",
    "ortaq.api",
    "ortaq.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "ortaq.people.oidc",
]
ORTAQ_PROXIES = config.value("ORTAQ_PROXIES")
MIDDLEWARE = [
    "ortaq.site.proxies.client",
    "ortaq.web.middleware.errors",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ortaq.people.middleware.reader",
    "ortaq.vocab.middleware.labels",
    "ortaq.web.views_consent.asking",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ortaq.web.middleware.sizes",
]
ROOT_URLCONF = "ortaq.site.urls"
WSGI_APPLICATION = "ortaq.site.wsgi.application"
DATABASES = db.databases(config.value("ORTAQ_DATABASE") or None, ORTAQ_DATA)
DATABASE_ROUTERS = ["ortaq.engine.db.router.Router"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ortaq.web.context.site",
                "ortaq.demo.context.tour",
            ]
        },
    }
]

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {"signup": "ortaq.people.forms.SignupForm"}
ACCOUNT_ADAPTER = "ortaq.people.adapter.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "ortaq.people.adapter.SecondStepAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "ortaq.people.key_forms.AddPasskey",
    "edit_webauthn": "ortaq.people.key_forms.RenamePasskey",
    "authenticate_webauthn": "ortaq.people.key_forms.AuthenticatePasskey",
    "login_webauthn": "ortaq.people.key_forms.LoginPasskey",
    "reauthenticate_webauthn": "ortaq.people.key_forms.ReauthenticatePasskey",
}
# A key cannot be guessed, and a whole institution comes from one address.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
SOCIALACCOUNT_ADAPTER = "ortaq.people.adapter.ProviderAdapter"
SOCIALACCOUNT_FORMS = {"disconnect": "ortaq.people.key_forms.Disconnect"}
SOCIALACCOUNT_PROVIDERS = providers.read(config.value("ORTAQ_SIGN_IN"))
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"

LANGUAGE_CODE = "en"
LANGUAGES = [("kk", "Қазақша"), ("az", "Azərbaycanca"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *providers.origins(SOCIALACCOUNT_PROVIDERS)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if config.value("ORTAQ_HTTPS"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

DEFAULT_FROM_EMAIL = SERVER_EMAIL = config.value("ORTAQ_MAIL_FROM")
EMAIL_TIMEOUT = 20  # seconds: a mail server that hangs must not hang the page
_mail = config.value("ORTAQ_MAIL")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail.host else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = ORTAQ_DATA / "mail"
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = _mail

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
_LOCAL = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _LOCAL},
    "drawn": {"BACKEND": _LOCAL, "LOCATION": "drawn", "TIMEOUT": 3_600, "OPTIONS": {"MAX_ENTRIES": 1_000}},
}
