"""Provinces: the 34 since 1 July 2025, and the 63 before, which papers and numbers still speak of."""

from engine.text import folded

# Nghị quyết 202/2025/QH15: each of the 34 with those it was made of, by the code that personal numbers begin
# with (the three digits of Nghị định 137/2015/NĐ-CP are the code of the Statistics Office behind a zero).
MERGED: dict[str, dict[str, str]] = {
    "Hà Nội": {"001": "Hà Nội"},
    "Huế": {"046": "Thừa Thiên Huế"},
    "Lai Châu": {"012": "Lai Châu"},
    "Điện Biên": {"011": "Điện Biên"},
    "Sơn La": {"014": "Sơn La"},
    "Lạng Sơn": {"020": "Lạng Sơn"},
    "Quảng Ninh": {"022": "Quảng Ninh"},
    "Thanh Hóa": {"038": "Thanh Hóa"},
    "Nghệ An": {"040": "Nghệ An"},
    "Hà Tĩnh": {"042": "Hà Tĩnh"},
    "Cao Bằng": {"004": "Cao Bằng"},
    "Tuyên Quang": {"008": "Tuyên Quang", "002": "Hà Giang"},
    "Lào Cai": {"010": "Lào Cai", "015": "Yên Bái"},
    "Thái Nguyên": {"019": "Thái Nguyên", "006": "Bắc Kạn"},
    "Phú Thọ": {"025": "Phú Thọ", "026": "Vĩnh Phúc", "017": "Hòa Bình"},
    "Bắc Ninh": {"027": "Bắc Ninh", "024": "Bắc Giang"},
    "Hưng Yên": {"033": "Hưng Yên", "034": "Thái Bình"},
    "Hải Phòng": {"031": "Hải Phòng", "030": "Hải Dương"},
    "Ninh Bình": {"037": "Ninh Bình", "035": "Hà Nam", "036": "Nam Định"},
    "Quảng Trị": {"045": "Quảng Trị", "044": "Quảng Bình"},
    "Đà Nẵng": {"048": "Đà Nẵng", "049": "Quảng Nam"},
    "Quảng Ngãi": {"051": "Quảng Ngãi", "062": "Kon Tum"},
    "Gia Lai": {"064": "Gia Lai", "052": "Bình Định"},
    "Khánh Hòa": {"056": "Khánh Hòa", "058": "Ninh Thuận"},
    "Lâm Đồng": {"068": "Lâm Đồng", "067": "Đắk Nông", "060": "Bình Thuận"},
    "Đắk Lắk": {"066": "Đắk Lắk", "054": "Phú Yên"},
    "Thành phố Hồ Chí Minh": {
        "079": "Thành phố Hồ Chí Minh", "074": "Bình Dương", "077": "Bà Rịa - Vũng Tàu",
    },
    "Đồng Nai": {"075": "Đồng Nai", "070": "Bình Phước"},
    "Tây Ninh": {"072": "Tây Ninh", "080": "Long An"},
    "Cần Thơ": {"092": "Cần Thơ", "094": "Sóc Trăng", "093": "Hậu Giang"},
    "Vĩnh Long": {"086": "Vĩnh Long", "083": "Bến Tre", "084": "Trà Vinh"},
    "Đồng Tháp": {"087": "Đồng Tháp", "082": "Tiền Giang"},
    "Cà Mau": {"096": "Cà Mau", "095": "Bạc Liêu"},
    "An Giang": {"089": "An Giang", "091": "Kiên Giang"},
}  # fmt: skip

# Thành phố trực thuộc trung ương; the last three by Nghị quyết 30, 36 and 39/2026/QH16.
CITIES = frozenset({"Hà Nội", "Huế", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Đồng Nai", "Quảng Ninh", "Bắc Ninh"})

_TODAY_OF = {code: now for now, parts in MERGED.items() for code in parts}
_AHEAD = ("tinh ", "thanh pho ", "tp. ", "tp ")


def _plain(name: str) -> str:
    """Without diacritics, dashes and the word for what kind of unit it is."""
    text = folded(name).replace("-", " ").replace("–", " ")
    text = " ".join(text.split())
    return next((text.removeprefix(word) for word in _AHEAD if text.startswith(word)), text)


_BY_NAME = {_plain(old): now for now, parts in MERGED.items() for old in (now, *parts.values())} | {
    "hcm": "Thành phố Hồ Chí Minh", "tphcm": "Thành phố Hồ Chí Minh", "sai gon": "Thành phố Hồ Chí Minh",
}  # fmt: skip


def of_code(code: str) -> str | None:
    """The province of today for the three digits a personal number begins with; None for none of ours."""
    return _TODAY_OF.get(code)


def written(province: str) -> str:
    """A province of today as addresses end: "tỉnh Nghệ An", "thành phố Huế"."""
    if province.startswith("Thành phố"):
        return province
    return f"{'thành phố' if province in CITIES else 'tỉnh'} {province}"


def of_name(name: str) -> str | None:
    """The province of today for a name of today or of before the mergers, however it is spelt; else None."""
    return _BY_NAME.get(_plain(name))
