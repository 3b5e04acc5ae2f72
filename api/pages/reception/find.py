"""Which procedure is it?"""

from flask import render_template, request

from api.context import engine
from api.pages.reception.room import pages
from api.security import requires
from engine.domain.permission import Action


@pages.get("")
@requires(Action.SUBMIT_DOSSIER)
def find() -> str:
    """Procedures that hold all the words typed, diacritics or not."""
    text = request.args.get("tim", "")[:200]
    return render_template("staff/reception_find.html", text=text, found=engine().procedures.find(text))
