"""String functions. Positions count characters from 1, from the end with a minus sign."""

from engine.domain.feel.errors import FeelEvaluationError
from engine.domain.feel.formatting import text_of
from engine.domain.feel.functions.registry import Library
from engine.domain.feel.limits import MAX_STRING
from engine.domain.feel.values import FeelValue, Number, clipped

strings = Library()


def sized(text: str) -> str:
    """The text itself, or FeelEvaluationError when it is too long."""
    require_size(len(text))
    return text


def require_size(length: int) -> None:
    """Raise FeelEvaluationError for a text of more characters than allowed."""
    if length > MAX_STRING:
        raise FeelEvaluationError(
            f"chuỗi kết quả dài hơn {MAX_STRING} ký tự",
            f"the text would be longer than {MAX_STRING} characters",
        )


@strings.add("substring(string: string, start position: number, length?: number)")
def substring(text: str, start: Number, length: Number | None = None) -> FeelValue:
    place = clipped(start)
    if place == 0 or abs(place) > len(text) or (length is not None and length < 1):
        return None
    index = place - 1 if place > 0 else len(text) + place
    return text[index:] if length is None else text[index : index + clipped(length)]


@strings.add("string length(string: string)")
def string_length(text: str) -> int:
    return len(text)


@strings.add("upper case(string: string)")
def upper_case(text: str) -> str:
    return sized(text.upper())


@strings.add("lower case(string: string)")
def lower_case(text: str) -> str:
    return sized(text.lower())


@strings.add("substring before(string: string, match: string)")
def substring_before(text: str, match: str) -> str:
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@strings.add("substring after(string: string, match: string)")
def substring_after(text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


@strings.add("contains(string: string, match: string)")
def contains(text: str, match: str) -> bool:
    return match in text


@strings.add("starts with(string: string, match: string)")
def starts_with(text: str, match: str) -> bool:
    return text.startswith(match)


@strings.add("ends with(string: string, match: string)")
def ends_with(text: str, match: str) -> bool:
    return text.endswith(match)


@strings.add("trim(string: string)")
def trim(text: str) -> str:
    return text.strip()


@strings.add("string join(list: list, delimiter?: string)")
def string_join(items: list[FeelValue], delimiter: str | None = None) -> FeelValue:
    """The texts of the list, nulls left out; null when something else is among them."""
    texts = [item for item in items if isinstance(item, str)]
    if any(item is not None and not isinstance(item, str) for item in items):
        return None
    separator = delimiter or ""
    require_size(sum(map(len, texts)) + len(separator) * (len(texts) - 1))
    return separator.join(texts)


@strings.add("string(from: any)")
def string(value: FeelValue) -> FeelValue:
    """The value as text; null stays null."""
    return None if value is None else sized(value if isinstance(value, str) else text_of(value))
