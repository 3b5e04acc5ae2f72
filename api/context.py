"""What a request may lean on: the engine and the settings of the app it came to."""

from typing import cast

from flask import Flask, current_app

from api.settings import Settings
from engine.engine import Engine

_ENGINE, _SETTINGS = "motcua-engine", "motcua-settings"


def furnish(app: Flask, engine: Engine, settings: Settings) -> None:
    """Give the app its engine and settings."""
    app.extensions[_ENGINE] = engine
    app.extensions[_SETTINGS] = settings


def engine() -> Engine:
    """The engine behind this request."""
    return cast(Engine, current_app.extensions[_ENGINE])


def settings() -> Settings:
    """The settings of this installation."""
    return cast(Settings, current_app.extensions[_SETTINGS])
