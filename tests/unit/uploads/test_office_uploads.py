"""Word and Excel files that are taken, and those with macros, outside content or bombs inside."""

import io
import zipfile

import pytest

from engine.domain.upload import check_upload
from engine.domain.upload.errors import ActiveContent, Damaged, Locked, NotWhatItSays, TooBig, UploadRefused

FORMAT = "application/vnd.openxmlformats-officedocument"
WORD = f"{FORMAT}.wordprocessingml.document.main+xml"
EXCEL = f"{FORMAT}.spreadsheetml.sheet.main+xml"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Parts = dict[str, str | bytes]


def office(parts: Parts | None = None, *, main: str = WORD, types: str | None = None) -> bytes:
    listed = types or f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    files: Parts = {"[Content_Types].xml": listed, "word/document.xml": "<document>Đơn</document>"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (files | (parts or {})).items():
            package.writestr(name, content)
    return out.getvalue()


def relation(kind: str, mode: str = "External") -> str:
    return (
        f'<Relationships><Relationship Id="r1" Type="{KIND}/{kind}" Target="https://example.vn/x"'
        f' TargetMode="{mode}"/></Relationships>'
    )


RELS = "word/_rels/document.xml.rels"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Đơn.docx", office()),
        ("Bảng kê.xlsx", office(main=EXCEL)),
        ("link.docx", office({RELS: relation("hyperlink")})),
        ("inside.docx", office({RELS: relation("image", mode="Internal")})),
        ("chart.docx", office({"word/embeddings/Microsoft_Excel_Sheet.xlsx": b"PK"})),
    ],
)
def test_an_ordinary_office_file_is_taken(name: str, content: bytes) -> None:
    assert check_upload(name, content).media_type.startswith(FORMAT)


MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
BOMB = {f"word/media/{number}.bin": b"\x00" * 30_000_000 for number in range(4)}


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (office({"word/vbaProject.bin": b"x"}), ActiveContent),
        (office({"word/VBAPROJECT.BIN": b"x"}), ActiveContent),
        (office({"customXml/vbaData.xml": "<x/>"}), ActiveContent),
        (office({"word/activeX/activeX1.xml": "<x/>"}), ActiveContent),
        (office({"word/embeddings/oleObject1.bin": b"x"}), ActiveContent),
        (office(main=MACRO_TYPE), ActiveContent),
        (office({RELS: relation("attachedTemplate")}), ActiveContent),
        (office({RELS: relation("oleObject")}), ActiveContent),
        (office({RELS: relation("image")}), ActiveContent),
        (office({"word/_rels/settings.xml.rels": relation("frame", mode="external")}), ActiveContent),
        (office({"_RELS/.RELS": relation("attachedTemplate")}), ActiveContent),
        (office(main=EXCEL), NotWhatItSays),
        (office(types="<Types/>"), NotWhatItSays),
        (office(types="<Types"), Damaged),
        (office({RELS: '<!DOCTYPE x [<!ENTITY a "b">]><Relationships/>'}), Damaged),
        (office({RELS: "not xml"}), Damaged),
        (office({RELS: b"\xff\xfe<\x00!\x00D\x00"}), Damaged),
        (office({"../../etc/cron.d/x": b"x"}), Damaged),
        (office({"/etc/passwd": b"x"}), Damaged),
        (office({"word\\evil.xml": b"x"}), Damaged),
        (office({"WORD/document.xml": b"twice"}), Damaged),
        (office()[:-30], Damaged),
        (b"PK\x03\x04" + b"\x00" * 100, Damaged),
        (b"PK\x05\x06" + b"\x00" * 18, NotWhatItSays),
        (office(BOMB), TooBig),
        (office({"word/one.bin": b"\x00" * 5_000_000}), TooBig),
    ],
)
def test_an_office_file_with_something_hidden_is_refused(content: bytes, error: type[UploadRefused]) -> None:
    with pytest.raises(error) as refused:
        check_upload("Tờ trình.docx", content)
    assert "«Tờ trình.docx»" in refused.value.message("vi")
    assert refused.value.code == error.code


def test_a_package_of_something_else_is_no_word_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("readme.txt", "hello")
    with pytest.raises(NotWhatItSays):
        check_upload("a.docx", out.getvalue())


def test_an_encrypted_package_is_refused() -> None:
    content = bytearray(office())
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        position = content.find(signature)
        while position >= 0:
            content[position + offset] |= 0x1
            position = content.find(signature, position + 4)
    with pytest.raises(Locked, match="mật khẩu"):
        check_upload("a.docx", bytes(content))


def test_an_unknown_way_of_packing_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as package:
        package.writestr("[Content_Types].xml", f'<Types><Override ContentType="{WORD}"/></Types>')
    with pytest.raises(Damaged):
        check_upload("a.docx", out.getvalue())


def test_a_changed_byte_inside_is_noticed() -> None:
    content = bytearray(office({"word/media/a.bin": bytes(range(256)) * 8}))
    content[content.find(b"a.bin") + 20] ^= 0xFF
    with pytest.raises(Damaged):
        check_upload("a.docx", bytes(content))
