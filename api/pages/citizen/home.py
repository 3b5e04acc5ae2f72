"""The first page: find a procedure, learn how it goes, follow a dossier."""

from collections import Counter
from collections.abc import Sequence

from flask import render_template, request

from api.context import engine
from api.pages.citizen.room import pages
from api.pages.paging import page_of
from api.security import public
from engine.procedures import ProcedureVersion

_LONGEST = 200  # characters of a search
_TILES = 24  # procedures a page


@pages.get("/")
@public
def home() -> str:
    """Search by words (diacritics optional), agency and field; without any of them everything is
    listed, a page at a time."""
    wanted = {name: request.args.get(name, "").strip()[:_LONGEST] for name in ("q", "co-quan", "linh-vuc")}
    everything = engine().procedures.find()
    found = engine().procedures.find(wanted["q"], wanted["co-quan"] or None)
    if wanted["linh-vuc"]:
        found = [one for one in found if one.domain == wanted["linh-vuc"]]
    return render_template(
        "citizen/home.html",
        density="normal",
        wanted=wanted,
        narrowed=any(wanted.values()),
        page=page_of(found, _TILES),
        agencies=_agencies(everything),
        domains=sorted({one.domain for one in everything if one.domain}),
    )


def _agencies(everything: Sequence[ProcedureVersion]) -> list[tuple[str, str, int]]:
    """Code, name and number of procedures of each agency that offers some."""
    counts = Counter(one.agency for one in everything)
    names = {one.agency: one.agency_name for one in everything}
    return sorted(((code, names[code], count) for code, count in counts.items()), key=lambda row: row[1])
