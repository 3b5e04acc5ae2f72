"""Numbers by which Viet Nam knows people and firms: read as people write them, checked as far as can be."""

import re
from collections.abc import Callable, Mapping

from engine.domain import provinces
from engine.domain.form.notation import Misread, line

_GAPS = re.compile(r"[\s.\-]")
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_LATEST_CENTURY = 3  # of the fourth digit: 0 and 1 are people of the 20th century, 2 and 3 of the 21st
_ABROAD = 100  # codes from here on are countries of birth


def citizen_id(raw: object) -> str:
    """A personal number: 12 digits (Luật Căn cước 2023 art. 12; meaning by Nghị định 137/2015 art. 13).

    Where it was first registered, and century and sex, are looked at; it has no check digit.
    Raises Misread.
    """
    text = _GAPS.sub("", line(raw))
    if not re.fullmatch(r"[0-9]{12}", text):
        raise Misread(
            "Số định danh cá nhân gồm đúng 12 chữ số, ghi như trên thẻ căn cước.",
            "The personal number has exactly 12 digits, as on the identity card.",
        )
    if int(text[:3]) < _ABROAD and provinces.of_code(text[:3]) is None:
        raise Misread(
            f"Số định danh không bắt đầu bằng {text[:3]}: không tỉnh nào có mã ấy. Xem lại thẻ căn cước.",
            f"No personal number begins with {text[:3]}: no province has that code. Look at the card again.",
        )
    if int(text[3]) > _LATEST_CENTURY:
        raise Misread(
            f"Chữ số thứ tư của số định danh (đang là {text[3]}) chỉ từ 0 đến 3. Xem lại thẻ căn cước.",
            f"The fourth digit of a personal number (here {text[3]}) is 0 to 3. Look at the card again.",
        )
    return text


def born_in(citizen: str) -> int:
    """The year of birth that a personal number tells."""
    return 1900 + 100 * (int(citizen[3]) // 2) + int(citizen[4:6])


def tax_code(raw: object) -> str:
    """A tax code: 10 digits with a check digit, 13 for a branch; since July 2025 people use their own number.

    Thông tư 86/2024/TT-BTC art. 5. Raises Misread.
    """
    text = _GAPS.sub("", line(raw))
    if re.fullmatch(r"[0-9]{12}", text):
        return citizen_id(text)
    if not re.fullmatch(r"[0-9]{10}([0-9]{3})?", text):
        raise Misread(
            "Mã số thuế gồm 10 chữ số, hoặc 10 chữ số, gạch ngang và 3 chữ số; cá nhân dùng số định danh.",
            "The tax code has 10 digits, or 10 digits, a hyphen and 3 digits; people use their own number.",
        )
    if text[9] != check_digit(text[:9]):
        raise Misread(
            f"Mã số thuế {text[:10]} sai chữ số kiểm tra: có thể gõ nhầm một chữ số. Xem lại giấy đăng ký.",
            f"Tax code {text[:10]} has a wrong check digit: a digit may be mistyped. Look at the papers.",
        )
    return text if len(text) == 10 else f"{text[:10]}-{text[10:]}"


def check_digit(nine: str) -> str:
    """The tenth digit of a tax code behind the first nine; "" for nine digits that are never given out."""
    rest = sum(int(digit) * weight for digit, weight in zip(nine, _TAX_WEIGHTS, strict=True)) % 11
    return str(10 - rest) if rest else ""


def made_up_tax_code(start: int) -> str:
    """A code that fits, with ``start`` (nine digits) or one of the next in front: for samples and plays."""
    nine = next(one for one in (f"{number:09d}" for number in range(start, start + 50)) if check_digit(one))
    return nine + check_digit(nine)


def phone(raw: object) -> str:
    """A telephone number within Viet Nam: 10 digits from 0, 11 for some of offices. Raises Misread."""
    text = re.sub(r"[\s.\-()]", "", line(raw))
    text = re.sub(r"^(\+84|0084|84(?=[0-9]{9}$))", "0", text)
    if not re.fullmatch(r"0[0-9]{9,10}", text):
        raise Misread(
            "Số điện thoại gồm 10 chữ số và bắt đầu bằng 0.",
            "A phone number has 10 digits and begins with 0.",
        )
    return text


def province(raw: object) -> str:
    """A province of today, from a name of today or of before 1 July 2025. Raises Misread."""
    text = line(raw)
    found = provinces.of_name(text)
    if found is None:
        raise Misread(
            f"«{text}» không phải tên tỉnh, thành phố. Ghi tên một trong 34 đơn vị, tên cũ cũng được.",
            f"“{text}” is no province. Write the name of one of the 34; names of before the mergers will do.",
        )
    return found


# What a form may say in a text field's property «kind».
KINDS: Mapping[str, Callable[[object], str]] = {
    "citizen_id": citizen_id,
    "tax_code": tax_code,
    "phone": phone,
    "province": province,
}
