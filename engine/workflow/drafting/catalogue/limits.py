"""Time limits as catalogues write them, and as FEEL that says which channel has which."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.text import folded

UNITS = {
    "working_days": ("working days", "ngày làm việc"),
    "days": ("calendar days", "ngày"),
    "months": ("months", "tháng"),
    "hours": ("working hours", "giờ làm việc"),
}
_NAMES = {
    "working_days": "working_days", "working days": "working_days", "working_day": "working_days",
    "ngay lam viec": "working_days", "nlv": "working_days",
    "days": "days", "day": "days", "ngay": "days", "calendar days": "days", "calendar_days": "days",
    "months": "months", "month": "months", "thang": "months",
    "hours": "hours", "hour": "hours", "gio": "hours", "gio lam viec": "hours",
}  # fmt: skip
_WRITTEN = re.compile(r"([0-9]{1,3}) ?([a-z_ ]+)\Z")
CHANNEL_WORDS = {"counter": "trực tiếp", "online": "trực tuyến", "postal": "bưu chính"}


@dataclass(frozen=True, slots=True)
class Limit:
    count: int
    unit: str

    @property
    def feel(self) -> str:
        return f"{UNITS[self.unit][0]}({self.count})"

    @property
    def words(self) -> str:
        return f"{self.count} {UNITS[self.unit][1]}"

    @property
    def within_a_day(self) -> bool:
        return (self.unit == "hours" and self.count <= 8) or self.count == 0


def limit_from(text: str) -> Limit | None:
    """The limit in a cell; None for an empty one. Raises ValueError for what is none."""
    if not text.strip():
        return None
    found = _WRITTEN.match(folded(text))
    unit = _NAMES.get(found[2].strip()) if found else None
    if found is None or unit is None:
        raise ValueError(text)
    return Limit(int(found[1]), unit)


def limit_feel(limits: Mapping[str, Limit | None]) -> str | None:
    """One expression for the limits of the channels that are offered; None when nothing is known."""
    known = {channel: limit for channel, limit in limits.items() if limit is not None}
    if not known:
        return None
    if len(set(limits.values())) == 1:
        return next(iter(known.values())).feel
    said = {channel: limit.feel if limit else "null" for channel, limit in limits.items()}
    *first, last = sorted(said, key=("online", "postal", "counter").index)
    parts = [f'if dossier.channel = "{one}" then {said[one]}' for one in first]
    return " else ".join([*parts, said[last]])


def limit_note(limits: Mapping[str, Limit | None]) -> str:
    """The same in words, where the channels differ."""
    if len(set(limits.values())) < 2:
        return ""
    said = (f"{CHANNEL_WORDS[one]} {limit.words if limit else 'chưa rõ'}" for one, limit in limits.items())
    note = "; ".join(said)
    return note[0].upper() + note[1:] + "."
