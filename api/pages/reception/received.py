"""What the officer hands over: slip, number, appointment and why, tracking code."""

from flask import render_template
from markupsafe import Markup

from api.context import engine
from api.pages.reception.room import pages
from api.qr import qr_svg
from api.security import officer, requires
from engine.domain.permission import Action


@pages.get("/xong/<number>")
@requires(Action.SUBMIT_DOSSIER)
def received(number: str) -> str:
    """The dossier as it stands after reception. Raises NotFound."""
    dossier = engine().dossiers.get(officer(), number)
    qr = Markup(qr_svg(dossier.tracking_url))  # noqa: S704 -- made by segno
    return render_template("staff/received.html", dossier=dossier, qr=qr)
