"""Files that analysts hand over by mistake, and worse: cheap to make, however large they look."""

import os
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from api.bootstrap import PROCESSES

Made = bytes | Callable[[Path], object]  # the content, or what makes the file
GOOD = (PROCESSES / "svhtt" / "1.009397.bpmn").read_bytes()
ROW = ["9.000001", "Cấp giấy phép thử", "Sở Tư pháp", "counter", "5 ngày làm việc"]
HEAD = ["code", "name", "authority", "channels", "limit_counter"]
SHEET = "xl/worksheets/sheet1.xml"


def large(path: Path) -> None:
    """50 MB that take no room on the disk."""
    with path.open("wb") as stream:
        stream.truncate(50_000_000)


def closed(path: Path) -> None:
    path.write_bytes(GOOD)
    path.chmod(0)


def without_end(path: Path) -> None:
    path.symlink_to("/dev/zero")


def gone(path: Path) -> None:
    path.symlink_to(path.with_name("da-xoa"))


def csv(*rows: str, head: str = ",".join(HEAD)) -> bytes:
    return "\n".join([head, *rows, ""]).encode()


def line(**changed: str) -> str:
    return ",".join(changed.get(name, value) for name, value in zip(HEAD, ROW, strict=True))


def book(
    edit: Callable[[Workbook], object] | None = None,
    parts: Callable[[dict[str, bytes]], object] | None = None,
    **changed: object,
) -> Callable[[Path], None]:
    """A workbook with one row, edited as Excel would, or its parts spoilt."""

    def make(path: Path) -> None:
        made = Workbook()
        sheet = made.worksheets[0]
        sheet.append(HEAD)
        sheet.append([changed.get(name, value) for name, value in zip(HEAD, ROW, strict=True)])
        if edit is not None:
            edit(made)
        made.save(path)
        if parts is not None:
            with zipfile.ZipFile(path) as archive:
                found = {name: archive.read(name) for name in archive.namelist()}
            parts(found)
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in found.items():
                    archive.writestr(name, content)

    return make


def hide_row(made: Workbook) -> None:
    made.worksheets[0].row_dimensions[2].hidden = True


def hide_sheet(made: Workbook) -> None:
    made.create_sheet("Bìa")
    made.worksheets[0].sheet_state = "hidden"


def swelling(path: Path) -> None:
    """Some kilobytes that unpack to more than 100 MB."""
    book()(path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/x.xml", "w") as stream,
    ):
        for _ in range(101):
            stream.write(b" " * 1_000_000)


def place(folder: Path, name: str, made: Made) -> Path:
    """The file in the folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(made, bytes):
        path.write_bytes(made)
    else:
        made(path)
    return path


# What cannot be opened at all, whatever it should be.
NO_FILES: Mapping[str, tuple[Made, str]] = {
    "a folder": (Path.mkdir, "là thư mục"),
    "a link to nothing": (gone, "liên kết đến một tệp không còn nữa"),
    "a device": (without_end, "không phải tệp thường"),
    "fifty megabytes": (large, "MB"),
} | ({} if os.geteuid() == 0 else {"a file of somebody else": (closed, "không có quyền đọc")})

_TEXT = GOOD.decode()
_ANCHORS = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (letter, letter, b",".join([b"*%c" % (letter - 1)] * 9)) for letter in b"bcdefghi"
)
_LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
DIAGRAMS: Mapping[str, tuple[Made, str]] = {
    "nothing": (b"", "tệp rỗng"),
    "a letter": ("Kính gửi Sở".encode(), "không phải XML"),
    "an open tag": (GOOD.replace(b"</bpmn:process>", b"", 1), "thẻ «process» mở ở dòng 8 chưa đóng"),
    "half a diagram": (GOOD[:5000], "(dòng 76)"),
    "an attribute twice": (
        GOOD.replace(b' id="thamdinh"', b' id="thamdinh" id="x"', 1), "thuộc tính «id» ghi hai lần"),
    "bytes of another encoding": (GOOD.replace("Thẩm".encode(), b"Th\xff\xfem", 1), "(dòng 188)"),
    "an encoding that lies": (_TEXT.encode("cp1258", "replace"), "UTF-8"),
    "an unknown encoding": (GOOD.replace(b"UTF-8", b"VNI", 1), "«VNI»"),
    "a bomb": (_LAUGHS, "DOCTYPE"),
    "another file inside": (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>', "DOCTYPE"),
    "a page": (b"<html><body/></html>", "tệp không có"),
    "tags without end": (b"<a>" * 100_000, "(dòng 1)"),
}  # fmt: skip
OUTLINES: Mapping[str, tuple[Made, str]] = {
    "nothing": (b"", "tệp rỗng"),
    "tabs": (b"code: 1\n\tname: x\n", "dòng 2: sai cú pháp YAML: thụt dòng bằng dấu cách"),
    "a field twice": (b"code: 1.1\ncode: 1.2\n", "dòng 2: code: viết hai lần"),
    "an open quotation": (b'name: "abc\ncode: 1\n', "ngoặc kép mở mà chưa đóng"),
    "two documents": (b"code: 1\n---\ncode: 2\n", "dòng 2: sai cú pháp YAML: dòng «---»"),
    "another encoding": (
        "code: 1.1\nname: Thẩm định\n".encode("cp1258", "replace"), "dòng 2: có ký tự không phải UTF-8"),
    "noise": (bytes(range(256)), "UTF-8"),
    "anchors upon anchors": (_ANCHORS, "quá nhiều phần tử"),
    "itself": (b"a: &a [*a]\n", "quá nhiều phần tử"),
    "brackets without end": (b"[" * 50_000, "lồng quá sâu"),
}  # fmt: skip
PROFILES: Mapping[str, tuple[Made, str]] = {
    "tabs": (b"a: 1\n\tb: 2\n", ":2: YAML: không đọc được YAML: thụt dòng bằng dấu cách"),
    "another encoding": ("tên: 1\nghi chú: Thẩm\n".encode("cp1258", "replace"), "có ký tự không phải UTF-8"),
    "anchors": (b"a: &a [1]\nb: *a\n", "không dùng neo"),
    "a name twice": ("tên: a\ntên: b\n".encode(), ":2: —: mục «tên» ghi hai lần"),
}  # fmt: skip
ANSWERS: Mapping[str, tuple[Made, str]] = {
    "a letter": (b"xin chao", "tệp sai cú pháp TOML hoặc JSON ở dòng 1"),
    "another encoding": (b'[defaults]\nloop = "th\xff"\n', "dòng 2: có ký tự không phải UTF-8"),
}
TABLES: Mapping[str, tuple[Made, str]] = {
    "nothing": (b"", "không có dòng nào"),
    "a code twice": (csv(line(), line()), "dòng 3, cột code: mã «9.000001» đã có ở dòng 2"),
    "a date": (csv(line(limit_counter="05/03/2026")), "dòng 2, cột limit_counter"),
    "a comma too many": (csv(line() + ",x"), "dòng 2: có 6 ô mà tiêu đề có 5 cột"),
    "broken bytes": (csv(line()).replace(b"ph\xc3", b"ph\xff"), "dòng 2, cột 2: có ký tự hỏng"),
    "a path for a code": (csv(line(code="../../x")), "không phải mã thủ tục"),
    "an open quotation": (csv('9.1,"abc'), "dấu ngoặc kép chưa đóng"),
}
BOOKS: Mapping[str, tuple[Made, str]] = {
    "merged cells": (
        book(lambda b: b.worksheets[0].merge_cells("A2:A3")), "dòng 2, cột A: các ô A2:A3 bị gộp"),
    "a number for a code": (book(code=1.009), "mã là số «1.009», có thể mất số 0"),
    "a date for a limit": (
        book(limit_counter=date(2026, 3, 5)), "dòng 2, cột limit_counter: ô chứa ngày tháng"),
    "a date as text": (book(limit_counter="05/03/2026"), "không phải thời hạn"),
    "a formula nobody reckoned": (book(code="=1+1"), "dòng 2, cột A: ô là công thức chưa có kết quả"),
    "a formula that failed": (book(parts=lambda p: p.update({SHEET: p[SHEET].replace(
        b' t="inlineStr"><is><t>9.000001</t></is>', b' t="e"><v>#REF!</v>')})), "ô có lỗi công thức #REF!"),
    "a hidden row": (book(hide_row), "dòng 2: dòng bị ẩn"),
    "a hidden sheet beside an empty one": (book(hide_sheet), "không có dòng nào"),
    "an endless cell": (book(name="x" * 30_000), "dòng 2, cột name: ô dài 30000 ký tự"),
    "a sheet cut off": (book(parts=lambda p: p.update({SHEET: p[SHEET][:200]})), "tệp .xlsx hỏng"),
    "broken styles": (book(parts=lambda p: p.update({"xl/styles.xml": b"<a>"})), "tệp .xlsx hỏng"),
    "a declaration": (book(parts=lambda p: p.update({SHEET: b"<!DOCTYPE x>" + p[SHEET]})), "DOCTYPE"),
    "an archive that swells": (swelling, "giải nén ra quá lớn"),
    "no archive": (b"code,name\n", "không phải sổ tính Excel"),
    "the old format": (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "đời cũ (.xls)"),
}  # fmt: skip
SAFE_NAMES = ("tệp có dấu cách.bpmn", unicodedata.normalize("NFD", "thủ tục số 1.bpmn"))
