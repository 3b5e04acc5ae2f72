"""Places as answers: a commune of a province, and whole addresses of province, commune and street."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.domain import communes, provinces
from engine.domain.communes import Commune, Former
from engine.domain.form.notation import Misread, Sentence, line

PARTS = ("province", "commune", "street")  # of an address, as a page asks for them
_REFORM = "01/7/2025"


class Misplaced(Misread):
    """An address that cannot be read; carries a sentence for each part that has to be mended."""

    def __init__(self, parts: Mapping[str, Sentence]) -> None:
        super().__init__(*next(iter(parts.values())))
        self.parts = parts


def commune(raw: object, province: str) -> str:
    """A commune, ward or special zone of today by its full name. Raises Misread, with the new name."""
    return _commune(line(raw), province).name


def address(raw: object, province: str = "") -> str | None:
    """An address as it is kept: "12 Lê Lợi, phường Thành Vinh, tỉnh Nghệ An"; None when nothing was said.

    ``raw`` is that text or its PARTS; ``province`` stands for one that is not said. Raises Misplaced.
    """
    parts = {name: line(one) for name, one in _parts(raw).items()}
    if not parts["commune"] and not parts["street"]:
        return None
    wrong: dict[str, Sentence] = {}
    where = provinces.of_name(parts["province"] or province)
    if where is None:
        wrong["province"] = ("chọn tỉnh, thành phố.", "choose the province.")
    else:
        try:
            found = _commune(parts["commune"], where)
        except Misread as problem:
            wrong["commune"] = problem.sentence
    if not parts["street"]:
        wrong["street"] = (
            "ghi số nhà, đường, hoặc xóm, khối, tổ dân phố.",
            "write the house and street, or the hamlet.",
        )
    if where is None or wrong:
        raise Misplaced(wrong)
    return f"{parts['street']}, {found.written}, {provinces.written(where)}"


def parts_of(text: str) -> dict[str, str]:
    """The PARTS of an address in one text, as far as they can be told; the province by its name."""
    pieces = [piece.strip() for piece in text.split(",")]
    last = provinces.of_name(pieces[-1])
    if last is not None:
        pieces.pop()
    # An old address has a district, which says which commune is meant.
    size = 2 if len(pieces) > 1 and communes.is_district(pieces[-1]) else 1
    return {
        "province": last or "",
        "commune": ", ".join(pieces[-size:]),
        "street": ", ".join(pieces[:-size]),
    }


def _parts(raw: object) -> Mapping[str, Any]:
    if isinstance(raw, Mapping):
        if unknown := set(raw) - set(PARTS):
            raise Misread(f"không có phần «{min(unknown)}».", f"there is no part “{min(unknown)}”.")
        return {name: _one(raw.get(name)) for name in PARTS}
    return parts_of(line(raw))


def _one(raw: Any) -> Any:
    """A text of a part; browsers send lists of one."""
    return (raw[0] if isinstance(raw, list) and len(raw) == 1 else raw) or ""


def _commune(text: str, province: str) -> Commune:
    name, _, district = (piece.strip() for piece in text.partition(","))
    if not name:
        raise Misread("ghi tên xã, phường hoặc đặc khu.", "write the commune or ward.")
    today = () if district else communes.named(name, province)
    gone = communes.former(name, district, province) if not today else ()
    today = (
        today or _kept_its_name(name, gone) or (() if gone else communes.named(communes.bare(name), province))
    )
    if len(today) == 1:
        return today[0]
    if today:
        raise _several(name, today)
    gone = gone or communes.former(communes.bare(name), district, province)
    raise _merged(gone) if gone else _unknown(name, district, province)


def _kept_its_name(name: str, gone: Iterable[Former]) -> tuple[Commune, ...]:
    """What an old unit, told by its district, is part of, where that bears the same name."""
    now = {one for unit in gone for one in unit.now}
    return tuple(one for one in now if communes.same(one.name, name))


def _several(name: str, found: Iterable[Commune]) -> Misread:
    names = ", ".join(one.name for one in found)
    return Misread(f"«{name}» có thể là {names}; ghi đủ dấu.", f"“{name}” may be {names}; write all marks.")


def _merged(gone: tuple[Former, ...]) -> Misread:
    told = [
        (f"{one.name} ({one.district})", [now.name for now in one.now])
        for one in gone[:3]  # the same name in more than three districts helps nobody
    ]
    vi = "; ".join(f"{old} từ {_REFORM} thuộc {' hoặc '.join(now)}" for old, now in told)
    en = "; ".join(f"{old} has belonged to {' or '.join(now)} since {_REFORM}" for old, now in told)
    return Misread(f"{vi}. Ghi tên mới.", f"{en}. Write the new name.")


def _unknown(name: str, district: str, province: str) -> Misread:
    around = district or name
    if inside := ", ".join(one.name for one in communes.within(around, province)):
        return Misread(
            f"từ {_REFORM} không còn cấp huyện; {around} nay là {inside}. Ghi tên một trong số đó.",
            f"there are no districts since {_REFORM}; {around} is now {inside}. Write one of these.",
        )
    near = [one.name for one in communes.alike(name, province)]
    vi, en = (f" Có phải {' hoặc '.join(near)}?", f" Is it {' or '.join(near)}?") if near else ("", "")
    return Misread(
        f"{provinces.written(province)} không có «{name}».{vi or ' Xem lại tên, hoặc chọn tỉnh khác.'}",
        f"{province} has no “{name}”.{en or ' Look at the name again, or choose another province.'}",
    )


# What a form may say in a text field's property «kind», besides those of identity.KINDS; the second argument
# is the property «province».
PLACES: Mapping[str, Callable[[object, str], str | None]] = {"address": address, "commune": commune}
