"""PDF files that are taken, and those that are refused because they could run something."""

import time
import zlib
from contextlib import suppress
from datetime import datetime

import pytest

from api.papers import render_pdf
from engine.clock import VIETNAM
from engine.domain.papers import PaperFacts, build, form
from engine.domain.papers.facts import Office
from engine.domain.upload import check_upload
from engine.domain.upload.errors import ActiveContent, Damaged, Locked, NotWhatItSays, TooBig, UploadRefused


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of one empty page and these further objects."""
    base = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] >>",
    )
    body = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    for number, content in enumerate((*base, *objects), 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return body + b"trailer\n<< /Root 1 0 R %s >>\nstartxref\n0\n%%%%EOF\n" % trailer


def stream(dictionary: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(data), data)


def packed(objects: bytes, dictionary: bytes = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode") -> bytes:
    return stream(dictionary, zlib.compress(objects))


SCRIPT = b"4 0 << /S /JavaScript /JS (app.alert(1)) >>"
OUTLINE = b"<< /Type /Outlines /First 9 0 R /Last 9 0 R >>"


@pytest.mark.parametrize(
    "content",
    [
        pdf(),
        pdf(stream(b"/Filter /FlateDecode", zlib.compress(b"BT (JavaScript la gi?) Tj ET"))),
        pdf(packed(b"4 0 << /Type /Font >>")),
        pdf(packed(b"4 0 << /Type /Font >>", b"/Type /ObjStm /First 4 /Filter [ /FlateDecode ]")),
        pdf(stream(b"/Type /ObjStm /N 1 /First 4", b"4 0 << /Type /Font >>")),
        pdf(OUTLINE, stream(b"/Subtype /Image /Filter /DCTDecode", b"\xff\xd8\xff\xe0 not deflated")),
        pdf(b"<< /Type /Action /S /URI /URI (https://example.vn) >>"),
        pdf(b"<< /Title (Huong dan JavaScript va Launch) /JavaScriptVersion 1 /Launches 2 >>"),
        pdf(stream(b"/Subtype /Image", b"\x00/XFA \x01/JS ")),
        pdf() + b"\x00" * 500,
    ],
    ids=[
        "plain",
        "text about scripts",
        "object stream",
        "filter in a list",
        "unpacked object stream",
        "outline before a photo",
        "web link",
        "longer names",
        "chance letters in a picture",
        "padding at the end",
    ],
)
def test_an_ordinary_pdf_is_taken(content: bytes) -> None:
    assert check_upload("Đơn đề nghị.pdf", content).media_type == "application/pdf"


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"),
        pdf(b"<</S/JavaScript/JS(x)>>"),
        pdf(b"<< /S /J#61vaScript >>"),
        pdf(b"<< /S /#4A#61#76#61#53#63#72#69#70#74 >>"),
        pdf(b"<< /S /#4a#61vaScript >>"),
        pdf(b"<< /Names << /JavaScript 9 0 R >> >>"),
        pdf(b"<< /S /Launch /F (cmd.exe) >>"),
        pdf(b"<< /Names << /EmbeddedFiles 9 0 R >> >>"),
        pdf(stream(b"/Type /EmbeddedFile", b"MZ")),
        pdf(b"<< /Subtype /RichMedia >>"),
        pdf(b"<< /S /Rendition /JS (x) >>"),
        pdf(b"<< /AcroForm << /XFA [ (template) 9 0 R ] >> >>"),
        pdf(packed(SCRIPT)),
        pdf(packed(b"4 0 << /AcroForm << /XFA 9 0 R >> >>")),
        pdf(packed(SCRIPT, b"/Type /Obj#53tm /N 1 /F#69rst 4 /Filter /FlateDecode")),
        pdf(packed(SCRIPT, b"/Type 9 0 R /N 1 /First 4 /Filter /Fl")),
        pdf(packed(SCRIPT, b"/Type /ObjStm /First 4 /X (1 0 obj) /Filter /FlateDecode")),
        pdf(packed(SCRIPT).replace(b"stream\n", b"stream \r\n", 1)),
        pdf(stream(b"/Type /ObjStm /First 4", SCRIPT)),
        pdf(stream(b"", b"x\n12 0 obj << /S /JavaScript >> endobj")),
    ],
)
def test_a_pdf_that_could_run_something_is_refused_and_the_remedy_is_named(content: bytes) -> None:
    with pytest.raises(ActiveContent) as refused:
        check_upload("Đơn.pdf", content)
    assert "«Đơn.pdf»" in refused.value.message("vi")
    assert "Print to PDF" in refused.value.message("vi")
    assert "contains" in refused.value.message("en")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (pdf(trailer=b"/Encrypt 9 0 R"), Locked),
        (pdf(trailer=b"/#45ncrypt 9 0 R"), Locked),
        (pdf()[:-8], Damaged),
        (pdf(b"<< >>\nstream\nnever ends"), Damaged),
        (pdf(packed(SCRIPT, b"/Type /ObjStm /First 4 /Filter /LZWDecode")), Damaged),
        (pdf(packed(SCRIPT, b"/Type /ObjStm /First 4 /Filter [/ASCIIHexDecode /FlateDecode]")), Damaged),
        (pdf(packed(SCRIPT, b"/Type /ObjStm /First 4 /Filter 9 0 R")), Damaged),
        (pdf(packed(SCRIPT, b"/Type /ObjStm /First 4 /FFilter /FlateDecode /F (x)")), Damaged),
        (
            pdf(
                packed(
                    SCRIPT, b"/Type /ObjStm /First 4 /Filter /FlateDecode /DecodeParms << /Predictor 12 >>"
                )
            ),
            Damaged,
        ),
        (pdf(stream(b"/Type /ObjStm /First 4 /Filter /FlateDecode", b"not deflated")), Damaged),
        (pdf(packed(b"\x00" * 50_000_001)), TooBig),
        (b"GIF89a" + pdf(), NotWhatItSays),
        (b"\n" + pdf(), NotWhatItSays),
        (b"<html>", NotWhatItSays),
    ],
)
def test_a_pdf_that_cannot_be_read_or_checked_is_refused(content: bytes, error: type[UploadRefused]) -> None:
    with pytest.raises(error) as refused:
        check_upload("quyet-dinh.pdf", content)
    assert refused.value.code == error.code


@pytest.mark.parametrize(
    "filling",
    [
        b"1" * 15_000_000,
        b"1 " * 7_000_000,
        b"stream\n" * 2_000_000,
        b"/Filter " * 1_800_000,
        b"#4a" * 5_000_000,
    ],
    ids=["digits", "numbers", "streams", "filters", "escapes"],
)
def test_a_hostile_pdf_of_15_mb_is_judged_in_seconds(filling: bytes) -> None:
    content = pdf(b"<< /First " + filling + b" >>")
    started = time.process_time()
    with suppress(UploadRefused):
        check_upload("x.pdf", content)
    assert time.process_time() - started < 20  # of CPU: a busy or slow machine is no fault


def test_our_own_papers_may_be_handed_in_again() -> None:
    issued = datetime(2026, 3, 2, tzinfo=VIETNAM)
    facts = PaperFacts(issued_at=issued, centre=Office(name="Trung tâm"), period="tháng 3", rows=())
    content = render_pdf(build(form("register", "2025-09"), facts))
    assert check_upload("so.pdf", content).size == len(content)
