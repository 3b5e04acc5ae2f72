"""The blueprint of the citizen's pages: nobody signs in here."""

from flask import Blueprint

pages = Blueprint("citizen", __name__)
