"""The PDF of a paper: one page, one font family, the same letters, the same bytes."""

import io
import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from struct import unpack_from
from typing import Any

import pytest
import segno
from pypdf import PdfReader

from api.papers import render_pdf
from api.papers.letters import MISSING, RANGES, printable
from api.qr import qr_png, qr_svg, qr_svg_image
from engine.domain.papers import NAMES, Paper, PaperFacts, build, form
from engine.domain.papers.facts import Person, Reason

MakePaper = Callable[..., Paper]
FONTS = sorted((Path(render_pdf.__code__.co_filename).parent / "fonts").glob("*.ttf"))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def squeezed(text: str) -> str:
    return "".join(text.split())


def printed_lines(paper: Paper) -> Iterator[str]:
    """Everything of a paper's content that must be on the page, line by line."""
    content = paper.to_json()
    for key in ("name", "version", "page", "issued_at"):
        del content[key]
    if content["lookup"]:
        content["lookup"] = content["lookup"]["lines"]
    yield from strings(content)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split("\n")
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in ("kind", "style", "align"):
                yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_the_pdf_is_the_vietnamese_source_composed(make_paper: MakePaper, name: str) -> None:
    paper = make_paper(name)
    pages = [page.extract_text() for page in read(render_pdf(paper)).pages]
    text = "\n".join(pages)
    assert unicodedata.is_normalized("NFC", text)
    found = squeezed(text)
    for line in printed_lines(paper):
        assert squeezed(line) in found, line
    assert squeezed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc") in found


@pytest.mark.parametrize("name", NAMES)
def test_only_tinos_is_in_the_pdf_and_it_is_embedded(make_paper: MakePaper, name: str) -> None:
    for page in read(render_pdf(make_paper(name))).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            assert font["/BaseFont"][8:].startswith("Tinos"), font["/BaseFont"]
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "/FontFile2" in descriptor


def size_in_mm(pdf: bytes) -> list[int]:
    return [round(float(side) / 72 * 25.4) for side in read(pdf).pages[0].mediabox[2:]]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "register"])
def test_a_slip_is_one_page_of_a5(make_paper: MakePaper, name: str) -> None:
    pdf = render_pdf(make_paper(name))
    assert (len(read(pdf).pages), size_in_mm(pdf)) == (1, [148, 210])


def test_a_receipt_with_twelve_documents_stays_on_one_page(twelve_documents: PaperFacts) -> None:
    pdf = render_pdf(build(form("appointment_slip", "2025-09"), twelve_documents))
    assert len(read(pdf).pages) == 1


def test_a_receipt_with_sixty_documents_flows_on_and_numbers_its_pages(
    make_paper: MakePaper, twelve_documents: PaperFacts
) -> None:
    paper = make_paper("appointment_slip", documents=twelve_documents.documents * 5)
    pages = read(render_pdf(paper)).pages
    assert len(pages) > 1
    assert f"Trang 1/{len(pages)}" in pages[0].extract_text()
    assert all("Tên giấy tờ" in page.extract_text() for page in pages[:2])


def test_the_register_is_a4_landscape(make_paper: MakePaper) -> None:
    pdf = render_pdf(make_paper("register"))
    assert size_in_mm(pdf) == [297, 210]
    assert "Trang 1/2" in read(pdf).pages[0].extract_text()


def test_equal_content_gives_equal_bytes_also_in_another_process(
    make_paper: MakePaper, tmp_path: Path
) -> None:
    paper = make_paper("appointment_slip")
    stored = tmp_path / "paper.json"
    stored.write_text(json.dumps(paper.to_json()))
    program = (
        "import json, sys; from api.papers import render_pdf; from engine.domain.papers import Paper;"
        "sys.stdout.buffer.write(render_pdf(Paper.from_json(json.load(open(sys.argv[1])))))"
    )
    other = subprocess.run([sys.executable, "-c", program, str(stored)], capture_output=True, check=True)
    assert other.stdout == render_pdf(paper) == render_pdf(paper)


def test_the_pdf_bears_the_moment_of_issue_title_and_language(make_paper: MakePaper) -> None:
    reader = read(render_pdf(make_paper("appointment_slip")))
    assert reader.metadata is not None
    assert reader.metadata["/CreationDate"] == "D:20261120020500Z"
    assert reader.metadata.title == "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
    assert reader.trailer["/Root"]["/Lang"] == "vi-VN"


def test_the_archive_profile_is_declared(make_paper: MakePaper) -> None:
    pdf = render_pdf(make_paper("refusal_slip"))
    assert b"pdfaid:part>2<" in pdf.replace(b" ", b"")


LONG = "Nguyễn" * 60


@pytest.mark.parametrize(
    "name",
    [
        LONG,
        '#read("/etc/hostname") *in đậm* $x^2$ <nhãn> @ref // bình luận \\',
        "<script>alert(1)</script> & “ngoặc”",
        "Trần 山田 😀 Ngọc",
        "Tên\nhai dòng",
    ],
    ids=["one long word", "typst markup", "html", "foreign letters", "two lines"],
)
@pytest.mark.parametrize("paper_name", ["appointment_slip", "refusal_slip"])
def test_whatever_is_typed_is_printed_as_text(make_paper: MakePaper, paper_name: str, name: str) -> None:
    person = Person(name=name, address=name, phone="0912 345 678", email="x@y.vn")
    reasons = (Reason(text=name, basis="NĐ 61/2018/NĐ-CP"),)
    reader = read(render_pdf(make_paper(paper_name, applicant=person, reasons=reasons)))
    text = squeezed("".join(page.extract_text() for page in reader.pages)).replace("\u200b", "")
    assert squeezed(printable(name)) in text


def test_a_very_long_reason_goes_on_to_a_second_page(make_paper: MakePaper) -> None:
    reason = Reason(text="Hồ sơ chưa đủ điều kiện theo quy định. " * 150, basis="NĐ 61/2018/NĐ-CP")
    assert len(read(render_pdf(make_paper("refusal_slip", reasons=(reason,)))).pages) > 1


def test_a_letter_that_tinos_lacks_becomes_a_box_and_does_not_vanish() -> None:
    assert printable("Trần 山 Ngọc\n") == f"Trần {MISSING} Ngọc\n"


VIETNAMESE = {
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
} | set("đĐ₫")


@pytest.mark.parametrize("font", FONTS, ids=lambda path: path.stem)
def test_each_font_holds_all_147_vietnamese_letters_and_everything_called_printable(font: Path) -> None:
    covered = code_points(font.read_bytes())
    assert len(VIETNAMESE) == 147
    assert {letter for letter in VIETNAMESE if ord(letter) not in covered} == set()
    claimed = {point for first, last in RANGES for point in range(first, last + 1)}
    assert claimed - covered == set()
    assert all(printable(letter) == letter for letter in VIETNAMESE)


def code_points(font: bytes) -> set[int]:
    """The code points of a TrueType font's Windows cmap, read by the book (formats 4 and 12)."""
    tables = {
        font[at : at + 4]: unpack_from(">I", font, at + 8)[0]
        for at in range(12, 12 + 16 * unpack_from(">H", font, 4)[0], 16)
    }
    cmap = tables[b"cmap"]
    found: set[int] = set()
    for at in range(cmap + 4, cmap + 4 + 8 * unpack_from(">H", font, cmap + 2)[0], 8):
        table = cmap + unpack_from(">I", font, at + 4)[0]
        kind = unpack_from(">H", font, table)[0]
        if kind == 12:
            for group in range(unpack_from(">I", font, table + 12)[0]):
                first, last, _ = unpack_from(">III", font, table + 16 + 12 * group)
                found.update(range(first, last + 1))
        elif kind == 4:
            half = unpack_from(">H", font, table + 6)[0]
            for segment in range(0, half, 2):
                last = unpack_from(">H", font, table + 14 + segment)[0]
                first = unpack_from(">H", font, table + 16 + half + segment)[0]
                found.update(range(first, min(last, 0xFFFE) + 1))
    return found


def test_the_qr_code_holds_exactly_the_tracking_address(make_paper: MakePaper) -> None:
    lookup = make_paper("appointment_slip").lookup
    assert lookup is not None
    symbol = segno.make_qr(lookup.url, error="m", boost_error=False)
    assert dark_modules(qr_svg(lookup.url)) == dark_modules(qr_svg_image(lookup.url)) == matrix(symbol)
    assert matrix(segno.make_qr(lookup.url + "x", error="m", boost_error=False)) != matrix(symbol)
    assert qr_png(lookup.url).startswith(b"\x89PNG")
    assert "style=" not in qr_svg(lookup.url)


def matrix(symbol: segno.QRCode) -> set[tuple[int, int]]:
    return {(x, y) for y, row in enumerate(symbol.matrix) for x, dark in enumerate(row) if dark}


def dark_modules(svg: str) -> set[tuple[int, int]]:
    """The dark squares that the path of an SVG draws: it moves (M absolute, m relative) and strokes (h)."""
    path = svg.split(' d="')[1].split('"')[0].replace("M", " M").replace("m", " m").replace("h", " h").split()
    found: set[tuple[int, int]] = set()
    x, y = 0.0, 0.0
    numbers = iter(path)
    for word in numbers:
        step, first = word[0], float(word[1:])
        if step == "h":
            found |= {(int(x) + across, int(y)) for across in range(int(first))}
            x += first
        else:
            second = float(next(numbers))
            x, y = (first, second) if step == "M" else (x + first, y + second)
    return found


def test_a_paper_without_tracking_has_no_code(make_paper: MakePaper) -> None:
    paper = replace(make_paper("refusal_slip"), lookup=None)
    assert len(read(render_pdf(paper)).pages[0].images) == 0


def test_every_page_of_a_long_register_repeats_the_head_and_breaks_no_row(
    make_paper: MakePaper, facts: PaperFacts
) -> None:
    address = "Số 178 đường Trần Phú, phường Hồng Sơn, thành phố Vinh, tỉnh Nghệ An"
    (row, *_) = facts.rows
    rows = tuple(
        replace(row, dossier_number=f"H41-260302-{number:04d}", address=address, phone=f"0238{number:06d}")
        for number in range(100)
    )
    pages = [page.extract_text() for page in read(render_pdf(make_paper("register", rows=rows))).pages]
    assert len(pages) > 5
    for page in pages[:-1]:
        assert "Nội dung hồ sơ" in page
    for number in range(100):  # number of the dossier and the end of its address stand on one page
        assert any(f"H41-260302-{number:04d}" in page and f"0238{number:06d}" in page for page in pages)


def test_a_real_clock_has_fractions_of_a_second(make_paper: MakePaper) -> None:
    paper = make_paper("appointment_slip")
    exact = render_pdf(replace(paper, issued_at=paper.issued_at.replace(microsecond=0)))
    assert render_pdf(replace(paper, issued_at=paper.issued_at.replace(microsecond=123_457))) == exact
