"""Whether a form may be used at all: only field types we execute exactly right; anything else is refused."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from engine.domain.feel import FeelSyntaxError
from engine.domain.finding import Finding, Severity
from engine.domain.form.address import PLACES
from engine.domain.form.hiding import hiding_of
from engine.domain.form.identity import KINDS
from engine.domain.form.model import ALLOWED, ANSWERED, CHOSEN, Form, field_from, pattern_of
from engine.domain.provinces import MERGED
from engine.errors import MotcuaError

_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
# Names that pages, milestones and shared processes write themselves.
_RESERVED = frozenset(
    {"applicant", "representative", "documents", "dossier", "decision", "reason", "result_channel", "request"}
)
# Words of form-js that change what an answer means and that the server does not follow.
_UNKNOWN_WORDS = (
    "valuesKey", "valuesExpression", "disallowPassedDates", "expression", "computeOn", "serializeToString",
)  # fmt: skip
# A group repeated inside a repeated group: the one shape that makes a pattern run for ages.
_RUNAWAY = re.compile(r"[+*}][^()]*\)\s*[+*{]")
_MAX_COMPONENTS = 300
_MAX_PATTERN = 200


class FormRefused(MotcuaError):
    """A form that may not be used; ``findings`` say what is wrong and what to do."""

    code = "form-refused"
    vi = "Biểu mẫu «{form}» chưa dùng được: {first}"
    en = "The form “{form}” cannot be used: {first}"

    def __init__(self, form: str, findings: list[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(form=form, first=findings[0].sentence())


def read_form(json: Mapping[str, Any]) -> Form:
    """A form from form-js JSON. Raises FormRefused with all findings."""
    findings = [one for one in form_findings(json) if one.severity is Severity.ERROR]
    if findings:
        raise FormRefused(str(json.get("id", "?")), findings)
    return Form(id=str(json.get("id", "")), fields=tuple(field_from(one) for one in json["components"]))


def form_findings(json: Mapping[str, Any]) -> list[Finding]:
    """Everything that keeps a form from being used, each with its remedy; empty when it is sound."""
    if not isinstance(json, Mapping) or not isinstance(json.get("components"), list):
        return [
            _finding(
                "form-shape",
                {},
                ("Tệp không phải biểu mẫu form-js.", "The file is not a form-js form."),
                ("Lưu lại biểu mẫu từ trình thiết kế.", "Save the form from the designer again."),
            )
        ]
    components = list(_components(json["components"]))
    if len(components) > _MAX_COMPONENTS or any(not isinstance(one, Mapping) for one, _ in components):
        return [
            _finding(
                "form-size",
                json,
                (f"Biểu mẫu hỏng hoặc có quá {_MAX_COMPONENTS} mục.", "The form is broken or too large."),
                ("Tách thành nhiều biểu mẫu.", "Split it into several forms."),
            )
        ]
    found = [finding for component, inside in components for finding in _component(component, inside)]
    return found + list(_repeated(json["components"]))


def _components(components: Any, inside: str = "", depth: int = 0) -> Iterator[tuple[Any, str]]:
    """All components with the type of what they stand in; what is broken comes as it is."""
    for component in components if isinstance(components, list) and depth < 6 else [None]:
        yield component, inside
        if isinstance(component, Mapping) and "components" in component:
            yield from _components(component["components"], str(component.get("type")), depth + 1)


def _component(component: Mapping[str, Any], inside: str) -> Iterator[Finding]:
    kind = component.get("type")
    if kind not in ALLOWED:
        allowed = ", ".join(sorted(ALLOWED))
        yield _finding(
            "form-field-type",
            component,
            (f"Loại mục «{kind}» chưa được hỗ trợ.", f"The field type “{kind}” is not supported."),
            (f"Dùng một trong các loại: {allowed}.", f"Use one of: {allowed}."),
        )
        return
    yield from _key(component, inside)
    yield from _words(component)
    yield from _identity(component)
    yield from _rules(component)
    if kind in CHOSEN and not _has_options(component):
        yield _finding(
            "form-options",
            component,
            (
                "Chưa có phương án để chọn, giá trị không phải chữ, hoặc hai phương án trùng giá trị.",
                "No options, a value that is no text, or two with one value.",
            ),
            (
                "Thêm phương án, mỗi phương án một giá trị riêng.",
                "Add options, each with a value of its own.",
            ),
        )


def _key(component: Mapping[str, Any], inside: str) -> Iterator[Finding]:
    kind = component["type"]
    if kind == "group" and component.get("path"):
        yield _finding(
            "form-group-path",
            component,
            ("Nhóm có đường dẫn dữ liệu riêng.", "The group has a data path of its own."),
            ("Bỏ trống ô «Path» của nhóm.", "Leave the group's path empty."),
        )
    if kind == "dynamiclist" and inside:
        yield _finding(
            "form-nested-list",
            component,
            ("Danh sách nằm trong nhóm hoặc danh sách khác.", "A list inside a group or another list."),
            ("Đưa danh sách ra ngoài cùng.", "Move the list to the outermost level."),
        )
    if kind not in ANSWERED:
        return
    key = str(component.get("path" if kind == "dynamiclist" else "key") or "")
    if not _KEY.match(key) or (not inside and key in _RESERVED):
        yield _finding(
            "form-key",
            component,
            (f"Khóa «{key}» không dùng được.", f"The key “{key}” cannot be used."),
            (
                "Đặt khóa bằng chữ thường không dấu, số và gạch dưới, khác tên dành riêng.",
                "Use lower-case letters, digits and underscores, and no reserved name.",
            ),
        )
    if not (component.get("label") or component.get("dateLabel") or component.get("timeLabel")):
        yield _finding(
            "form-label",
            component,
            ("Mục chưa có nhãn.", "The field has no label."),
            ("Đặt nhãn bằng lời người dân hiểu.", "Give it a label that citizens understand."),
        )


def _words(component: Mapping[str, Any]) -> Iterator[Finding]:
    for word in _UNKNOWN_WORDS:
        if component.get(word):
            yield _finding(
                "form-word",
                component,
                (f"Thiết lập «{word}» chưa được hỗ trợ.", f"The setting “{word}” is not supported."),
                ("Bỏ thiết lập này.", "Remove the setting."),
            )


def _identity(component: Mapping[str, Any]) -> Iterator[Finding]:
    own = component.get("properties")
    said = own.get("kind") if isinstance(own, Mapping) else None
    if component["type"] != "textfield" or not isinstance(own, Mapping):
        return
    province = own.get("province")
    if (province or said == "commune") and province not in MERGED:
        yield _finding(
            "form-province",
            component,
            (f"«{province or ''}» không phải tên tỉnh.", f"“{province or ''}” is no province."),
            (
                "Ghi thuộc tính province là tên một tỉnh hiện nay.",
                "Set the property province to one of today.",
            ),
        )
    if said and said not in {*KINDS, *PLACES}:
        known = ", ".join(sorted({*KINDS, *PLACES}))
        yield _finding(
            "form-identity",
            component,
            (f"Thuộc tính kind «{said}» không có.", f"There is no kind “{said}”."),
            (f"Ghi một trong: {known}; hoặc bỏ thuộc tính này.", f"Write one of: {known}; or leave it out."),
        )


def _rules(component: Mapping[str, Any]) -> Iterator[Finding]:
    try:
        hiding_of(component)
    except FeelSyntaxError as error:
        yield _finding(
            "form-condition",
            component,
            (f"Điều kiện ẩn viết sai: {error.message('vi')}", f"Broken condition: {error.message('en')}"),
            ("Sửa biểu thức FEEL ở «Hide if».", "Mend the FEEL expression of “Hide if”."),
        )
    validate = component.get("validate") or {}
    yield from _limits(component, validate)
    source = str(validate.get("pattern") or "")
    try:
        runaway = len(source) > _MAX_PATTERN or _RUNAWAY.search(source) is not None
        pattern_of(validate)
    except re.error:
        runaway = True
    if runaway:
        yield _finding(
            "form-pattern",
            component,
            (
                f"Mẫu kiểm tra «{source[:60]}» không dùng được.",
                f"The pattern “{source[:60]}” cannot be used.",
            ),
            ("Viết mẫu ngắn, không lặp lồng nhau.", "Write a short pattern without nested repetition."),
        )
    if component["type"] == "datetime" and component.get("subtype", "date") not in (
        "date",
        "time",
        "datetime",
    ):
        yield _finding(
            "form-subtype",
            component,
            ("Kiểu thời gian không rõ.", "The kind of time is not clear."),
            ("Chọn ngày, giờ, hoặc ngày và giờ.", "Choose date, time, or date and time."),
        )


def _limits(component: Mapping[str, Any], validate: Mapping[str, Any]) -> Iterator[Finding]:
    """Limits are plain numbers; form-js would also take expressions, and has a phone check of its own."""
    for word in ("min", "max", "minLength", "maxLength"):
        if not isinstance(validate.get(word, 0), int | float):
            yield _finding(
                "form-limit",
                component,
                (f"Giới hạn «{word}» không phải một số.", f"The limit “{word}” is not a number."),
                ("Ghi một số, không ghi biểu thức.", "Write a number, no expression."),
            )
    if validate.get("validationType") == "phone":
        yield _finding(
            "form-phone",
            component,
            (
                "Kiểu «Phone» của form-js không nhận số điện thoại trong nước.",
                "form-js's “Phone” takes no domestic number.",
            ),
            ("Bỏ kiểu này, ghi thuộc tính kind = phone.", "Leave it out and set the property kind = phone."),
        )


def _has_options(component: Mapping[str, Any]) -> bool:
    options = component.get("values")
    if not isinstance(options, list) or not options:
        return False
    values = [one.get("value") if isinstance(one, Mapping) else None for one in options]
    return all(one and isinstance(one, str) for one in values) and len(set(values)) == len(values)


def _repeated(components: list[Any]) -> Iterator[Finding]:
    """Keys used twice where their answers would overwrite each other."""
    keys: Counter[str] = Counter()
    for component, inside in _components(components):
        if inside == "dynamiclist" or component.get("type") not in ANSWERED:
            continue
        keys[str(component.get("path" if component["type"] == "dynamiclist" else "key"))] += 1
    for key, count in keys.items():
        if count > 1:
            yield _finding(
                "form-key-twice",
                {"key": key},
                (f"Khóa «{key}» dùng {count} lần.", f"The key “{key}” is used {count} times."),
                ("Mỗi mục một khóa riêng.", "Give each field a key of its own."),
            )


def _finding(
    rule: str, component: Mapping[str, Any], message: tuple[str, str], remedy: tuple[str, str]
) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        element_id=str(component.get("key") or component.get("id") or "") or None,
        element_name=str(component.get("label") or "") or None,
        message_vi=message[0],
        message_en=message[1],
        remedy_vi=remedy[0],
        remedy_en=remedy[1],
    )
