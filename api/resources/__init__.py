"""The JSON interface under /api/v1: one module a noun, functions of at most fifteen lines."""

from typing import Any

from flask import Flask
from flask_smorest import Api

from api.resources import (
    centre,
    documents,
    dossiers,
    incidents,
    interventions,
    messages,
    migrations,
    papers,
    procedures,
    reports,
    sessions,
    tasks,
    tracking,
)
from api.resources.body import refuse_nul
from api.resources.description import INFO, describe

NOUNS = (
    centre.resource,
    sessions.resource,
    procedures.resource,
    dossiers.resource,
    messages.resource,
    documents.resource,
    papers.resource,
    tasks.resource,
    tracking.resource,
    reports.resource,
    incidents.resource,
    interventions.resource,
    migrations.resource,
)


class JsonApi(Api):
    """flask-smorest without its own error answers: ``api.errors`` answers everywhere in the same way."""

    DEFAULT_ERROR_RESPONSE_NAME = "Problem"

    def _register_error_handlers(self) -> None:
        pass

    def _register_responses(self) -> None:
        describe(self.spec)

    def _register_etag_headers(self) -> None:
        """Nothing: ``describe`` has said it."""

    def _register_pagination_header(self) -> None:
        """Nothing: pages say in their body where the next one begins."""

    def register_blueprint(self, blp: Any, **_: Any) -> None:
        """Open a noun and describe it under its own name."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp)
        blp.register_views_in_doc(self, self._app, self.spec, name=blp.name, parameters=None)
        self.spec.tag({"name": blp.noun, "description": blp.description})


def init_app(app: Flask) -> None:
    """Open the interface and its description."""
    app.config.update(API_TITLE="Motcua", API_VERSION="1", OPENAPI_VERSION="3.1.0")
    app.before_request(refuse_nul)  # pages too: NUL in an address would fail in the database
    api: Any = JsonApi(app, spec_kwargs={"info": INFO})
    for noun in NOUNS:
        api.register_blueprint(noun)
    app.register_blueprint(centre.description)
    app.extensions["motcua-api"] = api
