"""What has come of a dossier so far, as the expectations of a scenario."""

from typing import Any

from engine.advance import Services
from engine.domain.duration import describe, parse_duration
from engine.scenario.seeing import Seen, fees
from engine.scenario.spans import written
from engine.scenario.words import EXPECT, FEES, MILESTONE_NAMES, NONE, PAPERS, STATUSES, shown
from engine.store.database import Connection

Json = dict[str, Any]


def outcome(connection: Connection, services: Services, seen: Seen) -> Json:
    """Status, legal time, milestones, papers, way, and what is still open."""
    due, limit = seen.row.due_at, seen.record.limit
    ended = seen.row.closed_at is not None
    told: Json = {
        EXPECT["status"]: shown(seen.row.handling, STATUSES),
        EXPECT["ended"]: "có" if ended else "không",
        EXPECT["due"]: written(due, hour=not (due and (due.second or due.microsecond))),
        EXPECT["limit"]: describe(parse_duration(limit)) if limit else NONE,
        EXPECT["milestones"]: [shown(one, MILESTONE_NAMES) for one in seen.milestones(0)],
        EXPECT["papers"]: [shown(one, PAPERS) for one in seen.papers_since(0)] or NONE,
        EXPECT["path"]: [seen.label(node) for node in seen.steps(0)] or NONE,
        EXPECT["open"]: [work.name for _, work in seen.open] or NONE,
    }
    lines, paid = fees(connection, services, seen)
    if lines:
        total = sum(line["amount"] or 0 for line in lines)
        told[EXPECT["fees"]] = {FEES["total"]: total, FEES["paid"]: "có" if paid else "không"}
    return told
