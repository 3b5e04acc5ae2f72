"""The reference pages ``docs/reference/words.vi.md`` and ``words.en.md``, one for each language."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from engine.workflow.describing.library import example
from engine.workflow.reading.descriptor import FIELD_PROPERTIES, WORDS, Meaning, Property, Word

Language = Literal["vi", "en"]

_SAID: Mapping[Language, Mapping[str, str]] = {
    "vi": {
        "head": """# Từ của Motcua trong sơ đồ BPMN

Viết bởi `python -m engine.workflow.describing words.vi > docs/reference/words.vi.md` từ
`processes/motcua.moddle.json`; kiểm thử chứng minh trang này còn đúng. English: [words.en.md](words.en.md).

Các từ thuộc không gian tên `urn:motcua:bpmn:1` và đứng trong `bpmn:extensionElements`. Từ hoặc thuộc tính
sai chính tả, đứng sai chỗ, thiếu điều phải ghi hoặc có giá trị không được biết là lỗi khi kiểm tra, không bị
bỏ qua. Dạng JSON của các từ (`motcua words TỆP.bpmn`) được mô tả trong `processes/motcua.schema.json`.
""",
        "where": "## Từ nào đứng ở đâu\n",
        "element": "phần tử",
        "words": "từ",
        "on": "Đứng ở",
        "inside": "Đứng trong",
        "once": "một lần",
        "many": "có thể nhiều lần",
        "law": "Căn cứ",
        "columns": "| thuộc tính | nghĩa | giá trị | phải ghi; không ghi thì |",
        "body": "*nội dung*",
        "yes": "phải ghi",
        "number": "số nguyên từ 0",
        "text": "chữ",
        "form": "dạng",
        "example": "Ví dụ, từ",
        "none": "Chưa thủ tục nào của thư viện dùng từ này.",
        "values": "Giá trị",
        "fields": """## Trường của biểu mẫu

Một trường của form-js nói thêm những điều sau trong `properties`. Lựa chọn (`values`) có thể có `label_en`.
""",
        "field columns": "| thuộc tính | nghĩa | giá trị | loại trường |",
        "all": "mọi loại",
    },
    "en": {
        "head": """# Words of Motcua in a BPMN diagram

Written by `python -m engine.workflow.describing words.en > docs/reference/words.en.md` from
`processes/motcua.moddle.json`; a test proves that it is up to date. Tiếng Việt: [words.vi.md](words.vi.md).

The words belong to the namespace `urn:motcua:bpmn:1` and stand in `bpmn:extensionElements`. A word or
attribute that is misspelt, out of its place, lacks what it must say or has a value that is not known is an
error of the check and never ignored. `motcua words FILE.bpmn` gives the words as JSON, in the form that
`processes/motcua.schema.json` describes.
""",
        "where": "## Which word stands where\n",
        "element": "element",
        "words": "words",
        "on": "Stands on",
        "inside": "Stands in",
        "once": "once",
        "many": "may repeat",
        "law": "Stems from",
        "columns": "| attribute | meaning | value | required; when left out |",
        "body": "*content*",
        "yes": "required",
        "number": "whole number from 0",
        "text": "text",
        "form": "of the form",
        "example": "Example, from",
        "none": "No procedure of the library uses this word yet.",
        "values": "Values of",
        "fields": """## Fields of forms

A field of form-js says these things under `properties`. An option (`values`) may have a `label_en`.
""",
        "field columns": "| property | meaning | value | types of fields |",
        "all": "all",
    },
}


def page(language: Language) -> str:
    """A whole page, as Markdown."""
    said = _SAID[language]
    parts = [said["head"], said["where"], *_places(said)]
    for word in WORDS.values():
        parts += ["", *_section(word, language, said)]
    parts += ["", *_form_fields(language, said)]
    return "\n".join(parts) + "\n"


def _places(said: Mapping[str, str]) -> Iterator[str]:
    yield f"| {said['element']} | {said['words']} |"
    yield "|---|---|"
    for kind in dict.fromkeys(kind for word in WORDS.values() for kind in word.allowed_in):
        names = [word.name for word in WORDS.values() if kind in word.allowed_in]
        yield f"| `bpmn:{kind}` | {', '.join(f'[{name}](#motcua{name.lower()})' for name in names)} |"


def _section(word: Word, language: Language, said: Mapping[str, str]) -> Iterator[str]:
    yield f"## motcua:{word.name}\n"
    yield f"{_in(word.meaning, language)}\n"
    holders = [one.name for one in WORDS.values() if word.name in one.parts.values()]
    names = [f"`bpmn:{one}`" for one in word.allowed_in] or [f"`motcua:{one}`" for one in holders]
    place = f"{said['on' if word.allowed_in else 'inside']}: {', '.join(names)}; "
    law = f" {said['law']}: {word.meaning.law}." if word.meaning.law else ""
    yield f"{place}{said['many' if word.many else 'once']}.{law}\n"
    yield said["columns"]
    yield "|---|---|---|---|"
    yield from (_row(one, language, said) for one in word.properties.values())
    for one in word.properties.values():
        if one.values:
            yield from _values(one, language, said)
    yield from _shown(word, said)


def _form_fields(language: Language, said: Mapping[str, str]) -> Iterator[str]:
    yield said["fields"]
    yield said["field columns"]
    yield "|---|---|---|---|"
    for one in FIELD_PROPERTIES.values():
        types = ", ".join(f"`{name}`" for name in one.allowed_in) or said["all"]
        yield f"| `{one.name}` | {_meant(one, language)} | {_value(one, said)} | {types} |"
    for one in FIELD_PROPERTIES.values():
        if one.values:
            yield from _values(one, language, said)


def _row(one: Property, language: Language, said: Mapping[str, str]) -> str:
    name = said["body"] if one.name == "body" else f"`{one.name}`"
    left_out = said["yes"] if one.required else f"`{one.default}`" if one.default is not None else ""
    return f"| {name} | {_meant(one, language)} | {_value(one, said)} | {left_out} |"


def _meant(one: Property, language: Language) -> str:
    law = f" *{one.meaning.law}*" if one.meaning.law else ""
    return f"**{_in(one.label, language)}.** {_in(one.meaning, language)}{law}"


def _value(one: Property, said: Mapping[str, str]) -> str:
    if one.choices:
        return ", ".join(f"`{value}`" for value in one.choices)
    if one.pattern:
        escaped = one.pattern.replace("|", "\\|")
        return f"{said['form']} `{escaped}`"
    return one.language or said["number" if one.kind == "Integer" else "text"]


def _values(one: Property, language: Language, said: Mapping[str, str]) -> Iterator[str]:
    yield f"\n{said['values']} `{one.name}`:\n"
    for value, meaning in one.values.items():
        law = f" *{meaning.law}*" if meaning.law else ""
        yield f"- `{value}`: {_in(meaning, language)}{law}"


def _shown(word: Word, said: Mapping[str, str]) -> Iterable[str]:
    found = example(word.name)
    if found is None:
        return [f"\n{said['none']}"]
    source = f"[{found.file}](../../processes/{found.file}), `{found.element}`"
    return [f"\n{said['example']} {source}:\n", "```xml", found.xml, "```"]


def _in(meaning: Meaning, language: Language) -> str:
    return meaning.vi if language == "vi" else meaning.en
