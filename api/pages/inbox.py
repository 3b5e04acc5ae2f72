"""Not built yet."""

from flask import Blueprint

from api.security import public

pages = Blueprint("inbox", __name__)


@pages.get("/hop-viec")
@public
def show() -> str:
    return "inbox.show"
