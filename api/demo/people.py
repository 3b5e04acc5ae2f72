"""The officers of the demo centre: one for each role of each agency that the twelve procedures need."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.domain.actor import OfficerActor
from engine.engine import Engine
from engine.officers import Officers

PASSWORD = "Nghe An 2026 mot cua"  # noqa: S105 -- of the demo, printed at every start
CENTRE = "TTHCC"
_SINCE = date(2020, 10, 14)  # the day the centre was opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An officer of the demo with the one post he or she holds."""

    username: str
    name: str
    role: str
    agency: str = CENTRE
    place: str = ""


_FRONT = (
    Account(username="tiepnhan", name="Nguyễn Thị Mai Hương", role="reception", place="Quầy số 3"),
    Account(username="tiepnhan2", name="Trần Thị Lan Phương", role="reception", place="Quầy số 7"),
    Account(username="thuphi", name="Hồ Thị Thanh Nhàn", role="cashier", place="Quầy thu phí"),
)
_WATCH = (
    Account(username="giamsat", name="Phan Đình Trọng", role="supervisor"),
    Account(username="giamdoc", name="Nguyễn Cảnh Toàn", role="director"),
    Account(username="kiemtra", name="Võ Thị Minh Nguyệt", role="auditor"),
    Account(username="phantich", name="Đậu Quang Vinh", role="analyst"),
    Account(username="phantich2", name="Trương Thị Ngọc Lan", role="analyst"),
)
# The last one to be made: a centre without him was interrupted while it was being made.
_LAST = Account(username="quantri", name="Lê Hữu Thắng", role="administrator")

# Agency: names of specialist, head, leader, clerk.
_AGENCIES: Mapping[str, tuple[str, str, str, str]] = {
    "SVHTT": ("Lê Thị Quỳnh Trang", "Hoàng Văn Sơn", "Trần Thị Mỹ Hạnh", "Ngô Thị Hà"),
    "STP": ("Nguyễn Thị Thu Hoài", "Hoàng Quốc Hào", "Nguyễn Quế Anh", "Thái Thị An Chung"),
    "SKHCN": ("Phạm Xuân Bình", "Nguyễn Anh Tuấn", "Trần Quốc Thành", "Cao Thị Hiền"),
    "SNGV": ("Bùi Khánh Ly", "Đặng Hồng Quân", "Trần Khánh Thục", "Lê Thị Phượng"),
    "CAT": ("Nguyễn Văn Dũng", "Lê Khắc Thuyết", "Phạm Thế Tùng", "Hoàng Thị Thơm"),
    "STNMT": ("Võ Văn Hải", "Nguyễn Công Lực", "Hoàng Quốc Việt", "Phan Thị Tâm"),
    "SNNPTNT": ("Trần Xuân Học", "Lê Văn Lương", "Phùng Thành Vinh", "Đinh Thị Loan"),
    "SXD": ("Nguyễn Trường Giang", "Hồ Viết Hồng", "Hoàng Trọng Kim", "Trần Thị Sâm"),
    "SYT": ("Dược sĩ Đặng Thị Hoa", "Tăng Xuân Hải", "Nguyễn Thị Hồng Hoa", "Lê Thị Mận"),
    "SGTVT": ("Cao Đức Thuận", "Vương Đình Nhuận", "Nguyễn Đức An", "Trương Thị Dung"),
    "BHXH": ("Phạm Thị Hằng", "Đoàn Văn Bắc", "Hoàng Văn Minh", "Bùi Thị Liên"),
    "PCNA": ("Lưu Văn Chính", "Trần Phong", "Phạm Văn Nga", "Nguyễn Thị Vân Anh"),
    "UBNDX": ("Vi Thị Hồng Thắm", "Lô Văn Hải", "Lương Thế Tập", "Cụt Thị Huyền"),
}
_DESKS = (
    ("chuyenvien", "processing"), ("truongphong", "head"), ("lanhdao", "leader"), ("vanthu", "clerk"),
)  # fmt: skip


# Desks that have no step in any procedure of the demo.
_IDLE = frozenset(
    {("STP", "head"), ("SGTVT", "head"), ("UBNDX", "head"), ("SNNPTNT", "head"), ("SNNPTNT", "leader"),
     ("SNNPTNT", "clerk")}
)  # fmt: skip


def _of_agencies() -> tuple[Account, ...]:
    return tuple(
        Account(username=f"{desk}.{agency.lower()}", name=name, role=role, agency=agency)
        for agency, names in _AGENCIES.items()
        for (desk, role), name in zip(_DESKS, names, strict=True)
        if (agency, role) not in _IDLE
    )


ACCOUNTS: tuple[Account, ...] = (*_FRONT, *_of_agencies(), *_WATCH, _LAST)


def add_officer(officers: Officers, account: Account) -> OfficerActor:
    """Make the account and its post."""
    identity = officers.add(account.username, account.name, PASSWORD)
    officers.post(
        identity,
        role=account.role,
        agency=account.agency,
        place=account.place,
        paper="QĐ 118/QĐ-TTPVHCC",
        valid_from=_SINCE,
    )
    return officers.by_username(account.username)


class Staff:
    """The demo's officers while they work."""

    def __init__(self, engine: Engine) -> None:
        """Everybody but the administrator, who comes when the work is done."""
        made = [(account, add_officer(engine.officers, account)) for account in ACCOUNTS[:-1]]
        self._by_post: dict[tuple[str, str], list[OfficerActor]] = {}
        for account, officer in made:
            self._by_post.setdefault((account.role, account.agency), []).append(officer)
        self.supervisor = self.at("supervisor", CENTRE)

    def at(self, role: str, agency: str, number: int = 0) -> OfficerActor:
        """One of those who hold the post; which one follows from ``number``."""
        holders = self._by_post[role, agency]
        return holders[number % len(holders)]


def close(engine: Engine) -> None:
    """The mark that everything was made: the administrator's account."""
    add_officer(engine.officers, _LAST)


def is_begun(engine: Engine) -> bool:
    """Whether any officer of the demo is there."""
    return any(one.officer.username == _FRONT[0].username for one in engine.officers.everybody())


def is_complete(engine: Engine) -> bool:
    """Whether the demo centre was made to its end."""
    return any(one.officer.username == _LAST.username for one in engine.officers.everybody())
