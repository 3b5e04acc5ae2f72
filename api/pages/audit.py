"""For those who look into the past: finding dossiers, and stepping through the history of one."""

from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request, url_for

from api.context import engine
from api.i18n import pick
from api.pages.diagrams import of_replay
from api.pages.dossiers.content import Words
from api.security import officer, requires
from engine.domain.permission import Action
from engine.domain.rerun import Rerun
from engine.replay import Wanted

pages = Blueprint("audit", __name__, url_prefix="/kiem-tra")

PAGE = 50
# English of a fault in the chain, by its kind.
_FAULTS_EN = {
    "gap": "Record {number} is missing.",
    "hash": "Record {number} was altered.",
    "prev": "Record {number} does not follow from the one before.",
    "time": "Record {number} is dated before the one it follows.",
    "column": "The search columns of record {number} were altered.",
    "payload": "The data kept with record {number} were altered.",
    "head": "The last record does not match the dossier: history was cut or replaced.",
    "dossier": "Status or due date of the dossier differ from its last record: they were altered.",
}


@pages.get("")
@requires(Action.REPLAY_HISTORY)
def search() -> str:
    """Dossiers by text, officer, agency, overdue and interventions by hand."""
    asked = request.args
    wanted = Wanted(
        text=asked.get("tim", "")[:200],
        officer=asked.get("can-bo", "")[:100],
        agency=asked.get("co-quan") or None,
        overdue=bool(asked.get("qua-han")),
        by_hand=bool(asked.get("can-thiep")),
    )
    page = max(1, asked.get("trang", 1, type=int))
    found = engine().replays.find(officer(), wanted, limit=PAGE + 1, offset=(page - 1) * PAGE)
    more = {**asked.to_dict(), "trang": str(page + 1)}
    return render_template(
        "audit/search.html",
        wanted=wanted,
        lines=found[:PAGE],
        agencies=engine().officers.agencies(),
        next_url=f"{url_for('audit.search')}?{urlencode(more)}" if len(found) > PAGE else None,
    )


@pages.get("/<number>/phat-lai")
@requires(Action.REPLAY_HISTORY)
def replay(number: str) -> Response:
    """One command after the other; ``?buoc=`` the one shown without JavaScript, else the last."""
    return _replay(number, None)


@pages.get("/<number>/chay-lai")
@requires(Action.REPLAY_HISTORY)
def rerun(number: str) -> Response:
    """The same with all commands run once more by the program of today: what it came to is told above."""
    return _replay(number, engine().replays.rerun(officer(), number))


def _replay(number: str, again: Rerun | None) -> Response:
    found = engine().replays.of(officer(), number)
    definition = engine().procedures.definition(found.bundle)
    steps = len(found.frames)
    at = again.deviation.sequence if again and again.deviation else steps
    step = min(max(1, request.args.get("buoc", at, type=int)), steps)
    page = render_template(
        "audit/replay.html",
        replay=found,
        again=again,
        faults=[pick(one.vi, _FAULTS_EN[one.what].format(number=one.sequence)) for one in found.faults],
        step=step,
        steps=steps,
        diagram=of_replay(found, definition, step),
        words=Words(definition),
        step_url=lambda to: url_for("audit.replay", number=number, buoc=to),
    )
    return make_response(page)
