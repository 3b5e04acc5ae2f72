"""Not built yet."""

from flask import Blueprint

from api.security import public

pages = Blueprint("oversight", __name__)


@pages.get("/so-theo-doi")
@public
def register() -> str:
    return "oversight.register"


@pages.get("/so-lieu")
@public
def figures() -> str:
    return "oversight.figures"


@pages.get("/su-co")
@public
def incidents() -> str:
    return "oversight.incidents"
