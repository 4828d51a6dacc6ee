"""The factory: the one module, beside the command line, that knows every feature."""

import importlib
import logging
import secrets
import sys
from pathlib import Path

import structlog
from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from eventhub import health, parts, reactions
from eventhub.config import Settings, from_environment
from eventhub.core import garbage
from eventhub.core.db import db
from eventhub.files.store import FileStore
from eventhub.i18n import direction
from eventhub.keys.ring import KeyRing, ring
from eventhub.people.queries import load_account
from eventhub.web import (
    access,
    assets,
    at_once,
    compiled,
    context,
    csrf,
    errors,
    headers,
    language,
    uploads,
)
from eventhub.web.routes import LazyRule

FEATURES = (
    "people", "institutions", "events", "agenda", "venues", "delegations", "speakers",
    "registration", "calendars", "badges", "designs",
    "checkin", "places", "tickets", "floor_cards", "speaking", "arrivals",
    "attendance", "certificates", "credentials", "reports", "admin", "homes", "demo", "protocol",
    "exchange", "papers", "rehearsals", "name_checks",
)  # fmt: skip
"""Packages with views; their blueprint is `views.bp`."""
JOBS = (
    "files", "web", "mail", "people", "events", "agenda", "badges", "certificates",
    "delegations", "registration", "floor_cards", "checkin", "arrivals", "exchange",
    "speakers", "calendars", "rehearsals",
)  # fmt: skip
"""Packages with work for the worker; their handlers are in `jobs`."""

SERVED = frozenset({"demo", "production"})
"""Modes in which answers for everybody hold for a second: elsewhere changes are looked at."""

ROWS_AT_ONCE = 50
"""Rows of one INSERT that answers their keys, on PostgreSQL: its driver reads one with ten thousand
values much longer than many with a thousand."""

_package = Path(__file__).resolve().parent
TEMPLATES = (_package / "_templates", _package.parent / "templates")


@garbage.kept()
def create_app(settings: Settings | None = None) -> Flask:
    """Return the application for these settings, by default those of the environment."""
    settings = settings or from_environment()
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.url_rule_class = LazyRule
    app.request_class = uploads.FormRequest
    configure(app, settings)
    set_up_log(settings)
    set_up_templates(app, settings)
    db.init_app(app)
    set_up_sign_in(app)
    set_up_requests(app)
    parts.connect()
    reactions.connect()
    for feature in FEATURES:
        app.register_blueprint(importlib.import_module(f"eventhub.{feature}.views").bp)
    for feature in JOBS:
        importlib.import_module(f"eventhub.{feature}.jobs")
    app.add_url_rule("/static/<path:path>", "static_file", assets.static_file)
    health.register(app)
    errors.register(app)
    at_once.stand_before(app, seconds=at_once.SECONDS if settings.mode in SERVED else 0)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Give Flask and its extensions what they read."""
    app.extensions["eventhub.settings"] = settings
    app.extensions["eventhub.keys"] = KeyRing(settings.keys)
    app.extensions["eventhub.files"] = FileStore(settings.folder("files"))
    host = settings.host.rsplit(":", 1)[0]
    current, *older = session_keys(app, settings)
    app.config.update(
        SECRET_KEY=current,
        SECRET_KEY_FALLBACKS=older,
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings),
        SESSION_COOKIE_NAME="session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        MAX_CONTENT_LENGTH=uploads.FORM_PER_FILE * settings.max_upload_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        TRUSTED_HOSTS=[host, "127.0.0.1", "localhost"],
        TESTING=settings.mode == "test",
        TEMPLATES_AUTO_RELOAD=settings.mode == "development",
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    if settings.is_https:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]


def session_keys(app: Flask, settings: Settings) -> list[str]:
    """Return the keys that sign sessions; outside production the key ring makes one."""
    if settings.secret_keys:
        return [key.strip() for key in settings.secret_keys.split(",") if key.strip()]
    with app.app_context():
        return [ring().secret("sessions").hex()]


def engine_options(settings: Settings) -> dict[str, object]:
    """Return how connections are kept: SQLite waits for its lock, others are checked before use.

    The values of a statement that fails stay out of its error, which goes to logs and job pages.
    """
    if settings.database.startswith("sqlite"):
        return {"connect_args": {"timeout": 15}, "hide_parameters": True}
    return {
        "hide_parameters": True,
        "pool_size": settings.threads,
        "max_overflow": 2,
        "insertmanyvalues_page_size": ROWS_AT_ONCE,
    }


def set_up_log(settings: Settings) -> None:
    """Log to standard error, one line a happening; no addresses of pages, no form data."""
    json = settings.log_format == "json"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer()
            if json
            else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )


def set_up_templates(app: Flask, settings: Settings) -> None:
    """Find templates in the wheel or the checkout; an unknown name in one is an error."""
    folder = settings.data_dir.absolute() / "cache" / "compiled"
    app.jinja_options = {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "bytecode_cache": compiled.CompiledTemplates(folder),
    }
    app.jinja_loader = ChoiceLoader([FileSystemLoader(path) for path in TEMPLATES])
    context.register(app)
    app.jinja_env.globals["direction_of"] = direction


def set_up_sign_in(app: Flask) -> None:
    """Let flask-login know accounts; a session starts anew when somebody signs in."""
    manager = LoginManager()
    # Not by init_app: it would read the session for every page, and no cache could keep one.
    app.login_manager = manager  # type: ignore[attr-defined]
    manager.user_loader(load_account)
    manager.session_protection = None


class QuietSessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, of which pages made for all show no trace, not even in Vary."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie, but never on a page that is the same for everybody."""
        if not g.get("made_for_all"):
            super().save_session(app, session, response)


def set_up_requests(app: Flask) -> None:
    """Do around each request what every request needs."""
    app.session_interface = QuietSessions()

    @app.before_request
    def _name_request() -> None:
        g.request_id = secrets.token_hex(8)
        g.place, g.actor = None, access.nobody()  # for pages of errors met before the rules
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id, page=request.endpoint)

    app.before_request(errors.refuse_foreign_host)
    app.before_request(errors.refuse_nul)
    app.before_request(language.choose)
    app.before_request(csrf.check)
    app.before_request(access.enforce)

    @app.after_request
    def _finish(response: Response) -> Response:
        finished = headers.compress(headers.secure(app, language.remember(response)))
        return at_once.finish(app, finished)
