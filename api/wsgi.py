"""The web application for a server: in this process, or in each worker of granian."""

from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

from api.app import create_app
from api.bootstrap import FOR_THE_WEB, build_engine, open_database
from api.scheduler import Heartbeat
from api.settings import Settings
from engine.engine import Engine

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def build(settings: Settings, engine: Engine, heartbeat: Heartbeat | None = None) -> "WSGIApplication":
    """The application on an open engine; ``heartbeat``: of this process, watched by /health/live."""
    app = create_app(settings, engine)
    if heartbeat is not None:
        app.extensions["motcua-heartbeat"] = heartbeat
    if settings.proxies:
        # Addresses that a client made up stand further left than those our own proxies wrote.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app


def create() -> "WSGIApplication":
    """The application of a worker process, by the settings of the environment."""
    settings = Settings.from_environment()
    database = open_database(settings, migrate=False, patience=FOR_THE_WEB)
    return build(settings, build_engine(settings, database))
