"""One decree is known in every spelling, and one article in another."""

import pytest

from engine.domain.citation import citations_in, cited

SAME = [
    ("Nghị định 118/2025", "NĐ 118/2025/NĐ-CP"),
    ("Nghị định số 118/2025/NĐ-CP", "118/2025/NĐ-CP"),
    ("Decree 118/2025", "NĐ số 118/2025/NĐ-CP"),
    ("nghi dinh 118/2025/nd-cp", "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ"),
    ("Luật Đất đai 2024", "Luật Đất đai năm 2024 số 31/2024/QH15"),
    ("QĐ 759/QĐ-UBND", "Quyết định số 759/QĐ-UBND"),
]
OTHER = [
    ("Nghị định 118/2025", "NĐ 118/2024/NĐ-CP"),
    ("Nghị định 118/2025", "TT 118/2025/TT-BTC"),
    ("TT 01/2023/TT-VPCP", "TT 01/2023/TT-BTP"),
    ("Luật Đất đai 2024", "Luật Nhà ở 2023"),
    ("QĐ 759/QĐ-UBND", "QĐ 759/QĐ-BTP"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_these_are_one_document(one: str, two: str) -> None:
    assert cited(one).touches(cited(two))
    assert cited(two).touches(cited(one))


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_these_are_two_documents(one: str, two: str) -> None:
    assert not cited(one).touches(cited(two))


@pytest.mark.parametrize(
    ("asked", "article", "touched"),
    [
        ("Nghị định 61/2018 Điều 19", "Điều 19 khoản 3", True),
        ("Nghị định 61/2018 Điều 19 khoản 3", "Điều 19", True),
        ("Nghị định 61/2018 khoản 3 Điều 19", "Điều 19 khoản 3 điểm a", True),
        ("Nghị định 61/2018 Điều 19 khoản 4", "Điều 19 khoản 3", False),
        ("Nghị định 61/2018 Điều 18", "Điều 17, 18", True),
        ("Nghị định 61/2018 Điều 18", "Điều 15, Điều 18", True),
        ("Nghị định 61/2018 Điều 11", "Điều 10 đến Điều 12", True),
        ("Nghị định 61/2018 Điều 11", "Điều 10 đến 12", True),
        ("Nghị định 61/2018 Điều 1", "Điều 17", False),
        ("khoản 2 Điều 17 Nghị định 61/2018/NĐ-CP", "Điều 17 khoản 2", True),
        ("Article 18 Decree 61/2018", "Điều 18", True),
        ("Nghị định 61/2018 Điều 18", "", True),
    ],
)
def test_an_article_is_known_within_a_document(asked: str, article: str, touched: bool) -> None:
    assert cited(asked).touches(cited("NĐ 61/2018/NĐ-CP", article)) is touched


def test_documents_are_found_in_running_text() -> None:
    text = "Mẫu số 02, Nghị định 144/2020/NĐ-CP; nộp trước 09/2025; TT 01/2023/TT-VPCP và NĐ 144/2020/NĐ-CP"
    found = [(one.kind, one.number) for one in citations_in(text)]
    assert found == [("nd", "144/2020"), ("tt", "01/2023")]
