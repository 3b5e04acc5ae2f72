"""The language of ``motcua play``: one line, one deed."""

import json
import shlex
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from engine.domain.duration import BadDuration, Elapsed, parse_timer
from engine.sandbox import Case, Sandbox, Unplayable

HELP = """\
load TỆP …                                       nạp sơ đồ vào một hộp thử mới
start [QUY_TRÌNH] [at SỰ_KIỆN] [tên=giá_trị …]   bắt đầu một hồ sơ thử
do BƯỚC [tên=giá_trị …]                          hoàn thành một việc
job BƯỚC [tên=giá_trị …]                         trả lời thay bước tự động
fail BƯỚC MÃ_LỖI                                 bước tự động báo lỗi
message TÊN [tên=giá_trị …]                      gửi tin nhắn
signal TÊN                                       phát tín hiệu
wait THỜI_GIAN | wait BƯỚC | next                để thời gian trôi (PT5S, P3D, 12H)
auto                                             tự làm tiếp đến khi không còn gì để làm
case SỐ                                          chọn hồ sơ thử
show | path | data | processes | help | quit"""
_MOST = 10_000  # deeds of one ``auto``
_UNITS = {
    "D": timedelta(days=1), "WD": timedelta(days=1), "H": timedelta(hours=1), "WH": timedelta(hours=1),
    "M": timedelta(days=31),
}  # fmt: skip


class Deeds:
    """Does what lines say; remembers which case they are about."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._number = 0
        self._deeds: dict[str, Callable[[list[str]], str]] = {
            "start": self._start, "do": self._do, "job": self._job, "fail": self._fail,
            "message": self._message, "signal": self._signal, "wait": self._wait, "next": self._next,
            "auto": self._auto, "case": self._choose, "show": lambda _: "",
            "path": lambda _: " → ".join(self._case().path),
            "data": lambda _: json.dumps(dict(self._case().data), ensure_ascii=False, indent=1),
            "processes": lambda _: "\n".join(sandbox.processes), "help": lambda _: HELP,
        }  # fmt: skip

    def do(self, line: str) -> str:
        """Do one line; what there is to say. Raises Unplayable and whatever the engine refuses."""
        try:
            word, *rest = shlex.split(line)
        except ValueError as error:
            raise Unplayable(
                why_vi=f"dòng lệnh sai: {error}", why_en=f"the line is wrong: {error}"
            ) from error
        deed = self._deeds.get(word)
        if deed is None:
            raise Unplayable(
                why_vi=f"không có lệnh «{word}» (xem help)", why_en=f"no deed “{word}” (see help)"
            )
        return deed(rest)

    def _case(self) -> Case:
        if not self._number:
            raise Unplayable(
                why_vi="chưa có hồ sơ thử nào (lệnh start)", why_en="there is no case yet (start)"
            )
        return self._sandbox.case(self._number)

    def _start(self, words: list[str]) -> str:
        names, values = _split(words)
        at = None
        if "at" in names:
            place = names.index("at")
            at = _word(names[place + 1 :], "at SỰ_KIỆN")
            names = names[:place]
        case = self._sandbox.start(names[0] if names else None, at, values)
        self._number = case.number
        return f"Hồ sơ thử {case.number}: {case.process}"

    def _do(self, words: list[str]) -> str:
        names, values = _split(words)
        self._sandbox.complete(self._holding("tasks", _word(names, "do BƯỚC")), names[0], values)
        return ""

    def _job(self, words: list[str]) -> str:
        names, values = _split(words)
        self._sandbox.answer(self._holding("jobs", _word(names, "job BƯỚC")), names[0], values)
        return ""

    def _fail(self, words: list[str]) -> str:
        node = _word(words, "fail BƯỚC MÃ_LỖI")
        self._sandbox.refuse(self._holding("jobs", node), node, _word(words[1:], "fail BƯỚC MÃ_LỖI"))
        return ""

    def _message(self, words: list[str]) -> str:
        names, values = _split(words)
        self._sandbox.message(_word(names, "message TÊN"), values)
        self._number = self._number or 1
        return ""

    def _signal(self, words: list[str]) -> str:
        self._sandbox.signal(_word(words, "signal TÊN"))
        self._number = self._number or 1
        return ""

    def _wait(self, words: list[str]) -> str:
        text = _word(words, "wait THỜI_GIAN")
        span = _span(text)
        if span is None:
            self._sandbox.fire(self._holding("timers", text), text)
            return ""
        return f"{self._sandbox.wait(span)} thời hạn đã đến"

    def _next(self, _: list[str]) -> str:
        found = self._sandbox.next_timer()
        if found is None:
            raise Unplayable(why_vi="không có thời hạn nào đang chạy", why_en="no timer is running")
        self._sandbox.fire(found[0], found[1])
        return ""

    def _auto(self, _: list[str]) -> str:
        """Finish tasks, answer jobs, let timers fire: in this order, until nothing is left to do."""
        for count in range(_MOST):
            if not self._one_more():
                return f"{count} việc đã làm tự động"
        raise Unplayable(why_vi=f"quá {_MOST} việc, quy trình không dừng", why_en=f"more than {_MOST} deeds")

    def _one_more(self) -> bool:
        for case in self._sandbox.cases():
            if case.tasks:
                task = case.tasks[0]
                chosen = {"decision": task["decisions"][0]} if task["decisions"] else {}
                self._sandbox.complete(case, task["id"], chosen)
                return True
            if case.jobs:
                self._sandbox.answer(case, case.jobs[0]["id"], {})
                return True
        found = self._sandbox.next_timer()
        if found is not None:
            self._sandbox.fire(found[0], found[1])
        return found is not None

    def _choose(self, words: list[str]) -> str:
        text = _word(words, "case SỐ")
        self._number = self._sandbox.case(int(text) if text.isdigit() else 0).number
        return ""

    def _holding(self, things: str, node: str) -> Case:
        """The case that has this open: the chosen one before others."""
        chosen = self._case() if self._number else None
        for case in (*([chosen] if chosen else []), *self._sandbox.cases()):
            if any(
                node in (one.get("node"), one.get("id"), one.get("name")) for one in getattr(case, things)
            ):
                return case
        return self._case()


def _word(words: list[str], usage: str) -> str:
    if not words:
        raise Unplayable(
            why_vi=f"thiếu nội dung, cách viết: {usage}", why_en=f"something is missing: {usage}"
        )
    return words[0]


def _split(words: list[str]) -> tuple[list[str], dict[str, Any]]:
    """Plain words, and name=value pairs: JSON where it is JSON, else text."""
    names = [word for word in words if "=" not in word]
    values = dict(word.split("=", 1) for word in words if "=" in word)
    return names, {name: _value(text) for name, text in values.items()}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _span(text: str) -> timedelta | None:
    """A plain span of time: ISO 8601, or 5D, 12H, 30S; None for anything else."""
    try:
        value = parse_timer(text)
    except BadDuration:
        return None
    if isinstance(value, Elapsed):
        return timedelta(seconds=value.seconds)
    count, unit = getattr(value, "count", None), _UNITS.get(getattr(value, "unit", ""))
    return unit * count if count is not None and unit is not None else None


def told(sandbox: Sandbox) -> Iterator[str]:
    """What is open, for a person."""
    if sandbox.cases():
        yield f"— {sandbox.clock.at:%d/%m/%Y %H:%M:%S}"
    for case in sandbox.cases():
        state = (
            f"kết thúc bằng lỗi «{case.error}»"
            if case.error
            else "đã kết thúc"
            if case.ended
            else "đang xử lý"
        )
        yield f"Hồ sơ thử {case.number} ({case.process}): {state}"
        yield from (f"  bế tắc ở {node}" for node in case.stuck)
        yield from (f"  việc        {one['node']}  {one['name']}{_choices(one)}" for one in case.tasks)
        yield from (f"  bước tự động {one['node']}  {one['handler']}" for one in case.jobs)
        yield from (f"  thời hạn    {one['node']}  {one['value']}, đến {one['due']}" for one in case.timers)
        yield from (f"  tin nhắn    {one['node']}  «{one['name']}»" for one in case.messages)
        yield from (f"  tín hiệu    {one['node']}  «{one['name']}»" for one in case.signals)


def _choices(task: Any) -> str:
    return f"  decision={'|'.join(task['decisions'])}" if task["decisions"] else ""
