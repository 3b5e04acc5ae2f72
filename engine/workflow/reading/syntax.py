"""What is wrong with XML that does not parse, in words that lead to the place."""

import re

from lxml import etree

from engine.workflow.errors import Said

_SAVE = (
    "Mở lại tệp trong phần mềm vẽ, lưu lại rồi kiểm tra lại",
    "Open it in the modeler, save it and check it again",
)
_TAG, _LINE = r"(?P<tag>[^\s]+)", r"line (?P<line>[0-9]+)"
# What the parser says, and what it means; the first that fits counts.
_FAULTS = tuple(
    (re.compile(pattern), vi, en)
    for pattern, vi, en in (
        (rf"Opening and ending tag mismatch: {_TAG} {_LINE}",
         "sai cú pháp XML: thẻ «{tag}» mở ở dòng {line} chưa đóng",
         "not well-formed XML: the tag “{tag}” of line {line} is not closed"),
        (rf"Premature end of data in tag {_TAG} {_LINE}",
         "tệp bị cắt cụt: thẻ «{tag}» mở ở dòng {line} chưa đóng",
         "it is cut off: the tag “{tag}” of line {line} is not closed"),
        (r"Attribute (?P<tag>\S+) redefined",
         "sai cú pháp XML: thuộc tính «{tag}» ghi hai lần trong một thẻ",
         "not well-formed XML: the attribute “{tag}” stands twice in a tag"),
        (r"Namespace prefix (?P<tag>\S+)", "sai cú pháp XML: tiền tố «{tag}:» chưa khai báo xmlns:{tag}",
         "not well-formed XML: the prefix “{tag}:” has no xmlns:{tag}"),
        (r"Extra content at the end", "sai cú pháp XML: còn chữ sau thẻ cuối cùng",
         "not well-formed XML: something stands behind the last tag"),
        (r"EntityRef|xmlParseEntityRef|Entity '", "sai cú pháp XML: dấu & phải viết là &amp;",
         "not well-formed XML: & must be written &amp;"),
        (r"Unescaped '<'", "sai cú pháp XML: dấu < trong giá trị phải viết là &lt;",
         "not well-formed XML: < in a value must be written &lt;"),
        (r"Document is empty|Start tag expected", "tệp rỗng hoặc không phải XML", "it is empty or no XML"),
        (r"Couldn't find end of Start Tag|AttValue|attributes construct error",
         "sai cú pháp XML: thẻ viết dở hoặc thiếu dấu nháy",
         "not well-formed XML: an unfinished tag or quotation mark"),
    )
)  # fmt: skip
_OTHER = (
    "tệp rỗng, bị cắt cụt hoặc sai cú pháp XML",
    "it is empty, cut off or not well-formed XML",
)


def syntax_fault(error: Exception) -> Said:
    """What the parser found, in Vietnamese and English, with what to do."""
    said = str(error) if isinstance(error, etree.XMLSyntaxError) else ""
    for pattern, vi, en in _FAULTS:
        if found := pattern.search(said):
            words = found.groupdict()
            return f"{vi.format(**words)}. {_SAVE[0]}", f"{en.format(**words)}. {_SAVE[1]}"
    return f"{_OTHER[0]}. {_SAVE[0]}", f"{_OTHER[1]}. {_SAVE[1]}"
