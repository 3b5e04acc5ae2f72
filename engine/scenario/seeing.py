"""A dossier as a scenario looks at it: what stands in its rows and its history, as people say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.advance.fees import fee_lines
from engine.advance.plan import NIL
from engine.advance.work import load
from engine.domain.command import SYSTEM, Command, Kind
from engine.domain.dossier import Money
from engine.domain.record import OpenWork, Record
from engine.history import read_body
from engine.store import attachments, codec, dossiers
from engine.store import history as entries
from engine.store import incidents as incident_rows
from engine.store.database import Connection, Row
from engine.workflow.bundle import Definition

Event = tuple[str, str, str]
PEOPLE = frozenset({"userTask", "manualTask"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Everything about a dossier at this moment."""

    row: Row[Any]
    record: Record
    definition: Definition
    commands: tuple[tuple[int, tuple[Event, ...], tuple[str, ...]], ...]  # sequence, events, milestones
    papers: tuple[tuple[int, str], ...]  # sequence of the command, name
    incidents: tuple[tuple[str, str], ...]  # kind, message

    @property
    def sequence(self) -> int:
        return int(self.row.sequence)

    def path(self, since: int) -> list[str]:
        """Elements that have completed after a command, in order."""
        return [
            node
            for sequence, events, _ in self.commands
            if sequence > since
            for what, node, _ in events
            if what == "completed"
        ]

    def steps(self, since: int) -> list[str]:
        """Those of them that people have done."""
        nodes = self.definition.nodes
        return [node for node in self.path(since) if node in nodes and nodes[node].kind in PEOPLE]

    def milestones(self, since: int) -> list[str]:
        return [name for sequence, _, names in self.commands if sequence > since for name in names]

    def papers_since(self, since: int) -> list[str]:
        return [name for sequence, name in self.papers if sequence > since]

    @property
    def open(self) -> list[tuple[str, OpenWork]]:
        """Open steps by their task ids, the oldest first."""
        return sorted(self.record.tasks.items(), key=lambda pair: (pair[1].opened_at, pair[1].name))

    @property
    def waits_for(self) -> list[str]:
        return sorted({name.split("|", 1)[1] for name in self.record.subscriptions})

    def next_moment(self) -> datetime | None:
        """When the next timer is due, of the diagram or of the law."""
        return min((one.due_at for one in self.record.timers.values() if one.due_at), default=None)

    def timer(self, said: str) -> datetime | None:
        """When the timer of an event is due: by its id or name, or that of the step it hangs on."""
        for key, timer in self.record.timers.items():
            node = (
                None if key.startswith(str(NIL)) else self.definition.nodes.get(timer.name.split("#", 1)[0])
            )
            if said in (timer.name, node.name if node else None):
                return timer.due_at
        return None

    def node_of(self, said: str) -> list[str]:
        """Elements of that id or name."""
        nodes = self.definition.nodes
        return [said] if said in nodes else [name for name, node in nodes.items() if node.name == said]

    def label(self, node: str) -> str:
        """How people call an element."""
        facts = self.definition.nodes.get(node)
        return facts.name if facts is not None and facts.name else node


def see(connection: Connection, services: Any, dossier_id: UUID) -> Seen:
    """The dossier as it is now."""
    row = dossiers.get(connection, dossier_id)
    assert row is not None  # noqa: S101  # handed in by this scenario
    found = []
    for entry in entries.of_dossier(connection, dossier_id):
        body = read_body(entry.body)
        events = tuple((what, node, task) for what, node, task in body["events"])
        found.append((entry.sequence, events, tuple(body["milestones"])))
    return Seen(
        row=row,
        record=Record.from_json(codec.unpack(row.record)),
        definition=services.definition(connection, row.bundle),
        commands=tuple(found),
        papers=tuple((one.sequence, one.name) for one in attachments.papers(connection, dossier_id)),
        incidents=tuple((one.kind, one.message) for one in incident_rows.opened(connection)),
    )


def fees(connection: Connection, services: Any, seen: Seen) -> tuple[list[Mapping[str, Any]], bool]:
    """What the dossier costs, line by line, and whether it is paid."""
    command = Command(kind=Kind.CLAIM, by=SYSTEM, at=seen.row.recorded_at)
    work = load(connection, services, dict(seen.row._mapping), command)
    lines: Sequence[Any] = list(fee_lines(work))
    paid = seen.row.money in (Money.PAID, Money.WAIVED)
    return [{"name": line.name, "amount": line.amount} for line in lines], paid
