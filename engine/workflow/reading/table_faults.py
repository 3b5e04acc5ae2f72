"""What may be wrong with a DMN file: what is said, and what to do, in both languages."""

from collections.abc import Callable

from lxml.etree import _Element

from engine.domain.feel import FeelSyntaxError
from engine.domain.finding import Finding, Severity
from engine.workflow.reading.dmn_xml import line_of

# rule -> (message vi, message en, remedy vi, remedy en); the texts are format strings.
FAULTS: dict[str, tuple[str, str, str, str]] = {
    "dmn-root": (
        "tệp không phải là bảng quyết định DMN",
        "the file is no DMN file",
        "lưu bảng ở dạng DMN 1.1 đến 1.5",
        "save the table as DMN 1.1 to 1.5",
    ),
    "dmn-empty": (
        "tệp không có quyết định nào",
        "the file holds no decision",
        "vẽ ít nhất một bảng quyết định",
        "draw at least one decision table",
    ),
    "dmn-id": (
        "quyết định thiếu mã hoặc trùng mã",
        "the decision has no id, or one that exists already",
        "đặt mã (id) riêng cho mỗi quyết định",
        "give every decision an id of its own",
    ),
    "dmn-name": (
        "quyết định dựa trên hai phần tử cùng tên «{what}»",
        "the decision rests on two elements of the same name «{what}»",
        "đặt tên riêng cho mỗi đầu vào, quyết định và tri thức",
        "give every input, decision and piece of knowledge a name of its own",
    ),
    "dmn-outside": (
        "{what} chưa được hỗ trợ",
        "{what} is not supported",
        "đưa mọi quyết định cần dùng vào một tệp",
        "put every decision that is needed into one file",
    ),
    "dmn-requirement": (
        "không có «{what}» trong tệp mà mũi tên dẫn tới",
        "the file has no «{what}» that an arrow leads to",
        "vẽ lại mũi tên tới phần tử có trong tệp",
        "draw the arrow to an element of the file",
    ),
    "dmn-arrow": (
        "biểu thức dùng «{what}» mà chưa có mũi tên từ đó",
        "the logic uses «{what}» without an arrow from it",
        "vẽ mũi tên yêu cầu từ «{what}»",
        "draw a requirement from «{what}»",
    ),
    "dmn-logic": (
        "cách tính không dùng được ({what})",
        "the logic cannot be used ({what})",
        "dùng bảng quyết định hoặc ô biểu thức FEEL",
        "use a decision table or a box of FEEL",
    ),
    "dmn-policy": (
        "không có cách chọn dòng «{what}»",
        "there is no hit policy «{what}»",
        "dùng UNIQUE, FIRST, ANY, PRIORITY, RULE ORDER, OUTPUT ORDER hoặc COLLECT (SUM, MIN, MAX, COUNT)",
        "use UNIQUE, FIRST, ANY, PRIORITY, RULE ORDER, OUTPUT ORDER or COLLECT (SUM, MIN, MAX, COUNT)",
    ),
    "dmn-language": (
        "ngôn ngữ biểu thức «{what}» không được dùng",
        "the expression language «{what}» is not accepted",
        "viết ô bằng FEEL và bỏ thuộc tính expressionLanguage",
        "write the cell in FEEL and remove expressionLanguage",
    ),
    "dmn-expression": (
        "ô {where}: {vi}",
        "cell {where}: {en}",
        "sửa lại ô này",
        "correct this cell",
    ),
    "dmn-shape": (
        "{vi}",
        "{en}",
        "sửa lại bảng",
        "correct the table",
    ),
    "dmn-value": (
        "ô {where}: kết quả {what} không thuộc kiểu hoặc các giá trị cho phép của cột",
        "cell {where}: the result {what} is not of the column's type or allowed values",
        "sửa kết quả, hoặc thêm giá trị vào danh sách của cột",
        "correct the result, or add the value to the column's list",
    ),
}


class Faults:
    """Collects the findings of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.subject = ""  # the name of the decision that is being read
        self.words: frozenset[str] = frozenset()  # names that the file's texts may use

    def add(self, rule: str, element: _Element, *, line: int | None = None, **details: object) -> None:
        """Note a finding about an element; ``details`` fill its texts."""
        vi, en, remedy_vi, remedy_en = (
            text.format(**{"where": "", "what": "", **details}) for text in FAULTS[rule]
        )
        self.findings.append(
            Finding(
                rule=rule,
                severity=Severity.ERROR,
                element_id=element.get("id"),
                element_name=self.subject or None,
                file=self.file,
                line=line if line is not None else line_of(element),
                message_vi=vi,
                message_en=en,
                remedy_vi=remedy_vi,
                remedy_en=remedy_en,
            )
        )

    def language(self, element: _Element) -> None:
        """Only FEEL is read."""
        language = element.get("expressionLanguage")
        if language and not language.rstrip("/").lower().endswith("feel"):
            self.add("dmn-language", element, what=language)

    def compiled(self, element: _Element, source: str, where: str, compile_: Callable[..., object]) -> None:
        """Compile a text only to learn what is wrong with it."""
        self.language(element)
        try:
            compile_(source, names=self.words)
        except FeelSyntaxError as problem:
            first = line_of(element)
            self.add(
                "dmn-expression",
                element,
                line=None if first is None else first + problem.line - 1,
                where=where,
                vi=problem.message("vi"),
                en=problem.message("en"),
            )
