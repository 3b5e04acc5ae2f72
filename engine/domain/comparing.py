"""What two descriptions of a procedure say differently, in words that an analyst would use."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.domain.papers.words import CHANNELS, ROLES
from engine.domain.procedure import ProcedureFacts

Words = tuple[str, str]  # Vietnamese, English


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not as it was."""

    kind: str  # added, removed, changed
    element: str  # BPMN id; of the procedure as a whole: empty
    vi: str
    en: str


_SPAN = re.compile(r"\b(working days|working hours|calendar days|clock hours|months)\(\s*([0-9]+)\s*\)")
_SAME_DAY = re.compile(r"\s*working days\(\s*0\s*\)\s*")
_UNITS = {"working days": "ngày làm việc", "working hours": "giờ làm việc", "calendar days": "ngày",
          "clock hours": "giờ", "months": "tháng"}  # fmt: skip
_AGENCIES = {
    "competent": ("cơ quan giải quyết", "the competent agency"),
    "centre": ("Trung tâm", "the centre"),
}
_KINDS = {"charge": ("phí", "charge"), "fee": ("lệ phí", "fee")}
_WHEN = {"submission": ("khi nộp", "at submission"), "midway": ("trong khi giải quyết", "midway"),
         "return": ("khi trả kết quả", "at return")}  # fmt: skip


def limit_words(limit: object) -> Words:
    """A limit in FEEL with its spans spelt out; the rest of a condition stays as it is."""
    if limit in (None, "", "none"):
        return "không có", "none"
    text = str(limit)
    if _SAME_DAY.fullmatch(text):
        return "trong ngày làm việc", "the same working day"
    return _SPAN.sub(lambda one: f"{one[2]} {_UNITS[one[1]]}", text), _SPAN.sub(r"\2 \1", text)


def role_words(role: object) -> Words:
    """Who does a step."""
    return (ROLES.get(str(role), str(role)), str(role)) if role else ("không ai", "nobody")


def agency_words(agency: object) -> Words:
    """Where a step is done."""
    return _AGENCIES.get(str(agency), (str(agency), str(agency))) if agency else ("không có", "none")


def _plain(value: object) -> Words:
    if value is None or value == "" or value == ():
        return "không có", "none"
    if isinstance(value, bool):
        return ("có", "yes") if value else ("không", "no")
    return str(value), str(value)


def _result(value: Any) -> Words:
    if value is None:
        return "không có", "none"
    text = ", ".join(part for part in (value.name, value.type, value.signer) if part)
    return text, text


_WHOLE: Sequence[tuple[str, str, str, Callable[[Any], Words]]] = (
    ("code", "Mã thủ tục", "Code", _plain),
    ("name", "Tên thủ tục", "Name", _plain),
    ("agency", "Cơ quan giải quyết", "Agency", _plain),
    ("domain", "Lĩnh vực", "Field", _plain),
    ("level", "Mức độ trực tuyến", "How far online", _plain),
    ("time_limit", "Thời hạn giải quyết", "Time limit", limit_words),
    ("time_limit_note", "Ghi chú về thời hạn", "Note on the time limit", _plain),
    ("resume", "Cách tính hạn khi bổ sung", "What a supplement does to the limit", _plain),
    ("supplement_expiry", "Hạn bổ sung hồ sơ", "Time for a supplement", _plain),
    ("clock_starts", "Lúc bắt đầu tính hạn", "When the limit begins", _plain),
    ("same_day", "Cách tính ngày tiếp nhận", "How the day of receipt counts", _plain),
    ("appointment_slip", "Giấy hẹn", "Appointment slip", _plain),
    ("retention", "Thời hạn lưu", "Retention", _plain),
    ("form", "Tờ khai", "Form", _plain),
    ("result", "Kết quả", "Result", _result),
    ("source", "Nguồn", "Source", _plain),
)


def procedure_differences(old: ProcedureFacts, new: ProcedureFacts) -> Iterator[Difference]:
    """What is said of the procedure as a whole: limits and names, then lists, item by item."""
    for name, vi, en, words in _WHOLE:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield _changed(vi, en, words(was), words(now), ": ")
    yield from _items("giấy tờ", "document", old.documents, new.documents, "id", _document)
    yield from _items("khoản thu", "fee", old.fees, new.fees, "name", _fee)
    yield from _texts(
        "căn cứ", "legal basis", *([_basis(one) for one in facts.basis] for facts in (old, new))
    )
    channels = [[CHANNELS.get(one, one) for one in facts.channels] for facts in (old, new)]
    yield from _texts("cách nộp", "way of submitting", *channels)
    yield from _texts("câu hỏi còn mở", "open question", old.open_questions, new.open_questions)


def _changed(vi: str, en: str, was: Words, now: Words, between: str) -> Difference:
    return Difference(
        kind="changed", element="",
        vi=f"{vi}{between}từ {was[0]} thành {now[0]}.", en=f"{en}{between}from {was[1]} to {now[1]}.",
    )  # fmt: skip


def _items(
    vi: str,
    en: str,
    old: Sequence[Any],
    new: Sequence[Any],
    key: str,
    parts: Callable[[Any], dict[Words, Words]],
) -> Iterator[Difference]:
    """Items of a list held against each other by their key."""
    before, after = ({getattr(one, key): one for one in items} for items in (old, new))
    for one in [one for one in before if one not in after]:
        yield _item("removed", f"Bớt {vi}", f"Removed: {en}", before[one].name)
    for one in after:
        if one not in before:
            yield _item("added", f"Thêm {vi}", f"Added: {en}", after[one].name)
            continue
        was, now = parts(before[one]), parts(after[one])
        for name in was:
            if was[name] != now[name]:
                said = f"{vi.capitalize()} «{before[one].name}»: {name[0]}"
                told = f"{en.capitalize()} “{before[one].name}”: {name[1]}"
                yield _changed(said, told, was[name], now[name], " ")


def _item(kind: str, vi: str, en: str, name: str) -> Difference:
    return Difference(kind=kind, element="", vi=f"{vi} «{name}».", en=f"{en} “{name}”.")


def _texts(vi: str, en: str, old: Iterable[str], new: Iterable[str]) -> Iterator[Difference]:
    before, after = list(old), list(new)
    yield from (_item("removed", f"Bớt {vi}", f"Removed: {en}", one) for one in before if one not in after)
    yield from (_item("added", f"Thêm {vi}", f"Added: {en}", one) for one in after if one not in before)


def _document(one: Any) -> dict[Words, Words]:
    return {
        ("tên", "name"): _plain(one.name),
        ("bản chính", "originals"): _plain(one.original),
        ("bản sao", "copies"): _plain(one.copy),
        ("bản sao chứng thực", "certified copies"): _plain(one.certified),
        ("điều kiện", "condition"): _plain(one.condition),
        ("nộp bản điện tử", "electronic"): _plain(one.electronic),
        ("phải số hóa", "to be digitised"): _plain(one.digitise),
    }


def _fee(one: Any) -> dict[Words, Words]:
    return {
        ("loại", "kind"): _KINDS.get(one.kind, (one.kind, one.kind)),
        ("lúc thu", "when"): _WHEN.get(one.when, (one.when, one.when)),
        ("mức", "amount"): _plain(one.expression),
        ("bảng", "table"): _plain(one.table),
    }


def _basis(one: Any) -> str:
    return " ".join(part for part in (one.document, one.article) if part)
