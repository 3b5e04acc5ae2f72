"""The web application: security, languages, errors, pages and the JSON interface put together."""

from flask import Flask

from api import errors, i18n, logs, pages, resources
from api.context import furnish
from api.json_provider import OrjsonProvider
from api.security import Security
from api.settings import Settings
from engine.engine import Engine

# One request: a dossier's files at the counter, each at most 20 MB, and its form.
_LARGEST_REQUEST = 120 * 1024 * 1024


def create_app(settings: Settings, engine: Engine) -> Flask:
    """The WSGI application on an open engine."""
    logs.configure()
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config.update(
        MAX_CONTENT_LENGTH=_LARGEST_REQUEST, MAX_FORM_PARTS=2_000, MAX_FORM_MEMORY_SIZE=2_000_000
    )
    app.json = OrjsonProvider(app)
    furnish(app, engine, settings)
    Security(app, engine, settings)
    i18n.init_app(app)
    errors.init_app(app)
    pages.init_app(app)
    resources.init_app(app)
    return app
