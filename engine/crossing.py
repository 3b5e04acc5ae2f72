"""One dossier's way over to another version: the command, and, tried in memory, what it would come to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.advance import Services, Work, perform
from engine.advance.migrating import MigrationRefused
from engine.advance.work import load
from engine.domain.command import By, Command, Kind
from engine.domain.mapping import Drawn
from engine.errors import MotcuaError, NotFound
from engine.incidents import told
from engine.migration_views import Verdict
from engine.store import procedures as versions
from engine.store.database import Connection, Row

_NOBODY = "system:dry-run"


def both_versions(connection: Connection, code: str, source: int, target: int) -> tuple[Row[Any], Row[Any]]:
    """The rows of the version that is left and of the one that is gone to. Raises NotFound."""
    found = [versions.version(connection, code, number) for number in (source, target)]
    for number, row in zip((source, target), found, strict=True):
        if row is None:
            raise NotFound(what=f"bản {number} của thủ tục {code}")
    return found[0], found[1]  # type: ignore[return-value]  # None has been refused


def details_of(source: Row[Any], target: Row[Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """What a command must say to move a dossier."""
    return {
        "from": source.number,
        "to": target.number,
        "bundle_before": source.sha256,
        "bundle": target.sha256,
        "mapping": dict(mapping),
    }


def command_of(
    details: Mapping[str, Any], at: datetime, *, by: str = _NOBODY, reason: str | None = None
) -> Command:
    """The command that moves a dossier, by who approved it."""
    return Command(kind=Kind.MIGRATE, by=By(key=by), at=at, reason=reason, details=details)


def tried(connection: Connection, services: Services, row: Row[Any], command: Command, new: Drawn) -> Verdict:
    """What the command would come to for this dossier; nothing is written."""
    work = load(connection, services, dict(row._mapping), command)
    before = _open_names(work)
    reason, reason_en = "", ""
    try:
        perform(work)
    except MigrationRefused as refused:
        reason = " ".join(one.vi for one in refused.obstacles)
        reason_en = " ".join(one.en for one in refused.obstacles)
    except MotcuaError as error:
        reason, reason_en = error.message("vi"), error.message("en")
    except Exception as error:  # noqa: BLE001  # whatever it is, the plan tells it and goes on
        reason = reason_en = told(error)
    goes = not reason
    return Verdict(
        number=row.number,
        before=before,
        goes=goes,
        reason=reason,
        reason_en=reason_en,
        after=_open_names(work) if goes else before,
        next_steps=_next(work, new) if goes else (),
        timers=_timers(work) if goes else (),
    )


def _open_names(work: Work) -> tuple[str, ...]:
    return tuple(sorted({task.name for task in work.record.tasks.values()}))


def _next(work: Work, new: Drawn) -> tuple[str, ...]:
    """Steps of people and of the system that may follow the open ones, past gateways and events."""
    seen: set[str] = set()
    found: dict[str, None] = {}
    ahead = [flow.to for task in work.record.tasks.values() for flow in new.elements[task.node].flows]
    while ahead:
        node = new.elements[ahead.pop(0)]
        if node.id in seen:
            continue
        seen.add(node.id)
        if node.kind.endswith("Task") or node.kind in ("callActivity", "subProcess", "endEvent"):
            found[node.name] = None
        else:
            ahead.extend(flow.to for flow in node.flows)
    return tuple(found)


def _timers(work: Work) -> tuple[tuple[str, datetime | None], ...]:
    names = {f"law:{one.id}": one.vi for one in work.rules.statutory_timers}
    names |= {node.id: node.name for node in work.definition.nodes.values() if node.name}
    waiting = work.record.timers.values()
    return tuple((names.get(timer.name.partition("#")[0], timer.name), timer.due_at) for timer in waiting)
