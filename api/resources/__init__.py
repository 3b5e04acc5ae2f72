"""The JSON interface under /api/v1: one module a noun, functions of at most fifteen lines."""

from typing import Any

from flask import Flask
from flask_smorest import Api

PREFIX = "/api/v1"


class JsonApi(Api):
    """flask-smorest without its own error answers: ``api.errors`` answers everywhere in the same way."""

    def _register_error_handlers(self) -> None:
        pass


def init_app(app: Flask) -> None:
    """Open the interface and its description."""
    app.config.update(
        API_TITLE="Motcua",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
    )
    api: Any = JsonApi(app)
    app.extensions["motcua-api"] = api
