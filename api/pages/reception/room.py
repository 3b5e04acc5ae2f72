"""The blueprint of reception."""

from flask import Blueprint

pages = Blueprint("reception", __name__, url_prefix="/tiep-nhan")
