"""Give a result its number when it is issued: one series per agency and year, beginning with 01."""

from collections.abc import Mapping

from engine.clock import vietnam
from engine.handler import BusinessError, Call, Place

# Abbreviations of kinds of documents, Annex III of Decree 30/2020/NĐ-CP.
_ABBREVIATIONS = {
    "permit": "GP",
    "certificate": "GCN",
    "decision": "QĐ",
    "notice": "TB",
    "letter": "CV",
    "copy": "BS",
    "licence": "GP",
    "submission": "TTr",
}


class AssignResultNumber:
    """Number and symbol of an issued result, e.g. ``07/GP-SVHTT`` (Decree 30/2020/NĐ-CP, Article 15).

    In: ``symbol`` ("GP-SVHTT"), or ``type`` (permit, certificate, decision, notice, letter, copy, submission)
    from which the symbol is made with the agency's code; ``agency``, when another one issues the result and
    counts it. Out: ``result_number``, ``result_serial``.
    The number is taken in the transaction of the command: a rolled back command leaves no gap.
    """

    name = "assign_result_number"
    place: Place = "inside"

    def handle(self, call: Call) -> Mapping[str, object]:
        agency = str(call.inputs.get("agency") or call.dossier.agency)
        year = vietnam(call.at).year
        symbol = str(call.inputs.get("symbol") or self._symbol(call, agency))
        serial = call.next_number(f"result:{agency}:{year}")
        return {"result_number": f"{serial:02d}/{symbol}", "result_serial": serial}

    def _symbol(self, call: Call, agency: str) -> str:
        kind = str(call.inputs.get("type") or "")
        if kind and kind not in _ABBREVIATIONS:
            raise BusinessError("unknown-result-type", f"Chưa có ký hiệu cho loại kết quả «{kind}».")
        return f"{_ABBREVIATIONS.get(kind, 'KQ')}-{agency}"
