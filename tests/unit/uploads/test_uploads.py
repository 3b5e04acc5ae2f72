"""Sizes, kinds, pictures and names of uploaded files."""

import time
import unicodedata
import zlib
from contextlib import suppress
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.upload import MAX_BYTES, MAX_FILES, MEDIA_TYPES, UploadRefused, check_upload, clean_name
from engine.domain.upload.errors import Damaged, EmptyFile, NotWhatItSays, TooBig, TooMany, WrongType
from engine.domain.upload.names import LONGEST


def png(width: int = 3, height: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00" * 8)) + chunk(b"IEND", b"")


def jpeg(width: int = 640, height: int = 480, fill: bytes = b"") -> bytes:
    header = fill + b"\xff\xe0" + pack(">H", 16) + b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    frame = b"\xff\xc2" + pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + header + frame + b"\xff\xda" + pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00abc\xff\xd9"


PDF = b"%PDF-1.7\ntrailer << >>\n%%EOF\n"


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("ảnh.png", png(), "image/png"),
        ("ảnh.PNG", png(), "image/png"),
        ("ảnh.jpg", jpeg(), "image/jpeg"),
        ("ảnh.jpeg", jpeg(fill=b"\xff"), "image/jpeg"),
        ("ảnh.jpg", jpeg() + b"trailer of a telephone", "image/jpeg"),
        ("tệp.v2.pdf", PDF, "application/pdf"),
    ],
)
def test_a_sound_file_is_taken_under_its_real_type(name: str, content: bytes, media_type: str) -> None:
    checked = check_upload(name, content)
    assert (checked.media_type, checked.size) == (media_type, len(content))


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.pdf", b"", EmptyFile),
        ("a.pdf", PDF + b" " * MAX_BYTES, TooBig),
        ("a.exe", b"MZ\x90\x00", WrongType),
        ("a.svg", b"<svg onload='alert(1)'/>", WrongType),
        ("a.html", b"<html>", WrongType),
        ("a.zip", b"PK\x03\x04", WrongType),
        ("a.doc", b"\xd0\xcf\x11\xe0", WrongType),
        ("a.docm", b"PK\x03\x04", WrongType),
        ("a.pdf.exe", PDF, WrongType),
        ("a", PDF, WrongType),
        ("pdf", PDF, WrongType),
        (".pdf", PDF, WrongType),
        ("a.pdf", png(), NotWhatItSays),
        ("a.png", jpeg(), NotWhatItSays),
        ("a.jpg", png(), NotWhatItSays),
        ("a.jpg", b"<script>", NotWhatItSays),
        ("a.pdf", b"MZ" + PDF, NotWhatItSays),
        ("a.docx", PDF, NotWhatItSays),
        ("a.png", png()[:-6], Damaged),
        ("a.png", png()[:20], Damaged),
        ("a.png", png().replace(b"IDAT", b"IDAX"), Damaged),
        ("a.png", b"\x89PNG\r\n\x1a\n" + png()[33:], Damaged),
        ("a.png", png(0, 5), Damaged),
        ("a.png", png(40_000, 40_000), TooBig),
        ("a.jpg", jpeg(60_000, 60_000), TooBig),
        ("a.jpg", jpeg()[:12], Damaged),
        ("a.jpg", jpeg()[:-2], Damaged),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x00\x00\x00", Damaged),
        ("a.jpg", jpeg(0, 0), Damaged),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence_that_names_it(
    name: str, content: bytes, error: type[UploadRefused]
) -> None:
    with pytest.raises(error) as refused:
        check_upload(name, content)
    assert "«" in refused.value.message("vi")
    assert "{" not in refused.value.message("vi") + refused.value.message("en")
    assert refused.value.code == error.code


def test_a_dossier_takes_twenty_files_and_no_more() -> None:
    check_upload("a.pdf", PDF, already=MAX_FILES - 1)
    with pytest.raises(TooMany, match="20 tệp"):
        check_upload("a.pdf", PDF, already=MAX_FILES)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Đơn đề nghị.pdf", "Đơn đề nghị.pdf"),
        (unicodedata.normalize("NFD", "Đơn đề nghị.pdf"), "Đơn đề nghị.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\hoa\\Desktop\\don.pdf", "don.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "ab Set-Cookie_ x.pdf"),
        ("don\u202efdp.exe.pdf", "donfdp.exe.pdf"),
        ("  .. .ẩn.pdf ", "ẩn.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ('<img src="x">.png', "_img src=_x__.png"),
        ("", "tep"),
        ("/", "tep"),
        (".pdf", "pdf"),
        ("0" * 117 + ".0.0", "0" * 117 + ".0"),  # cut at the dot
        ("0" * 107 + "\r." + "0" * 11, "0" * 107 + "." + "0" * 10),  # cut into an extension
    ],
)
def test_names_are_kept_readable_and_made_harmless(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


@given(st.text() | st.text().map(lambda text: text * 200) | st.text(min_size=130))
def test_no_name_can_leave_its_folder_or_break_a_header(raw: str) -> None:
    name = clean_name(raw)
    assert name
    assert len(name) <= LONGEST
    assert not set(name) & set('/\\\r\n\0"<>:|?*')
    assert name not in (".", "..")
    assert unicodedata.is_normalized("NFC", name)
    assert clean_name(name) == name


@given(st.sampled_from(sorted(MEDIA_TYPES)), st.binary(max_size=300))
def test_any_bytes_are_taken_or_refused_and_nothing_else_happens(extension: str, noise: bytes) -> None:
    openings = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
    for content in (noise, openings.get(extension, b"PK\x03\x04") + noise):
        with suppress(UploadRefused):
            assert check_upload(f"a.{extension}", content).extension == extension


def test_a_picture_of_a_million_empty_chunks_is_judged_in_seconds() -> None:
    empty = pack(">I", 0) + b"tEXt" + pack(">I", zlib.crc32(b"tEXt"))
    content = png()[:33] + empty * 1_500_000 + png()[33:]
    started = time.process_time()
    assert check_upload("a.png", content).extension == "png"
    assert time.process_time() - started < 20  # of CPU: a busy or slow machine is no fault
