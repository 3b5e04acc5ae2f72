"""The analyst's room: procedures as diagrams, their versions, checking, approving and applying changes."""

from api.pages.procedures import catalogue, change, life, migration
from api.pages.procedures.room import pages

__all__ = ["catalogue", "change", "life", "migration", "pages"]
