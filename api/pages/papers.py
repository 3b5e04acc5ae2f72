"""Not built yet."""

from flask import Blueprint

from api.security import public

pages = Blueprint("papers", __name__, url_prefix="/ho-so/<number>/giay")


@pages.get("/<uuid:paper_id>")
@public
def page(number: object, paper_id: object) -> str:
    return "papers.page"


@pages.get("/<uuid:paper_id>.pdf")
@public
def pdf(number: object, paper_id: object) -> str:
    return "papers.pdf"
