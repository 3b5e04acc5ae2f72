"""Reading what is expected: each word of it into the value that is compared."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.domain.duration import BadDuration, describe, parse_duration
from engine.domain.form.notation import Misread, number
from engine.scenario.document import Node
from engine.scenario.model import Refusal, Want, Wants
from engine.scenario.spans import has_hour, read_moment, read_until, written
from engine.scenario.words import (
    EXPECT,
    FEE,
    FEES,
    LETTERS,
    MILESTONE_NAMES,
    NONE,
    OPEN,
    PAPERS,
    REFUSED,
    STATUSES,
    Words,
    key,
)


def read_wants(node: Node | None) -> Wants:
    """All that must be so; raises BadScenario."""
    if node is None:
        return ()
    return tuple(
        Want(what=what, line=one.named, value=_READERS[what](one))
        for what, one in node.fields(EXPECT).items()
    )


def read_refusal(node: Node | None) -> Refusal | None:
    """A refusal by its code, or by code and words of its sentence."""
    if node is None:
        return None
    if node.is_text:
        return Refusal(line=node.named, code=node.text())
    fields = {name: one.text() for name, one in node.fields(REFUSED).items()}
    return Refusal(line=node.named, code=fields.get("code", ""), says=fields.get("says", ""))


def _none(node: Node) -> bool:
    return node.is_text and not node.empty and key(node.text()) in (key(NONE), "none")


def moment_text(node: Node) -> str:
    """A due date, with its hour or without, as it is compared; "không" when there is to be none."""
    if _none(node):
        return NONE
    at = read_moment(node.text())
    if at is None:
        raise node.fault(
            "ghi ngày giờ dạng 24/03/2026 17:00, hoặc «không»", "write dd/mm/yyyy hh:mm, or “none”"
        )
    return written(at, hour=has_hour(node.text()))


_MONTHS = re.compile(r"([0-9]{1,3}) ?(?:thang|months?)\Z")  # no span that a wait could take: they vary


def _limit(node: Node) -> str:
    """A time limit as people say it, from that or from its code."""
    if _none(node):
        return NONE
    text, until = node.text(), read_until(node.text())
    try:
        return describe(parse_duration(text))
    except BadDuration:
        pass
    if until is not None and until.unit in ("WD", "WH", "D", "H"):
        return describe(parse_duration(f"{until.count}{until.unit}"))
    if months := _MONTHS.match(key(text)):
        return describe(parse_duration(f"{months[1]}M"))
    same_day = describe(parse_duration("0WD"))
    if key(text) == key(same_day):
        return same_day
    raise node.fault("ghi thời hạn như «16 ngày làm việc»", "write a limit such as “16 working days”")


def _words_of(words: Words) -> Callable[[Node], list[str]]:
    def read(node: Node) -> list[str]:
        return [] if _none(node) else [one.word(words) for one in node.items()]

    return read


def _texts(node: Node) -> list[str]:
    return [] if _none(node) else [one.text() for one in node.items()]


def _open(node: Node) -> list[Mapping[str, str]]:
    """Open steps: names alone, or with role, agency and date."""
    return [] if _none(node) else [_open_one(one) for one in node.items()]


def _open_one(node: Node) -> Mapping[str, str]:
    if node.is_text:
        return {"step": node.text()}
    fields = node.fields(OPEN)
    if "step" not in fields:
        raise node.fault(f"thiếu mục «{OPEN['step']}»", "“step” is missing")
    return {name: moment_text(one) if name == "due" else one.text() for name, one in fields.items()}


def _fees(node: Node) -> Mapping[str, Any]:
    """The sum alone, or sum, lines and whether they are paid."""
    if _none(node):
        return {"total": 0}
    if node.is_text:
        return {"total": _amount(node)}
    fields = node.fields(FEES)
    read: dict[str, Any] = {}
    if "total" in fields:
        read["total"] = _amount(fields["total"])
    if "paid" in fields:
        read["paid"] = fields["paid"].truth()
    if "lines" in fields:
        read["lines"] = [_fee(one) for one in fields["lines"].items()]
    return read


def _fee(node: Node) -> Mapping[str, Any]:
    fields = node.fields(FEE)
    return {name: _amount(one) if name == "amount" else one.text() for name, one in fields.items()}


def _amount(node: Node) -> int | float:
    text = key(node.text()).removesuffix("d").removesuffix("dong").strip()
    try:
        return number(text)
    except Misread:
        raise node.fault("ghi số tiền như 200.000", "write a sum such as 200.000") from None


def _data(node: Node) -> Mapping[str, Any]:
    return {name: one.value() for name, one in node.pairs().items()}


_READERS: Mapping[str, Callable[[Node], Any]] = {
    "status": lambda node: node.word(STATUSES),
    "due": moment_text,
    "limit": _limit,
    "milestones": _words_of(MILESTONE_NAMES),
    "papers": _words_of(PAPERS),
    "letters": _words_of(LETTERS),
    "reminders": _texts,
    "path": _texts,
    "passes": _texts,
    "avoids": _texts,
    "open": _open,
    "waits_for": _texts,
    "fees": _fees,
    "data": _data,
    "ended": lambda node: node.truth(),
}
