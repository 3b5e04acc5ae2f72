"""From a profile file to a profile; BadScenario tells file, line and field of whatever is not understood."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.scenario.document import Node, read_document
from engine.scenario.spans import read_moment
from engine.scenario.words import CHANNELS, KINDS
from engine.simulation.measures import length, number, part, parts, whole
from engine.simulation.profile import ANY, Citizens, Post, Profile, Stream, Times
from engine.simulation.words import CITIZENS, FILE, POST, STREAM, TIMES

_DAYS = 366  # of one run: a year is long enough for a queue
_EVERY = frozenset({"chung", "default"})


def read_profile(text: str, file: str) -> Profile:
    """The profile in a file's text."""
    root = read_document(text, file)
    fields = root.fields(FILE)
    if "arrivals" not in fields:
        raise root.fault("thiếu mục «hồ sơ đến»", "“arrivals” is missing")
    plain = Profile()
    days = whole(fields["days"], least=1, most=_DAYS) if "days" in fields else plain.days
    return Profile(
        name=fields["name"].text() if "name" in fields else "",
        seed=whole(fields["seed"]) if "seed" in fields else plain.seed,
        start=_day(fields["start"]) if "start" in fields else plain.start,
        days=days,
        warm_up=whole(fields["warm_up"], most=days - 1) if "warm_up" in fields else 0,
        run_on=whole(fields["run_on"], most=_DAYS) if "run_on" in fields else 0,
        arrivals=_streams(fields["arrivals"]),
        officers=_officers(fields.get("officers")),
        times=_times(fields.get("times")),
        decisions={
            ANY if name in _EVERY else name: parts(one) for name, one in _pairs(fields.get("decisions"))
        },
        citizens=_citizens(fields.get("citizens")),
        answers={name: _written(one) for name, one in _pairs(fields.get("answers"))},
        services={name: _answer(one) for name, one in _pairs(fields.get("services"))},
    )


def _pairs(node: Node | None) -> list[tuple[str, Node]]:
    return list(node.pairs().items()) if node is not None else []


def _day(node: Node) -> date:
    at = read_moment(node.text())
    if at is None:
        raise node.fault("ghi ngày dạng 02/03/2026", "write the day as dd/mm/yyyy")
    return at.date()


def _streams(node: Node) -> tuple[Stream, ...]:
    found = tuple(_stream(code, one) for code, one in node.pairs().items())
    if not found:
        raise node.fault("cần ít nhất một thủ tục", "at least one procedure is wanted")
    return found


def _stream(code: str, node: Node) -> Stream:
    """A number alone is how many arrive a day."""
    if node.is_text:
        return Stream(code=code, per_day=number(node, most=10_000))
    fields = node.fields(STREAM)
    if "per_day" not in fields:
        raise node.fault("thiếu mục «mỗi ngày»", "“per_day” is missing")
    return Stream(
        code=code,
        per_day=number(fields["per_day"], most=10_000),
        channels=_channels(fields["channels"]) if "channels" in fields else {},
        answers=_written(fields["answers"]) if "answers" in fields else {},
        applicant=fields["applicant"].word(KINDS) if "applicant" in fields else "citizen",
    )


def _channels(node: Node) -> dict[str, float]:
    found = {name: part(one) for name, one in node.fields(CHANNELS).items()}
    if abs(sum(found.values()) - 1) > 0.005:
        raise node.fault("các kênh cộng lại phải là 100%", "the channels must sum up to 100%")
    return found


def _officers(node: Node | None) -> dict[tuple[str, str], Post]:
    return {
        (role, agency): _post(one)
        for role, agencies in _pairs(node)
        for agency, one in agencies.pairs().items()
    }


def _post(node: Node) -> Post:
    """A number alone is how many there are."""
    if node.is_text:
        return Post(count=whole(node, most=10_000))
    fields = node.fields(POST)
    if "count" not in fields:
        raise node.fault("thiếu mục «số người»", "“count” is missing")
    working = part(fields["part"]) if "part" in fields else 1.0
    if not working:
        raise fields["part"].fault("phần giờ phải lớn hơn 0%", "the part of their time must be above 0%")
    return Post(count=whole(fields["count"], most=10_000), part=working)


def _times(node: Node | None) -> Times:
    if node is None:
        return Times()
    fields = node.fields(TIMES)
    return Times(
        default=length(fields["default"]) if "default" in fields else Times().default,
        roles={name: length(one) for name, one in _pairs(fields.get("roles"))},
        steps={name: length(one) for name, one in _pairs(fields.get("steps"))},
    )


def _citizens(node: Node | None) -> Citizens:
    plain = Citizens()
    fields = node.fields(CITIZENS) if node is not None else {}
    return Citizens(
        supplement=length(fields["supplement"]) if "supplement" in fields else plain.supplement,
        never=part(fields["never"]) if "never" in fields else plain.never,
        collect=length(fields["collect"]) if "collect" in fields else plain.collect,
        pay=length(fields["pay"]) if "pay" in fields else None,
        messages={name: length(one) for name, one in _pairs(fields.get("messages"))},
    )


def _written(node: Node) -> Mapping[str, Any]:
    return {name: one.written() for name, one in node.pairs().items()}


def _answer(node: Node) -> Mapping[str, Any]:
    return {name: one.value() for name, one in node.pairs().items()}
