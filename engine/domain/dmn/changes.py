"""What a new decision table says otherwise than the old one, row by row: most changes of law are a cell."""

from collections.abc import Iterable, Iterator, Mapping

from engine.domain.comparing import Difference
from engine.domain.dmn.stored import Decidable, table_to_json
from engine.domain.dmn.table import DecisionTable, Rule


def table_differences(old: Mapping[str, Decidable], new: Mapping[str, Decidable]) -> Iterator[Difference]:
    """Tables of two versions, by id, held against each other; what only one has is told by who uses it."""
    for identity in sorted(old.keys() & new.keys()):
        before, after = old[identity], new[identity]
        if table_to_json(before) == table_to_json(after):
            continue
        rows = list(_rows(before, after))
        yield from rows or [_said("changed", after, "cách tính đổi", "reckons otherwise")]


def _rows(old: Decidable, new: Decidable) -> Iterator[Difference]:
    if not isinstance(old, DecisionTable) or not isinstance(new, DecisionTable):
        return
    was, now = ([_row(rule) for rule in table.rules] for table in (old, new))
    yield from _each("removed", new, "bớt dòng", "row removed:", (one for one in was if one not in now))
    yield from _each("added", new, "thêm dòng", "row added:", (one for one in now if one not in was))


def _row(rule: Rule) -> str:
    tests = ("-" if test is None else test.source for test in rule.tests)
    return f"{', '.join(tests)} → {', '.join(result.source for result in rule.results)}"


def _each(kind: str, table: Decidable, vi: str, en: str, rows: Iterable[str]) -> Iterator[Difference]:
    return (_said(kind, table, f"{vi} «{row}»", f"{en} “{row}”") for row in rows)


def _said(kind: str, table: Decidable, vi: str, en: str) -> Difference:
    return Difference(
        kind=kind, element="", vi=f"Bảng quyết định «{table.name}»: {vi}.",
        en=f"Decision table “{table.name}”: {en}.",
    )  # fmt: skip
