"""Papers of a dossier: printed from the browser or as PDF, the same words as when they were issued."""

from io import BytesIO

from pypdf import PdfReader

from tests.centre import Centre


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_the_slip_is_a_page_and_a_pdf_with_the_same_number(centre: Centre) -> None:
    centre.receive("1.009397")
    slip = centre.view().papers[-1]
    browser = centre.client("reception")
    address = f"/ho-so/{centre.number}/giay/{slip.id}"
    page = browser.get(address)
    assert page.status_code == 200
    assert centre.number in page.text
    assert "Độc lập - Tự do - Hạnh phúc" in page.text
    pdf = browser.get(f"{address}.pdf")
    assert pdf.mimetype == "application/pdf"
    assert centre.number in words(pdf.data)
    assert browser.get(f"{address}.pdf").data == pdf.data


def test_the_control_slip_tells_the_way_of_the_dossier_so_far(centre: Centre) -> None:
    centre.receive("1.009397")
    browser = centre.client("reception")
    address = f"/ho-so/{centre.number}/giay/kiem-soat"
    assert "Người nộp hồ sơ" in browser.get(address).text
    pdf = browser.get(f"{address}.pdf")
    assert "KIỂM SOÁT" in words(pdf.data)
    assert f"control_slip-{centre.number}.pdf" in pdf.headers["Content-Disposition"]


def test_a_paper_of_another_dossier_is_not_found_under_this_number(centre: Centre) -> None:
    centre.receive("1.009397")
    slip, first = centre.view().papers[-1], centre.number
    centre.receive("1.009397")
    browser = centre.client("reception")
    assert browser.get(f"/ho-so/{centre.number}/giay/{slip.id}").status_code == 404
    assert browser.get(f"/ho-so/{first}/giay/{slip.id}").status_code == 200


def test_papers_are_not_for_strangers(centre: Centre) -> None:
    centre.receive("1.009397")
    address = f"/ho-so/{centre.number}/giay/{centre.view().papers[-1].id}"
    for tail in ("", ".pdf"):
        assert centre.client("processing", "SXD").get(address + tail).status_code == 404
        assert centre.client().get(address + tail).status_code == 303
        assert centre.client("administrator").get(address + tail).status_code == 403
