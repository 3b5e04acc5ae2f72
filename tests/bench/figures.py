"""Figures as they are printed: value, anchor, ratio, target, and how disturbed the machine was."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line. ``least`` and ``most`` are targets for the ratio when there is an anchor, else the value."""

    name: str
    value: float
    unit: str
    anchor: float | None = None
    anchor_name: str = ""
    least: float | None = None
    most: float | None = None
    foreign: float | None = None  # share of CPU that others used meanwhile
    note: str = ""

    @property
    def judged(self) -> float:
        """What the target is about."""
        return self.value / self.anchor if self.anchor else self.value

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None when there is none."""
        if self.least is None and self.most is None:
            return None
        return self.judged >= (self.least or 0) and (self.most is None or self.judged <= self.most)

    def to_json(self) -> Mapping[str, Any]:
        return {**asdict(self), "judged": self.judged, "reached": self.reached}

    def line(self) -> str:
        parts = [f"{self.name:<58}", f"{_short(self.value):>9} {self.unit:<7}"]
        if self.anchor:
            parts.append(f"{self.judged:5.2f} x {_short(self.anchor)} {self.anchor_name}")
        if self.reached is not None:
            bound = f">= {self.least}" if self.least is not None else f"<= {self.most}"
            parts.append(f"[{bound}{' x' if self.anchor else ''}: {'yes' if self.reached else 'NO'}]")
        if self.foreign is not None:
            parts.append(f"foreign CPU {self.foreign:.0%}")
        return "  ".join((*parts, self.note)).rstrip()


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def middle(values: Sequence[float]) -> float:
    """The median; rounds that a busy machine spoilt do not move it."""
    return float(median(values))
