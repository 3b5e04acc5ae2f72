"""What if: a change of a profile, said in one line, such as ``officers.processing.SXD=+2``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine.errors import MotcuaError
from engine.scenario.errors import unknown
from engine.simulation.profile import Profile
from engine.simulation.times import Length, Scaled

_CHANGE = re.compile(
    r"\s*(?P<path>[^=]+?)\s*=\s*(?P<how>[-+*x]?)(?P<size>[0-9]+(?:[.,][0-9]+)?)(?P<percent>%?)\s*\Z"
)


class BadChange(MotcuaError):
    """A what-if that is not understood."""

    code = "bad-change"
    vi = "--what-if «{text}»: {why_vi}"
    en = "--what-if “{text}”: {why_en}"

    def __init__(self, text: str, why: tuple[str, str]) -> None:
        super().__init__(text=text, why_vi=why[0], why_en=why[1])


_FORM = (
    "ghi dạng officers.processing.SXD=+2, arrivals.1.009794=+20%, times.roles.processing=*0.8; "
    "nhiều thay đổi cùng lúc cách nhau bằng dấu chấm phẩy",
    "write it as officers.processing.SXD=+2, arrivals.1.009794=+20%, times.roles.processing=*0.8; "
    "several at once have semicolons between them",
)


@dataclass(frozen=True, slots=True)
class _Step:
    """How a number changes: set, added to, multiplied."""

    how: str
    size: float

    def of(self, value: float) -> float:
        if self.how == "*":
            return value * self.size
        return max(0.0, value + self.size) if self.how == "+" else self.size


def changed(profile: Profile, text: str) -> Profile:
    """The profile with the changes that a line says; raises BadChange."""
    for one in text.split(";"):
        profile = _changed(profile, one.strip())
    return profile


def _changed(profile: Profile, text: str) -> Profile:
    found = _CHANGE.match(text)
    if found is None:
        raise BadChange(text, _FORM)
    kind, _, path = found["path"].partition(".")
    change = _CHANGES.get(kind)
    if change is None or not path:
        raise BadChange(text, unknown(kind, _CHANGES) if change is None else _FORM)
    try:
        return change(profile, path, _step(found))
    except KeyError as missing:
        raise BadChange(text, unknown(*missing.args[0])) from None
    except ValueError as fault:
        raise BadChange(text, (str(fault.args[0]), str(fault.args[-1]))) from None


def _step(found: re.Match[str]) -> _Step:
    size = float(found["size"].replace(",", "."))
    sign = -1 if found["how"] == "-" else 1
    if found["percent"]:
        return _Step("*", size / 100 if found["how"] in ("", "*", "x") else 1 + sign * size / 100)
    if found["how"] in ("+", "-"):
        return _Step("+", sign * size)
    return _Step("*" if found["how"] in ("*", "x") else "=", size)


def _officers(profile: Profile, path: str, step: _Step) -> Profile:
    role, _, agency = path.partition(".")
    if not agency:
        raise ValueError(*_FORM)
    post = profile.post(role, agency)
    count = step.of(post.count)
    if count != int(count):
        raise ValueError("số người phải là số nguyên", "officers come in whole numbers")
    return replace(profile, officers={**profile.officers, (role, agency): replace(post, count=int(count))})


def _arrivals(profile: Profile, path: str, step: _Step) -> Profile:
    """Of one procedure, or of all: ``*``."""
    if path != "*" and path not in profile.codes:
        raise KeyError((path, profile.codes))
    return replace(
        profile,
        arrivals=tuple(
            replace(one, per_day=step.of(one.per_day)) if path in ("*", one.code) else one
            for one in profile.arrivals
        ),
    )


def _times(profile: Profile, path: str, step: _Step) -> Profile:
    """Longer or shorter by a factor: of a role, a step, or ``default``."""
    kind, _, name = path.partition(".")
    times = profile.times
    if step.how != "*":
        raise ValueError(
            "thời gian chỉ đổi theo hệ số, như *0.8 hoặc -20%",
            "times change by a factor, such as *0.8 or -20%",
        )
    if kind == "default":
        return replace(profile, times=replace(times, default=Scaled(times.default, step.size)))
    if kind not in ("roles", "steps") or not name:
        raise KeyError(
            (
                path,
                (
                    "default",
                    *(f"roles.{one}" for one in times.roles),
                    *(f"steps.{one}" for one in times.steps),
                ),
            )
        )
    known: Mapping[str, Length] = times.roles if kind == "roles" else times.steps
    scaled: dict[str, Length] = {**known, name: Scaled(known.get(name, times.default), step.size)}
    if kind == "roles":
        return replace(profile, times=replace(times, roles=scaled))
    return replace(profile, times=replace(times, steps=scaled))


_CHANGES: Mapping[str, Callable[[Profile, str, _Step], Profile]] = {
    "officers": _officers,
    "arrivals": _arrivals,
    "times": _times,
}
