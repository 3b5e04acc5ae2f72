"""Dossiers as officers see them: found, read, worked on."""

from api.pages.dossiers import acts, files, search, show
from api.pages.dossiers.room import pages

__all__ = ["acts", "files", "pages", "search", "show"]
