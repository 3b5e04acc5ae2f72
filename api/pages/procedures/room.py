"""The blueprint of the room."""

from flask import Blueprint

pages = Blueprint("procedures", __name__, url_prefix="/quy-trinh")
