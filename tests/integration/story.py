"""One dossier's fixed life, told by its history: for comparing databases, processes and hash seeds.

``python -m tests.integration.story FOLDER`` furnishes a centre on SQLite there and prints it as JSON.
"""

import json
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from engine.domain.actor import OfficerActor
from engine.history import read_body
from tests import centre as centres
from tests.centre import Centre
from tests.integration import stages
from tests.integration.observed import rows

# What is drawn at random for each dossier or officer, and what follows from it.
_RANDOM = ("payload", "prev", "actor", "dossier")


def _people(centre: Centre) -> None:
    """Officers with ids that do not change from run to run: dossiers are named after who begins them."""
    for number, (role, agency) in enumerate(
        [("reception", "TTHCC"), ("head", "SXD"), ("processing", "SXD"), ("leader", "SXD")]
    ):
        real = centre.officer(role, agency)
        centre.people[role, agency] = OfficerActor(
            officer_id=UUID(int=number + 1), username=real.username, name=real.name, postings=real.postings
        )


def told(centre: Centre) -> list[dict[str, Any]]:
    """Let it happen; what history says, but for what is random, with the hash of every state."""
    _people(centre)
    centre.submit(stages.WORKS, key="story")
    centre.do("Kiểm tra hồ sơ", "receive")
    stages.until(centre, "Kiểm tra hồ sơ hoàn thành")
    centre.clock.advance(hours=3)
    centre.do("Kiểm tra hồ sơ hoàn thành", "supplement")
    centre.do("Lập phiếu yêu cầu bổ sung")
    centre.do("Ký phiếu yêu cầu bổ sung", "approve")
    centre.clock.advance(days=2)
    stages.supplement(centre)
    centre.clock.advance(days=30)
    centre.engine.timers.fire_due()
    stages.complete(centre)
    entries = sorted(rows(centre, "history"), key=lambda one: int(one["sequence"]))
    bodies = [read_body(one["body"]) for one in entries]
    return [{name: value for name, value in body.items() if name not in _RANDOM} for body in bodies]


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    url = f"sqlite:///{folder / 'motcua.sqlite3'}"
    centres.furnished(url, folder)
    with centres.opened(url, folder) as opened:
        sys.stdout.write(json.dumps(told(opened), ensure_ascii=False, sort_keys=True))
