"""What granian serves in the measurement over HTTP; the database is named by the usual settings.

``application`` is ours, ``limit`` the anchor: Flask with one route that does the bare transaction.
"""

import threading
from contextlib import ExitStack
from typing import Any, cast
from uuid import UUID

import orjson
from flask import Flask, Response, request

from api import wsgi
from api.bootstrap import build_engine
from api.settings import Settings
from engine.store.database import Database
from tests.bench.bare import BarePostgresql
from tests.bench.template import taken
from tests.bench.workload import CHEAP, Walker, opened


def application() -> Flask:
    """The centre's own application."""
    settings = Settings.from_environment()
    engine = build_engine(settings, Database(settings.database), hasher=CHEAP)
    return cast(Flask, wsgi.build(settings, engine))


def limit() -> Flask:
    """No session, no check, no engine: what this server and this database can do at best."""
    settings = Settings.from_environment()
    with ExitStack() as stack:
        engine = stack.enter_context(opened(settings.database, settings.folder))
        template = taken(Walker(engine), engine.database)
    app, own = Flask(__name__), threading.local()

    @app.post("/complete")
    def complete() -> Any:
        if not hasattr(own, "bare"):
            own.bare = BarePostgresql(settings.database.replace("+psycopg", ""), template)
        asked = orjson.loads(request.get_data())
        own.bare.complete(UUID(asked["dossier"]), asked["step"])
        return Response(orjson.dumps({"done": True}), content_type="application/json")

    return app
