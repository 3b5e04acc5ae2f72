"""Names of the document's fields, for history and summaries: what no form names is named here."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.domain.form import FormRefused, read_form

OWN = {
    "applicant": "Người nộp",
    "representative": "Người được ủy quyền",
    "owner": "Chủ hồ sơ",
    "request": "Nội dung đề nghị",
    "documents": "Thành phần hồ sơ",
    "decision": "Quyết định",
    "reason": "Lý do",
    "supplement_items": "Nội dung cần bổ sung",
    "supplement_reason": "Lý do yêu cầu bổ sung",
    "refusal_reason": "Lý do từ chối",
    "refusal_basis": "Căn cứ từ chối",
    "result_number": "Số kết quả",
    "result_signed_by": "Người ký kết quả",
    "fee_amount": "Số tiền phí, lệ phí (đồng)",
    "result_channel": "Nơi nhận kết quả",
    "withdrawal_reason": "Lý do rút hồ sơ",
    "reception_outcome": "Kết quả kiểm tra tiếp nhận",
    "supplement_outcome": "Kết quả bổ sung",
    "supplement_note": "Nội dung người nộp bổ sung",
    "result_kind": "Loại văn bản kết quả",
    "fee_receipt": "Số biên lai hoặc mã giao dịch",
}


def labels_of(forms: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Key to label, from all forms of a bundle; a form that cannot be read adds nothing."""
    found: dict[str, str] = {}
    for json in forms:
        try:
            form = read_form(json)
        except FormRefused:
            continue
        found.update({field.key: field.label for field in form.each() if field.key and field.label})
    return {**found, **OWN}
