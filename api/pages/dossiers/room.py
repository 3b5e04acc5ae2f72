"""The blueprint of dossiers."""

from flask import Blueprint

pages = Blueprint("dossiers", __name__, url_prefix="/ho-so")
