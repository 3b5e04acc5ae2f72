"""Personal data replaced by fixed values of the same form: equal texts stay equal, choices and amounts stay.

What an expression of the diagram compares with stays too, for it drives the course.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from engine.domain.form.identity import made_up_tax_code
from engine.domain.form.limits import unfit
from engine.domain.form.model import Field
from engine.scenario.words import key

NAMES = (
    "Nguyễn Văn An", "Trần Thị Bình", "Lê Minh Châu", "Phạm Quốc Dũng", "Hoàng Thu Hà", "Vũ Đức Long",
    "Đặng Ngọc Mai", "Bùi Thanh Nam",
)  # fmt: skip
PLACES = (
    "12 Quang Trung, phường Thành Vinh, tỉnh Nghệ An", "45 Lê Lợi, phường Trường Vinh, tỉnh Nghệ An",
    "Xóm 3, xã Kim Liên, tỉnh Nghệ An", "78 Nguyễn Du, phường Vinh Phú, tỉnh Nghệ An",
)  # fmt: skip
_QUOTED = re.compile(r'"([^"\\]*)"')
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.+]+)?\Z")
_CODE = re.compile(r"[0-9A-ZĐ./\- ]*[0-9][0-9A-ZĐ./\- ]*\Z")  # numbers of papers, plates, accounts
_PERSONS = ("ho va ten", "ho ten", "nguoi ", "can bo", "duoc si", "name", "officer", "signed by", "receiver")
_SPOTS = ("dia chi", "dia diem", "noi ", "address", "place")
_FORMS: tuple[tuple[re.Pattern[str], Callable[[int], str]], ...] = (
    (re.compile(r"[0-9]{12}\Z"), lambda count: f"04019000{1234 + count:04d}"),
    (re.compile(r"0[0-9]{9}\Z"), lambda count: f"091234{5678 + count:04d}"),
    (re.compile(r"[0-9]{10}-[0-9]{3}\Z"), lambda count: f"290123{4567 + count:04d}-001"),
    (re.compile(r"[^@\s]+@[^@\s]+\Z"), lambda count: f"nguoinop{count + 1}@example.vn"),
)


# Numbers and places that a form knows by its property «kind»: each passes the check of its kind.
_IDENTITIES: Mapping[str, Callable[[int], str]] = {
    "citizen_id": lambda count: f"04019000{1234 + count:04d}",
    "tax_code": lambda count: made_up_tax_code(290_123_456 + 7 * count),
    "phone": lambda count: f"091234{5678 + count:04d}",
    "address": lambda count: PLACES[count % len(PLACES)],
}


class Masks:
    """One dossier's replacements."""

    def __init__(self, kept: Iterable[str] = ()) -> None:
        self._kept = frozenset(kept)
        self._known: dict[tuple[str, str], str] = {}  # text and what it is: a person, a place ...

    def text(self, value: str, *, called: str = "", field: Field | None = None) -> str:
        """The replacement of a text; ``called`` is how people or the program call it."""
        if not value.strip() or value in self._kept or _DAY.match(value):
            return value
        sort = _sort(value, f"{key(called)} ")
        known = self._known.get((value, sort))
        if known is None or (field is not None and unfit(field, known) is not None):
            known = self._known[value, sort] = self._fresh(value, sort, field)
        return known

    def whole(self, value: Any, called: str = "") -> Any:
        """The same for all texts inside a JSON value."""
        if isinstance(value, str):
            return self.text(value, called=called)
        if isinstance(value, list):
            return [self.whole(one, called) for one in value]
        if isinstance(value, Mapping):
            return {name: self.whole(one, name) for name, one in value.items()}
        return value

    def _fresh(self, value: str, sort: str, field: Field | None) -> str:
        if field is not None and field.identity:
            return self._identity(value, field.identity)
        for candidate in self._candidates(value, sort):
            if field is None or unfit(field, candidate) is None:
                return candidate
        return value

    def _identity(self, value: str, kind: str) -> str:
        """One of the same kind that passes its check; a province or commune names nobody and stays."""
        made = _IDENTITIES.get(kind)
        return made(len(self._known)) if made else value

    def _candidates(self, value: str, sort: str) -> Iterator[str]:
        """What may stand for a text, the most plausible first; the last resort has its very shape."""
        count = len(self._known)
        for form, made in _FORMS:
            if form.match(value):
                yield made(count)
        if sort == "code":
            yield _shaped(value)
        elif sort == "person":
            yield NAMES[count % len(NAMES)]
        elif sort == "place":
            yield PLACES[count % len(PLACES)]
        yield f"Nội dung mẫu số {count + 1}"
        yield _shaped(value)


def _sort(value: str, called: str) -> str:
    """What a text is, by its form and by what it is called."""
    if _CODE.match(value):
        return "code"
    if any(word in called for word in _PERSONS):
        return "person"
    return "place" if any(word in called for word in _SPOTS) else "text"


def _shaped(value: str) -> str:
    """Digits become others, everything else but capitals becomes "x": the form stays."""
    digits = (int(one) for one in value if one.isdigit())
    turned = "".join(str((one + place) % 9 + 1) for place, one in enumerate(digits, start=3))
    fresh = iter(turned)
    return "".join(
        next(fresh) if one.isdigit() else "x" if one.isalpha() and one.islower() else one for one in value
    )


def literals(*sources: Any) -> set[str]:
    """Texts in quotes inside the expressions of a diagram, wherever they stand in these JSON values."""
    found: set[str] = set()
    waiting = list(sources)
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.update(_QUOTED.findall(one))
        elif isinstance(one, Mapping):
            waiting += one.values()
        elif isinstance(one, list | tuple):
            waiting += one
    return found
