"""How fast the processor is just now: machines are shared, and a limit means seconds of a usual one."""

import time

_USUAL = 0.012  # seconds which ``_work`` takes on the machine the limits of the tests were measured on


def seconds(limit: float) -> float:
    """``limit`` seconds of processor time on a usual machine, in seconds of this one at this moment."""
    return limit * max(1.0, min(_work() for _ in range(5)) / _USUAL)


def _work() -> float:
    """Processor time of a fixed piece of plain Python."""
    begun = time.thread_time()
    counts: dict[int, int] = {}
    for number in range(200_000):
        counts[number % 97] = counts.get(number % 97, 0) + number
    return time.thread_time() - begun
