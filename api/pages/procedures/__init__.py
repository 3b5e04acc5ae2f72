"""The analyst's room: procedures as diagrams, their versions, checking and deploying changes."""

from api.pages.procedures import catalogue, change
from api.pages.procedures.room import pages

__all__ = ["catalogue", "change", "pages"]
