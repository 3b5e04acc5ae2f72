"""Expected and found side by side; what differs becomes a Difference."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.duration import describe, parse_duration
from engine.domain.form.notation import written_number
from engine.scenario.model import Want
from engine.scenario.result import Difference
from engine.scenario.seeing import Seen
from engine.scenario.spans import has_hour, written
from engine.scenario.words import (
    LETTERS,
    MILESTONE_NAMES,
    NONE,
    OPEN,
    PAPERS,
    STATUSES,
    Words,
    key,
    nearest,
    shown,
)

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What a want is compared with: the dossier, and what has come since the deed before."""

    seen: Seen
    since: int  # the last command before the deed
    letters: list[str]  # since then
    reminders: list[str]
    fees: Callable[[], tuple[list[Mapping[str, Any]], bool]]
    agency_name: Callable[[str], str]


def compared(want: Want, now: Now, *, file: str, step: str) -> Difference | None:
    """What differs; None when it is as wanted."""
    expected, found, hint = _COMPARE[want.what](want.value, now)
    if expected == found:
        return None
    return Difference(
        file=file, line=want.line, step=step, what=want.what, expected=expected, found=found, hint=hint
    )


Compared = tuple[Texts, Texts, str]


def _status(value: str, now: Now) -> Compared:
    return (shown(value, STATUSES),), (shown(now.seen.row.handling, STATUSES),), ""


def _due(value: str, now: Now) -> Compared:
    return (value,), (written(now.seen.row.due_at, hour=value == NONE or has_hour(value)),), ""


def _limit(value: str, now: Now) -> Compared:
    limit = now.seen.record.limit
    return (value,), (describe(parse_duration(limit)) if limit else NONE,), ""


def _listed(words: Words, found: Callable[[Now], list[str]]) -> Callable[[list[str], Now], Compared]:
    def compare(value: list[str], now: Now) -> Compared:
        return tuple(shown(one, words) for one in value), tuple(shown(one, words) for one in found(now)), ""

    return compare


def _path(value: list[str], now: Now) -> Compared:
    """Steps of people, all of them, in their order; by name or by element."""
    done = now.seen.steps(now.since)
    expected = [now.seen.label(one) for one in value]
    found = [now.seen.label(one) for one in done]
    return tuple(expected), tuple(found), _unknown(value, now)


def _passes(value: list[str], now: Now) -> Compared:
    """These elements were passed in this order, whatever else was."""
    way = iter(now.seen.path(now.since))
    missing = [one for one in value if not any(node in now.seen.node_of(one) for node in way)]
    labels = tuple(now.seen.label(one) for one in value)
    if not missing:
        return labels, labels, ""
    return labels, tuple(now.seen.label(node) for node in now.seen.path(now.since)), _unknown(value, now)


def _avoids(value: list[str], now: Now) -> Compared:
    passed = {node for one in value for node in now.seen.node_of(one)} & set(now.seen.path(now.since))
    hint = _unknown(value, now)
    expected = (hint,) if hint else ()
    return expected, tuple(sorted(now.seen.label(node) for node in passed)), hint


def _unknown(value: list[str], now: Now) -> str:
    """A word on names that no element has: then no run could ever be as wanted."""
    labels = [one.name or one.id for one in now.seen.definition.nodes.values()]
    for one in value:
        if not now.seen.node_of(one):
            near = nearest(one, labels)
            return f"sơ đồ không có «{one}»" + (f", có phải «{near}»?" if near else "")
    return ""


def _open(value: list[Mapping[str, str]], now: Now) -> Compared:
    """All open steps, each with what is said of it."""
    left = [work for _, work in now.seen.open]
    found: list[str] = []
    for one in value:
        work = next((it for it in left if one["step"] in (it.name, it.node)), None)
        if work is not None:
            left.remove(work)
            found.append(_told(_said_of(work, one, now)))
    found += [_told({"step": work.name}) for work in left]
    return tuple(_told(one) for one in value), tuple(found), ""


def _said_of(work: Any, wanted: Mapping[str, str], now: Now) -> Mapping[str, str]:
    """The same things of an open step as are wanted of it; the agency is spelt as it is there."""
    due = wanted.get("due", "")
    found = {"step": wanted["step"], "role": work.role, "agency": work.agency,
             "due": written(work.due_at, hour=due == NONE or has_hour(due))}  # fmt: skip
    if key(wanted.get("agency", "")) == key(now.agency_name(work.agency)):
        found["agency"] = wanted["agency"]
    return {name: found[name] for name in wanted}


def _told(one: Mapping[str, str]) -> str:
    more = ", ".join(f"{OPEN[name]} {value}" for name, value in one.items() if name != "step")
    return f"{one['step']} ({more})" if more else one["step"]


def _fees(value: Mapping[str, Any], now: Now) -> Compared:
    lines, paid = now.fees()
    found = {"total": sum(line["amount"] or 0 for line in lines), "paid": paid, "lines": lines}
    return tuple(_fee_texts(value)), tuple(_fee_texts({name: found[name] for name in value})), ""


def _fee_texts(fees: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fees.items():
        if name == "total":
            yield f"tổng {_money(value)}"
        elif name == "paid":
            yield "đã nộp" if value else "chưa nộp"
        else:
            yield from (f"{one.get('name', '')}: {_money(one.get('amount'))}" for one in value)


def _money(amount: Any) -> str:
    return f"{written_number(amount)} đồng" if amount is not None else "chưa tính được"


def _data(value: Mapping[str, Any], now: Now) -> Compared:
    found = {name: _at(now.seen.record.data, name) for name in value}
    return (
        tuple(f"{name} = {_json(one)}" for name, one in value.items()),
        tuple(f"{name} = {_json(one)}" for name, one in found.items()),
        "",
    )


def _at(data: Any, name: str) -> Any:
    """A value of the document; dots lead into contexts."""
    for part in name.split("."):
        data = data.get(part) if isinstance(data, Mapping) else None
    return data


def _json(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return "trống" if value is None else str(value)


def _ended(value: bool, now: Now) -> Compared:
    ended = now.seen.row.closed_at is not None
    words = {True: "đã kết thúc", False: "chưa kết thúc"}
    return (words[value],), (words[ended],), ""


def _plain(found: Callable[[Now], list[str]]) -> Callable[[list[str], Now], Compared]:
    def compare(value: list[str], now: Now) -> Compared:
        return tuple(sorted(value)), tuple(sorted(found(now))), ""

    return compare


_COMPARE: Mapping[str, Callable[[Any, Now], Compared]] = {
    "status": _status,
    "due": _due,
    "limit": _limit,
    "milestones": _listed(MILESTONE_NAMES, lambda now: now.seen.milestones(now.since)),
    "papers": _listed(PAPERS, lambda now: now.seen.papers_since(now.since)),
    "letters": _listed(LETTERS, lambda now: now.letters),
    "reminders": _plain(lambda now: now.reminders),
    "path": _path,
    "passes": _passes,
    "avoids": _avoids,
    "open": _open,
    "waits_for": _plain(lambda now: now.seen.waits_for),
    "fees": _fees,
    "data": _data,
    "ended": _ended,
}
