"""Not built yet."""

from flask import Blueprint

from api.security import public

pages = Blueprint("dossiers", __name__, url_prefix="/ho-so")


@pages.get("")
@public
def search() -> str:
    return "dossiers.search"


@pages.get("/<number>")
@public
def show(number: object) -> str:
    return "dossiers.show"


@pages.post("/<number>/nhan-viec")
@public
def claim(number: object) -> str:
    return "dossiers.claim"


@pages.post("/<number>/tra-viec")
@public
def release(number: object) -> str:
    return "dossiers.release"


@pages.post("/<number>/hoan-thanh")
@public
def complete(number: object) -> str:
    return "dossiers.complete"
