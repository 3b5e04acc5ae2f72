"""The blueprint of the working calendar."""

from flask import Blueprint

pages = Blueprint("calendar", __name__, url_prefix="/lich")
