"""The print page of a paper: the same words as the PDF, for the browser's own printer, under a strict CSP."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask import Flask, render_template

import api
from api.papers import page_context
from api.qr import qr_svg
from engine.domain.papers import NAMES, Paper
from engine.domain.papers.facts import Person

MakePaper = Callable[..., Paper]


def page(paper: Paper) -> str:
    app = Flask("api", root_path=str(Path(api.__file__).parent))
    with app.test_request_context():
        return render_template(
            "papers/paper.html", **page_context(paper, pdf_url="/giay.pdf", back_url="/ho-so")
        )


def words(html: str) -> str:
    return "".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_the_content_says(make_paper: MakePaper, name: str) -> None:
    paper = make_paper(name)
    found = words(page(paper))
    for text in (paper.title, paper.head.office, paper.head.place_date, paper.code, *paper.foot):
        assert "".join(text.split()) in found
    for block in paper.to_json()["blocks"]:
        for row in block.get("rows", []):
            for cell in row:
                assert "".join(cell.split()) in found


@pytest.mark.parametrize("name", NAMES)
def test_the_page_needs_no_inline_style_and_no_script(make_paper: MakePaper, name: str) -> None:
    html = page(make_paper(name))
    assert " style=" not in html
    assert "<script" not in html
    assert "//" not in re.sub(r"https://dichvucong\.nghean\.example\.vn[^<]*", "", html)


def test_the_page_carries_the_same_code_as_the_pdf(make_paper: MakePaper) -> None:
    paper = make_paper("appointment_slip")
    assert paper.lookup is not None
    assert qr_svg(paper.lookup.url) in page(paper)


def test_names_cannot_become_markup(make_paper: MakePaper) -> None:
    html = page(make_paper("appointment_slip", applicant=Person(name='<img src=x onerror="alert(1)">')))
    assert "<img" not in html
    assert "&lt;img src=x" in html


def test_words_of_the_head_are_kept_whole(make_paper: MakePaper) -> None:
    assert '<span class="whole">TIẾP NHẬN</span>' in page(make_paper("refusal_slip"))


def test_fonts_of_the_style_sheet_are_shipped_with_their_licence() -> None:
    static = Path(api.__file__).parent / "static"
    css = (static / "css" / "paper.css").read_text()
    fonts = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', css)
    assert len(fonts) == 12
    assert all((static / font).is_file() for font in fonts)
    assert "SIL OPEN FONT LICENSE" in (static / "fonts" / "tinos" / "OFL.txt").read_text()
