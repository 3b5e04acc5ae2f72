"""What an import did with each row of a catalogue, told row by row and in sum."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

import click
import orjson

from engine.catalogue import Plan

_MOST_CHANGES = 40  # lines of one row on the terminal; JSON has them all


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BY_HAND = "by-hand"
    EDITED = "edited"
    UNSOUND = "unsound"


_WORDS = {
    Outcome.NEW: ("mới", "new"),
    Outcome.CHANGED: ("vẽ lại", "redrawn"),
    Outcome.UNCHANGED: ("không đổi", "unchanged"),
    Outcome.BY_HAND: ("giữ bản làm tay", "made by hand, kept"),
    Outcome.EDITED: ("đã sửa tay, giữ nguyên", "changed by hand, kept"),
    Outcome.UNSOUND: ("lỗi, không ghi", "unsound, not written"),
}


class Report:
    """Collects the rows and prints them when all are known: files that people changed come first."""

    def __init__(self, as_json: bool, lang: str) -> None:
        self.lang = lang
        self.counts: Counter[Outcome] = Counter()
        self._json = as_json
        self._rows: list[tuple[Plan, Outcome, Sequence[str]]] = []

    def add(self, plan: Plan, outcome: Outcome, changes: Sequence[str] = ()) -> None:
        self.counts[outcome] += 1
        self._rows.append((plan, outcome, changes))

    def close(self, plans: Sequence[Plan]) -> None:
        """Print everything."""
        common = set.intersection(*(set(plan.questions) for plan in plans)) if plans else set()
        order = [Outcome.EDITED, Outcome.UNSOUND]
        rows = sorted(self._rows, key=lambda one: order.index(one[1]) if one[1] in order else len(order))
        for plan, outcome, changes in rows:
            if self._json:
                click.echo(orjson.dumps(_row(plan, outcome, changes)).decode())
            else:
                self._print(plan, outcome, changes, common)
        self._sum(plans, common)

    def _print(self, plan: Plan, outcome: Outcome, changes: Sequence[str], common: set[str]) -> None:
        vi = self.lang == "vi"
        said = _WORDS[outcome][not vi]
        head = f"{plan.code:<12} {said}: {plan.folder}/{plan.code}.bpmn, "
        head += f"mẫu {plan.pattern} ({plan.sketched.why})" if vi else f"pattern {plan.pattern}"
        own = [one for one in plan.questions if one not in common]
        if own and outcome not in (Outcome.UNCHANGED, Outcome.BY_HAND):
            head += f"; {'hỏi' if vi else 'asks'}: {' '.join(own)}"
        click.echo(head)
        for line in changes[:_MOST_CHANGES]:
            click.echo(f"    {line}")

    def _sum(self, plans: Sequence[Plan], common: set[str]) -> None:
        patterns = Counter(plan.pattern for plan in plans)
        if self._json:
            told = {
                "summary": {str(one): count for one, count in self.counts.items()}, "rows": len(plans),
                "patterns": dict(patterns.most_common()), "questions": sorted(common),
            }  # fmt: skip
            click.echo(orjson.dumps(told).decode())
            return
        vi = self.lang == "vi"
        if common:
            click.echo("Mọi thủ tục còn phải hỏi:" if vi else "All procedures must ask:")
            for one in sorted(common):
                click.echo(f"  - {one}")
        outcomes = ", ".join(f"{count} {_WORDS[one][not vi]}" for one, count in self.counts.items())
        ways = ", ".join(f"{name} {count}" for name, count in patterns.most_common())
        click.echo(f"{len(plans)} {'thủ tục' if vi else 'procedures'}: {outcomes}.")
        click.echo(f"{'Mẫu' if vi else 'Patterns'}: {ways}.")


def _row(plan: Plan, outcome: Outcome, changes: Sequence[str]) -> dict[str, object]:
    return {
        "code": plan.code, "row": plan.row.number, "outcome": str(outcome), "pattern": plan.pattern,
        "why": plan.sketched.why, "file": f"{plan.folder}/{plan.code}.bpmn",
        "questions": list(plan.questions), "changes": list(changes),
    }  # fmt: skip
