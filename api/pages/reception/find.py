"""Which procedure is it?"""

from flask import render_template, request

from api.context import engine
from api.pages.paging import page_of
from api.pages.reception.room import pages
from api.security import requires
from engine.domain.permission import Action

_ROWS = 50  # procedures a page


@pages.get("")
@requires(Action.SUBMIT_DOSSIER)
def find() -> str:
    """Procedures that hold all the words typed, diacritics or not."""
    text = request.args.get("tim", "")[:200]
    page = page_of(engine().procedures.find(text), _ROWS)
    return render_template("staff/reception_find.html", text=text, page=page)
