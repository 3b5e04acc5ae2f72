"""Numbers, shares and distributions as a profile writes them."""

from engine.scenario.document import Node
from engine.simulation.times import Exponential, Fixed, Length, LogNormal, Quantiles, Triangular
from engine.simulation.words import LENGTHS, LOGNORMAL

_LENGTH = (
    "ghi một số, hoặc «tam giác: [ít nhất, thường, nhiều nhất]», «loga chuẩn: {trung bình: …, độ lệch: …}», "
    "«mũ: trung bình», «phân vị: [...]»",
    "write a number, or “triangular: [least, usual, most]”, “lognormal: {mean: …, deviation: …}”, "
    "“exponential: mean”, “quantiles: [...]”",
)
_TRIANGLE = (
    "tam giác cần ba số tăng dần: ít nhất, thường, nhiều nhất",
    "a triangle needs three numbers in order: least, usual, most",
)


def number(node: Node, *, least: float = 0.0, most: float = 1e6) -> float:
    """A number within bounds; a decimal comma is understood."""
    try:
        found = float(node.text().replace(",", "."))
    except ValueError:
        raise node.fault("cần ghi một số", "a number is wanted here") from None
    if not least <= found <= most:
        raise node.fault(f"số phải từ {least:g} đến {most:g}", f"the number lies from {least:g} to {most:g}")
    return found


def whole(node: Node, *, least: int = 0, most: int = 1_000_000) -> int:
    """A whole number within bounds."""
    found = number(node, least=least, most=most)
    if found != int(found):
        raise node.fault("cần ghi một số nguyên", "a whole number is wanted here")
    return int(found)


def part(node: Node) -> float:
    """A share: 0.2 or 20%."""
    text = node.text().replace(",", ".").strip()
    try:
        found = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise node.fault("ghi tỷ lệ từ 0% đến 100%", "write a share from 0% to 100%")
    return found


def parts(node: Node) -> dict[str, float]:
    """Shares by name; together no more than everything."""
    found = {name: part(one) for name, one in node.pairs().items()}
    if sum(found.values()) > 1 + 1e-9:
        raise node.fault("các tỷ lệ cộng lại quá 100%", "the shares sum up to more than 100%")
    return found


def length(node: Node) -> Length:
    """A distribution; a number alone is fixed."""
    if node.is_text:
        try:
            float(node.text().replace(",", "."))
        except ValueError:
            raise node.fault(*_LENGTH) from None
        return Fixed(number(node))
    fields = node.fields(LENGTHS) if not node.is_list else {}
    if len(fields) != 1:
        raise node.fault(*_LENGTH)
    ((kind, said),) = fields.items()
    if kind == "triangular":
        return _triangular(said)
    if kind == "lognormal":
        return _lognormal(said)
    if kind == "quantiles":
        return _quantiles(said)
    return Fixed(number(said)) if kind == "fixed" else Exponential(number(said))


def _triangular(node: Node) -> Length:
    values = [number(one) for one in node.items()]
    if len(values) != 3 or sorted(values) != values:
        raise node.fault(*_TRIANGLE)
    return Triangular(*values)


def _lognormal(node: Node) -> Length:
    fields = node.fields(LOGNORMAL)
    if set(fields) != set(LOGNORMAL):
        raise node.fault("cần «trung bình» và «độ lệch»", "“mean” and “deviation” are wanted")
    return LogNormal(number(fields["mean"]), number(fields["deviation"]))


def _quantiles(node: Node) -> Length:
    values = tuple(number(one) for one in node.items())
    if not values or sorted(values) != list(values):
        raise node.fault("các phân vị là những số tăng dần", "quantiles are numbers in order")
    return Quantiles(values)
