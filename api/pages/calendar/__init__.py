"""The working calendar: everybody in the house sees it, administrators enter decrees."""

from api.pages.calendar import change, show
from api.pages.calendar.room import pages

__all__ = ["change", "pages", "show"]
