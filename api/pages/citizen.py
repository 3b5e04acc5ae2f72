"""Not built yet."""

from flask import Blueprint

from api.security import public

pages = Blueprint("citizen", __name__)


@pages.get("/")
@public
def home() -> str:
    return "citizen.home"


@pages.get("/thu-tuc/<code>")
@public
def procedure(code: object) -> str:
    return "citizen.procedure"


@pages.get("/nop/<code>")
@public
def apply(code: object) -> str:
    return "citizen.apply"


@pages.get("/tra-cuu")
@public
def track() -> str:
    return "citizen.track"


@pages.get("/tra-cuu/<code>")
@public
def tracked(code: object) -> str:
    return "citizen.tracked"
