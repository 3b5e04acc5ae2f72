"""Work out a fee or charge in đồng from a base, a quantity and reductions."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from engine.handler import BusinessError, Call, Place


class ComputeFee:
    """A sum of money that the diagram may show and collect.

    In: ``base`` (đồng for one), ``quantity`` (1), ``percent`` (100; 50 when half is charged online),
    ``minimum``, ``maximum`` (đồng), ``exempt`` (true: nothing is owed). Out: ``fee_amount`` in whole đồng,
    ``fee_explained`` in Vietnamese. Raises BusinessError("fee-input") for what is no sum of money.
    """

    name = "compute_fee"
    place: Place = "inside"

    def handle(self, call: Call) -> Mapping[str, object]:
        given = call.inputs
        if given.get("exempt") is True:
            return {"fee_amount": 0, "fee_explained": "Được miễn phí, lệ phí"}
        base, quantity = _number(given, "base", None), _number(given, "quantity", "1")
        percent = _number(given, "percent", "100")
        amount = base * quantity * percent / 100
        amount = max(amount, _number(given, "minimum", "0"))
        if given.get("maximum") is not None:
            amount = min(amount, _number(given, "maximum", None))
        whole = int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        return {"fee_amount": whole, "fee_explained": _explain(base, quantity, percent, whole)}


def _number(given: Mapping[str, object], name: str, default: str | None) -> Decimal:
    value = given.get(name)
    if value is None:
        value = default
    if value is None or isinstance(value, bool):
        raise BusinessError("fee-input", f"Thiếu «{name}» để tính phí.")
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise BusinessError("fee-input", f"«{name}» để tính phí không phải là số: {value}.") from None
    if not number.is_finite() or number < 0:
        raise BusinessError("fee-input", f"«{name}» để tính phí phải là số không âm: {value}.")
    return number


def _explain(base: Decimal, quantity: Decimal, percent: Decimal, whole: int) -> str:
    text = f"{_plain(base)} đồng"
    if quantity != 1:
        text += f" × {_plain(quantity)}"
    if percent != 100:
        text += f" × {_plain(percent)}%"
    return f"{text} = {_plain(Decimal(whole))} đồng"


def _plain(number: Decimal) -> str:
    """A number as written in Viet Nam: dots between thousands, a comma before decimals."""
    text = f"{number.normalize():,f}"
    return text.translate(str.maketrans(",.", ".,"))
