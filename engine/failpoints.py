"""Places where a test lets this process die or wait: off, and free, unless MOTCUA_FAILPOINTS names them.

``MOTCUA_FAILPOINTS="after_commit=kill:0.01,before_commit=sleep:2"``: at every hundredth commit the process
ends as by SIGKILL, and each commit comes two seconds late. An unknown name or deed ends the program at once.
"""

import os
import random
import signal
from collections.abc import Callable, Mapping
from time import sleep

BEFORE_COMMIT = "before_commit"
AFTER_COMMIT = "after_commit"  # what was done stands, and whoever asked is not told
AFTER_CALL = "after_call"  # another system has done its part, and we have not noted it yet
IN_BEAT = "in_beat"  # the loop of a part of the heartbeat: raise ends its thread
_NAMES = frozenset({BEFORE_COMMIT, AFTER_COMMIT, AFTER_CALL, IN_BEAT})


class Tripped(BaseException):
    """What ``raise`` raises: nothing that ordinary code would catch."""


def _kill(share: float) -> None:
    if random.random() < share:  # noqa: S311  # a lot for tests, no secret
        os.kill(os.getpid(), signal.SIGKILL)


def _trip(share: float) -> None:
    if random.random() < share:  # noqa: S311  # a lot for tests, no secret
        raise Tripped()


_DEEDS: Mapping[str, Callable[[float], None]] = {"kill": _kill, "raise": _trip, "sleep": sleep}


def armed(text: str) -> dict[str, tuple[Callable[[float], None], float]]:
    """What the variable's text asks for; raises ValueError for a name or deed that does not exist."""
    found = {}
    for part in filter(None, text.split(",")):
        name, _, said = part.partition("=")
        deed, _, amount = said.partition(":")
        if name not in _NAMES or deed not in _DEEDS:
            raise ValueError(f"MOTCUA_FAILPOINTS: unknown: {part}")
        found[name] = (_DEEDS[deed], float(amount or 1))
    return found


_ARMED = armed(os.environ.get("MOTCUA_FAILPOINTS", ""))


def reached(name: str) -> None:
    """This place is reached; nothing happens unless a test wants it."""
    if _ARMED and name in _ARMED:
        deed, amount = _ARMED[name]
        deed(amount)
