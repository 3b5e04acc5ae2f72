"""Writing what a command did: changed rows only, few round trips, history last."""

import orjson

from engine import history
from engine.advance.issue import issued_papers
from engine.advance.open_work import Before, save_open_work
from engine.advance.work import Work
from engine.ids import derived_id
from engine.store import attachments, codec, dossiers
from engine.store import work as rows
from engine.store.direct import in_one_go

# Every state can be had by running the commands again, and history holds its hash; one in so many is kept
# beside, so that a later program has never to go further back (docs/decisions/0010-snapshots.md).
SNAPSHOT_EVERY = 10


def save(work: Work, before: Before) -> None:
    """Write everything and append the command to history.

    The row was locked when the command began. Should it have moved on nevertheless, the key of history
    (dossier, sequence) refuses the whole.
    """
    work.columns["steps"] = " · ".join(sorted({task.name for task in work.record.tasks.values()}))
    papers = issued_papers(work)
    for write in work.writes:
        write(work.tx)
    with in_one_go(work.tx):
        save_open_work(work, before)
        attachments.add_papers(work.tx, papers)
        _save_outbox(work)
        head = _append_history(work)
        _save_dossier(work, before, head)


def _save_outbox(work: Work) -> None:
    rows.save_outbox(
        work.tx,
        [
            {
                "dossier_id": work.dossier_id,
                "id": derived_id(work.dossier_id, work.sequence, f"outbox:{index}"),
                "sequence": work.sequence,
                "handler": effect.handler,
                "payload": orjson.dumps(effect.payload),
                "state": "ready",
                "attempt": 0,
                "run_at": work.at,
                "created_at": work.at,
                "last_error": None,
            }
            for index, effect in enumerate(work.effects)
        ],
    )


def _append_history(work: Work) -> bytes:
    command = work.command
    payload = {
        "answers": dict(command.answers),
        "name": command.name,
        "reason": command.reason,
        "details": dict(command.details),
        "changes": work.changes,
        "answered": work.answered,
        "ledger": [entry.to_json() for entry in work.record.ledger[work.ledger_before :]],
        "effects": [effect.handler for effect in work.effects],  # so that one that was lost is missed
    }
    entry = history.Entry(
        dossier_id=work.dossier_id,
        sequence=work.sequence,
        kind=command.kind,
        recorded_at=work.at,
        actor=command.by.key,
        role=command.by.role,
        agency=command.by.agency,
        node=work.node,
        task_id=command.task_id,
        events=work.events,
        milestones=[occurrence.milestone.name for occurrence in work.occurrences],
        handling=work.columns["handling"],
        due_at=work.columns["due_at"],
        bundle=work.columns["bundle"],
        state_hash=bytes.fromhex(work.record.state_hash),
        payload={key: value for key, value in payload.items() if value},
        snapshot=work.state if work.sequence % SNAPSHOT_EVERY == 0 else None,
    )
    return history.append(work.tx, entry, prev=work.columns["head_hash"], salt=work.columns["salt"])


def _save_dossier(work: Work, before: Before, head: bytes) -> None:
    values = {name: value for name, value in work.columns.items() if before.columns[name] != value}
    values |= {
        "head_hash": head,
        "sequence": work.sequence,
        "recorded_at": work.at,
        "record": codec.pack(work.record.to_json()),
        "state": None if work.ended else work.state,
    }
    if work.ended:
        values["closed_at"] = work.at
    dossiers.save(work.tx, work.dossier_id, values)
