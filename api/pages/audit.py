"""Not built yet."""

from flask import Blueprint

from api.security import public

pages = Blueprint("audit", __name__, url_prefix="/kiem-tra")


@pages.get("")
@public
def search() -> str:
    return "audit.search"


@pages.get("/<number>/phat-lai")
@public
def replay(number: object) -> str:
    return "audit.replay"
