"""Calls of code that is not ours: each gets its time and no more."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from threading import Lock, Thread
from typing import TypeVar

from engine.errors import MotcuaError

T = TypeVar("T")
_MOST = 4  # calls of one name that may hang at once: a thread cannot be ended, so they must not pile up


class CallHangs(MotcuaError):
    """The call did not come back in time, or earlier ones of that name still have not."""

    code = "call-hangs"
    vi = "Bước «{name}» không trả lời trong {seconds:.0f} giây. Kiểm tra hệ thống mà bước này gọi tới."
    en = "“{name}” did not answer within {seconds:.0f} seconds. Check the system that it calls."


class TimeBox:
    """Runs calls in threads of their own and waits for each no longer than ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._hanging: Counter[str] = Counter()
        self._lock = Lock()

    def run(self, name: str, call: Callable[[], T]) -> T:
        """What the call gives or raises; raises CallHangs when it takes too long."""
        if self._hanging[name] >= _MOST:
            raise CallHangs(name=name, seconds=self._seconds)
        answer: Future[T] = Future()
        self._count(name, 1)
        Thread(target=self._carry_out, args=(name, call, answer), daemon=True).start()
        try:
            return answer.result(timeout=self._seconds)
        except TookTooLong:
            if answer.done():
                raise  # the call's own error, and no time-out of ours
            raise CallHangs(name=name, seconds=self._seconds) from None

    def _carry_out(self, name: str, call: Callable[[], T], answer: "Future[T]") -> None:
        try:
            answer.set_result(call())
        except BaseException as error:  # noqa: BLE001  # handed to the one who waits
            answer.set_exception(error)
        finally:
            self._count(name, -1)

    def _count(self, name: str, change: int) -> None:
        with self._lock:
            self._hanging[name] += change
