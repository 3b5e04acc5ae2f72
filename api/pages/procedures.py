"""Not built yet."""

from flask import Blueprint

from api.security import public

pages = Blueprint("procedures", __name__, url_prefix="/quy-trinh")


@pages.get("")
@public
def catalogue() -> str:
    return "procedures.catalogue"


@pages.get("/<code>")
@public
def show(code: object) -> str:
    return "procedures.show"
