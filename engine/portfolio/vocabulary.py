"""Words of phrases, folded, and what they stand for; docs/how-to/all-procedures.md."""

from collections.abc import Iterable, Mapping

# Roles as people call them; the first Vietnamese and the first English name are what we print.
ROLES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "reception": (("tiếp nhận", "bộ phận tiếp nhận", "cán bộ một cửa", "một cửa"), ("reception",)),
    "cashier": (("thu phí", "quầy thu phí", "thủ quỹ"), ("cashier",)),
    "processing": (
        ("chuyên viên", "thụ lý", "cán bộ thụ lý", "công chức thụ lý"),
        ("processing", "officers"),
    ),
    "head": (("trưởng phòng", "lãnh đạo phòng"), ("head", "heads of division")),
    "leader": (("lãnh đạo", "lãnh đạo cơ quan", "lãnh đạo sở"), ("leader", "leaders")),
    "clerk": (("văn thư",), ("clerk", "clerks")),
    "supervisor": (("giám sát",), ("supervisor",)),
    "director": (("giám đốc",), ("director",)),
    "citizen": (("người nộp", "người dân"), ("citizen", "applicant")),
}
SUBJECTS = {
    "step": ("buoc", "buoc xu ly", "step", "steps"),
    "procedure": ("thu tuc", "thu tuc hanh chinh", "procedure", "procedures"),
}
COMPARISONS = {
    ">": ("tren", "hon", "qua", "vuot", "vuot qua", "lau hon", "nhieu hon",
          "over", "more than", "longer than", "above"),
    ">=": ("tu", "it nhat", "toi thieu", "khong duoi", "at least"),
    "<=": ("khong qua", "toi da", "at most", "up to", "within"),
    "<": ("duoi", "it hon", "ngan hon", "chua den", "under", "less than", "below", "shorter than"),
    "=": ("dung", "bang", "exactly"),
}  # fmt: skip
AFTER_NUMBER = {">=": ("tro len", "or more"), "<=": ("tro xuong", "or less")}
# A unit to the word it measures, and by how much its number is divided.
UNITS = {
    "ngay lam viec": ("limit", 1), "working days": ("limit", 1), "working day": ("limit", 1),
    "gio lam viec": ("limit", 8), "working hours": ("limit", 8), "working hour": ("limit", 8),
    "ngay": ("limit_days", 1), "calendar days": ("limit_days", 1), "days": ("limit_days", 1),
    "giay to": ("documents", 1), "thanh phan ho so": ("documents", 1), "documents": ("documents", 1),
}  # fmt: skip
# Features: what they say to a FEEL condition; {} is the subject.
FEATURES = {
    ("khong co can cu phap ly", "khong co can cu", "without legal basis", "without a legal basis",
     "without basis"): "count({}.basis) = 0",
    ("khong co thoi han", "khong co thoi gian", "without a limit", "without limit",
     "without a time limit"): "{}.limit_text = null",
    ("khong co bieu mau", "without a form", "without form"): "{}.form = null",
    ("con cau hoi", "con cau hoi mo", "cau hoi con mo", "with open questions",
     "open questions"): "count(procedure.open) > 0",
    ("nop truc tuyen", "filed online"): 'list contains(procedure.channels, "online")',
    ("nop truc tiep", "filed at the counter"): 'list contains(procedure.channels, "counter")',
    ("qua buu chinh", "filed by post"): 'list contains(procedure.channels, "postal")',
    ("co thu phi", "co phi", "co le phi", "with fees", "with a fee"): "count(procedure.fees) > 0",
    ("khong thu phi", "mien phi", "khong co phi",
     "without fees", "without a fee"): "count(procedure.fees) = 0",
}  # fmt: skip
AT = ("o", "tai", "thuoc", "cua", "in", "at", "of", "by")
BY = ("vai tro", "do", "cua", "role", "by", "of")
UNDER = ("theo", "can cu", "under")
# An office is announced: when none of that name is known, nothing is guessed.
OFFICES = ("so", "ban quan ly", "ubnd", "uy ban", "cong an", "bao hiem", "department of", "division of")
_IDLE = (
    "moi cac nhung tat ca co voi va ma la thoi han gian giai quyet o tai thuoc cua do "
    "every all the a an with and that which are is takes taking lasting limit of in at by"
)
IDLE = frozenset(_IDLE.split())
_HEADS = ("so ", "department of ", "ban ", "provincial ")
_TAILS = (" tinh nghe an", " nghe an", " of nghe an", " nghe an province")


def agency_names(agencies: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Folded names and codes of agencies to codes; the short ones, as «tu phap», only where no two share it.

    ``agencies`` are codes with folded names.
    """
    full: dict[str, str] = {}
    short: dict[str, set[str]] = {}
    for code, names in agencies:
        full[code.lower()] = code
        for name in names:
            full[name] = code
            for one in _shortened(name):
                short.setdefault(one, set()).add(code)
    return {**{name: min(codes) for name, codes in short.items() if len(codes) == 1}, **full}


def _shortened(name: str) -> set[str]:
    found = {name}
    for tail in _TAILS:
        found |= {one.removesuffix(tail) for one in found}
    for head in _HEADS:
        found |= {one.removeprefix(head) for one in found}
    return found - {""}
