"""What citizens see: procedures, applying from home, following a dossier."""

from api.pages.citizen import apply, hand_in, home, procedure, tracked, tracking
from api.pages.citizen.room import pages

__all__ = ["apply", "hand_in", "home", "pages", "procedure", "tracked", "tracking"]
