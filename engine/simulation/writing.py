"""A profile as the text of a file: what was learnt is there to be read and changed."""

from collections.abc import Mapping
from typing import Any

import yaml

from engine.scenario.words import CHANNELS
from engine.simulation.profile import ANY, Post, Profile, Stream
from engine.simulation.times import Exponential, Fixed, Length, LogNormal, Quantiles, Triangular
from engine.simulation.words import CITIZENS, FILE, LENGTHS, LOGNORMAL, POST, STREAM, TIMES

_HEAD = "# Cách viết / how to write: docs/how-to/simulate.md\n"


def profile_text(profile: Profile) -> str:
    """The text that ``read_profile`` makes the same profile of; answers and services are not learnt."""
    whole = {
        FILE["name"]: profile.name or None,
        FILE["seed"]: profile.seed,
        FILE["start"]: f"{profile.start:%d/%m/%Y}",
        FILE["days"]: profile.days,
        FILE["warm_up"]: profile.warm_up,
        FILE["run_on"]: profile.run_on,
        FILE["arrivals"]: {one.code: _stream(one) for one in profile.arrivals},
        FILE["officers"]: _officers(profile.officers),
        FILE["times"]: {
            TIMES["default"]: _length(profile.times.default),
            TIMES["roles"]: {name: _length(one) for name, one in profile.times.roles.items()},
            TIMES["steps"]: {name: _length(one) for name, one in profile.times.steps.items()},
        },
        FILE["decisions"]: {
            "chung" if step == ANY else step: dict(shares) for step, shares in profile.decisions.items()
        },
        FILE["citizens"]: {
            CITIZENS["supplement"]: _length(profile.citizens.supplement),
            CITIZENS["never"]: profile.citizens.never,
            CITIZENS["collect"]: _length(profile.citizens.collect),
            CITIZENS["pay"]: _length(profile.citizens.pay) if profile.citizens.pay else None,
            CITIZENS["messages"]: {name: _length(one) for name, one in profile.citizens.messages.items()},
        },
    }
    text: str = yaml.safe_dump(_told(whole), allow_unicode=True, sort_keys=False, width=110)
    return _HEAD + text


def _told(value: Any) -> Any:
    """Without what says nothing."""
    if not isinstance(value, dict):
        return value
    return {name: _told(one) for name, one in value.items() if one is not None and one != {}}


def _stream(stream: Stream) -> dict[str, Any]:
    channels = {CHANNELS[name]: part for name, part in stream.channels.items()}
    return {STREAM["per_day"]: stream.per_day, STREAM["channels"]: channels}


def _officers(officers: Mapping[tuple[str, str], Post]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for (role, agency), post in officers.items():
        told = {POST["count"]: post.count, POST["part"]: post.part}
        found.setdefault(role, {})[agency] = post.count if post.part == 1 else told
    return found


def _length(length: Length) -> Any:
    """A distribution; one scaled by a what-if is nothing to keep."""
    match length:
        case Fixed(value):
            return str(value)
        case Triangular(least, usual, most):
            return {LENGTHS["triangular"]: [least, usual, most]}
        case LogNormal(mean, deviation):
            return {LENGTHS["lognormal"]: {LOGNORMAL["mean"]: mean, LOGNORMAL["deviation"]: deviation}}
        case Exponential(mean):
            return {LENGTHS["exponential"]: mean}
        case Quantiles(points):
            return {LENGTHS["quantiles"]: list(points)}
    raise TypeError(type(length).__name__)
