"""What granian serves in the measurement over HTTP; the database is named by the usual settings.

``application`` is ours, ``limit`` the anchor: Flask with two routes, for the bare transaction and a raw page.
"""

import threading
from contextlib import ExitStack
from typing import Any, cast
from uuid import UUID

import orjson
import psycopg
from flask import Flask, Response, request
from psycopg.rows import dict_row

from api import wsgi
from api.bootstrap import build_engine
from api.settings import Settings
from engine.store.database import Database
from tests.bench.bare import BarePostgresql
from tests.bench.template import taken
from tests.bench.workload import CHEAP, Walker, opened

# By hand what the inbox asks for: open tasks of one role and agency, with what is shown of their dossiers.
INBOX = """
SELECT task.dossier_id, task_id, node, name, role, task.agency, assignee, opened_at, task.due_at, urgent_at,
  number, procedure_code, procedure_name, applicant_name, channel, handling, dossier.due_at AS dossier_due_at,
  dossier.sequence
FROM task JOIN dossier ON dossier.id = task.dossier_id
WHERE task.state = 'open' AND role = %s AND task.agency = %s
ORDER BY urgent_at, task.dossier_id, task_id LIMIT 50
"""


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

    @app.get("/inbox")
    def inbox() -> Any:
        if not hasattr(own, "link"):
            url = settings.database.replace("+psycopg", "")
            own.link = psycopg.connect(url, autocommit=True, prepare_threshold=0, row_factory=dict_row)
        found = own.link.execute(INBOX, ("processing", "SXD")).fetchall()
        return Response(orjson.dumps(found), content_type="application/json")

    return app
