"""Reception at the counter: find the procedure, fill in one screen, hand over the slip."""

from api.pages.reception import find, received, sheet
from api.pages.reception.room import pages

__all__ = ["find", "pages", "received", "sheet"]
