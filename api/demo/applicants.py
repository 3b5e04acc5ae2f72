"""Applicants with the names, addresses and numbers that people in Nghệ An have; none of them is real."""

import unicodedata
from random import Random
from typing import Any

from engine.domain.form.identity import made_up_tax_code

_FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Bùi", "Hồ", "Ngô", "Cao", "Đậu", "Thái",
    "Chu", "Lô", "Vi", "Lương", "Trương", "Đinh",
)  # fmt: skip
_WOMEN = (
    "Thị Hồng Nhung", "Thị Kim Ngân", "Thị Thu Hà", "Thị Ngọc Ánh", "Thị Bích Thủy", "Thị Lan Anh",
    "Khánh Linh", "Thị Phương Thảo", "Thị Hoài Thương", "Thị Cẩm Tú", "Thị Hương Giang",
    "Thị Minh Châu", "Thị Diệu Linh",
)  # fmt: skip
_MEN = (
    "Văn Đức", "Quốc Khánh", "Văn Thành", "Đình Nam", "Xuân Trường", "Hữu Phước", "Văn Hùng", "Trọng Nghĩa",
    "Minh Tuấn", "Công Vinh", "Sỹ Hoàng", "Bá Thắng", "Anh Dũng", "Văn Lộc",
)  # fmt: skip
_STREETS = (
    "đường Lê Nin", "đường Trường Thi", "đường Phan Bội Châu", "đường Nguyễn Du", "đường Lê Lợi",
    "đường Quang Trung", "đường Minh Khai", "đường Hà Huy Tập",
    "đường Nguyễn Sỹ Sách", "đường Phong Định Cảng",
)  # fmt: skip
_COMMUNES = (
    "phường Thành Vinh", "phường Trường Vinh", "phường Vinh Hưng", "phường Vinh Phú", "phường Vinh Lộc",
    "phường Cửa Lò", "phường Thái Hòa", "phường Hoàng Mai", "xã Quỳnh Lưu", "xã Diễn Châu",
    "xã Đô Lương", "xã Con Cuông", "xã Vạn An", "xã Kim Liên", "xã Tân Kỳ", "xã Yên Thành",
    "xã Hưng Nguyên", "xã Nghi Lộc",
)  # fmt: skip
_NETWORKS = ("091", "094", "096", "097", "098", "086", "035", "038")


def person_name(random: Random, *, woman: bool | None = None) -> str:
    """A full name."""
    woman = random.random() < 0.5 if woman is None else woman
    return f"{random.choice(_FAMILIES)} {random.choice(_WOMEN if woman else _MEN)}"


def address(random: Random) -> str:
    """A postal address in the province."""
    return f"Số {random.randint(1, 280)} {random.choice(_STREETS)}, {random.choice(_COMMUNES)}, tỉnh Nghệ An"


def personal_number(random: Random, *, woman: bool) -> str:
    """040 is Nghệ An; the fourth digit tells century and sex, then the year of birth, then the serial."""
    return f"040{1 if woman else 0}{random.randint(62, 99)}{random.randint(0, 999_999):06d}"


def citizen(random: Random) -> dict[str, Any]:
    """A person who applies."""
    woman = random.random() < 0.55
    name = person_name(random, woman=woman)
    applicant = {
        "name": name,
        "kind": "citizen",
        "id_number": personal_number(random, woman=woman),
        "address": address(random),
    }
    return {**applicant, **_contact(random, name)}


def organisation(random: Random, name: str) -> dict[str, Any]:
    """A company, school or hospital that applies."""
    applicant = {
        "name": name,
        "kind": "organisation",
        "tax_code": made_up_tax_code(290_000_000 + random.randint(0, 9_999_900)),
        "address": address(random),
    }
    return {**applicant, **_contact(random, name)}


def _contact(random: Random, name: str) -> dict[str, str]:
    contact = {"phone": f"{random.choice(_NETWORKS)}{random.randint(0, 9_999_999):07d}"}
    if random.random() < 0.6:
        # Mailboxes at example.com belong to nobody (RFC 2606).
        letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
        mailbox = "".join(letter for letter in letters if letter.isascii() and letter.isalnum())
        contact["email"] = f"{mailbox[:28]}{random.randint(10, 99)}@example.com"
    return contact
