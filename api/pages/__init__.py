"""The pages: one module a room, each a blueprint; the list below is all there is."""

from flask import Flask

from api.pages import (
    audit,
    calendar,
    citizen,
    dossiers,
    health,
    inbox,
    incidents,
    interventions,
    oversight,
    papers,
    procedures,
    reception,
    shell,
    sign_in,
)

ROOMS = (
    citizen.pages,
    sign_in.pages,
    inbox.pages,
    reception.pages,
    dossiers.pages,
    papers.pages,
    audit.pages,
    procedures.pages,
    oversight.pages,
    incidents.pages,
    interventions.pages,
    calendar.pages,
    health.pages,
)


def init_app(app: Flask) -> None:
    """Open all rooms."""
    shell.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room)
