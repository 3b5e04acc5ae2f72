"""Letters and words of papers: what Tinos can print, and what a line end must not take apart."""

# Ranges of code points that all four faces in api/papers/fonts hold; a test reads the fonts.
RANGES: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E),  # Latin
    (0xA0, 0x24F),  # Latin-1, Extended-A and -B: đ, ă, ơ, ư
    (0x300, 0x36F),  # marks that could not be composed
    (0x386, 0x386),  # Greek
    (0x388, 0x38A),
    (0x38E, 0x3A1),
    (0x3A3, 0x3FF),
    (0x400, 0x52F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Vietnamese with two marks
    (0x2010, 0x2027),  # dashes, quotation marks, dots
    (0x2030, 0x205E),
    (0x2070, 0x2071),  # raised and lowered digits: m², m³
    (0x2074, 0x208E),
    (0x20A0, 0x20BE),  # ₫, €
    (0x2116, 0x2116),  # №
    (0x2122, 0x2122),
    (0x2190, 0x2195),
    (0x2212, 0x2212),
    (0x2248, 0x2248),
    (0x2264, 0x2265),
    (0x25A0, 0x25A1),
)
MISSING = "\u25a1"  # an empty box: the reader sees that a letter is missing


def printable(text: str) -> str:
    """The text with a box for every letter that Tinos lacks."""
    return "".join(letter if _covered(ord(letter)) else MISSING for letter in text)


def _covered(point: int) -> bool:
    return point == 10 or any(first <= point <= last for first, last in RANGES)


# Words of several syllables in heads and titles: written with spaces, but not broken at them. Longest first.
WHOLE_WORDS = (
    "DỪNG GIẢI QUYẾT|HÀNH CHÍNH CÔNG|TRUYỀN THÔNG|BAN QUẢN LÝ|KHU KINH TẾ|NÔNG NGHIỆP|GIAO THÔNG"
    "|VÀ HẸN TRẢ|VÀ ĐỀ NGHỊ"
    "|GIẢI QUYẾT|HOÀN THIỆN|MÔI TRƯỜNG|PHÁT TRIỂN|TÀI NGUYÊN|CÔNG NGHỆ|KIỂM SOÁT|QUÁ TRÌNH|THÔNG BÁO"
    "|THÔNG TIN|THỜI GIAN|TIẾP NHẬN|TRUNG TÂM|TÀI CHÍNH|VĂN PHÒNG|BẢO HIỂM|GIÁO DỤC|KHOA HỌC|KẾ HOẠCH"
    "|LAO ĐỘNG|NGOẠI VỤ|NGÀY TRẢ|NHÂN DÂN|THEO DÕI|THỂ THAO|XÂY DỰNG|ĐIỆN LỰC|ĐÔNG NAM|BỔ SUNG"
    "|CÔNG AN|CÔNG TY|DU LỊCH|GIA HẠN|HẸN LẠI|HẸN TRẢ|KẾT QUẢ|NGHỆ AN|PHỤC VỤ|TƯ PHÁP|TỪ CHỐI|VĂN BẢN"
    "|VĂN HÓA|VẬN TẢI|XIN LỖI|YÊU CẦU|ĐÀO TẠO|ĐỀ NGHỊ|NỘI VỤ|XÃ HỘI|ĐẦU TƯ|ỦY BAN|HỒ SƠ|Y TẾ"
)
