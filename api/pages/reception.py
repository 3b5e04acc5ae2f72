"""Not built yet."""

from flask import Blueprint

from api.security import public

pages = Blueprint("reception", __name__, url_prefix="/tiep-nhan")


@pages.get("")
@public
def find() -> str:
    return "reception.find"


@pages.get("/<code>")
@public
def receive(code: object) -> str:
    return "reception.receive"
