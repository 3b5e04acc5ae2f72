"""What officers of the demo write into the forms of their steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who writes, about what, on which day."""

    code: str
    officer: str
    receiver: str  # who works on it at the competent agency
    applicant: Mapping[str, Any]
    decision: str | None
    absent: tuple[str, ...]  # papers that were not handed in
    result_channel: str  # counter, postal, online
    visited: bool  # the place itself has to be looked at
    today: date
    random: Random


# Procedure: the paper that is missing, what is wrong with it, and the law that asks for it.
_MISSING: Mapping[str, tuple[str, str, str]] = {
    "1.009397": (
        "Danh mục tác phẩm kèm tác giả",
        "Thiếu tên tác giả của 3 tiết mục",
        "khoản 3 Điều 10 Nghị định 144/2020/NĐ-CP",
    ),
    "2.000635": (
        "Giấy tờ chứng minh quan hệ",
        "Chưa có giấy tờ chứng minh quan hệ với người được cấp",
        "Điều 64 Luật Hộ tịch",
    ),
    "3.000333": ("Bản sao căn cước", "Bản chụp bị mờ, không đọc được số", "Điều 45 Luật Lý lịch tư pháp"),
    "EVN-01": (
        "Giấy tờ về địa điểm mua điện",
        "Hợp đồng thuê nhà đã hết hạn",
        "quy trình kinh doanh điện năng",
    ),
    "2.002288": (
        "Bản sao chứng nhận đăng ký xe",
        "Biển số trên đăng ký khác biển số trong đơn",
        "Nghị định 158/2024/NĐ-CP",
    ),
    "2.002380": (
        "Giấy chứng nhận kiểm định thiết bị",
        "Giấy kiểm định đã hết hiệu lực",
        "Nghị định 142/2020/NĐ-CP",
    ),
    "2.002312": (
        "Thông tin diễn giả",
        "Thiếu tóm tắt bài phát biểu của 2 diễn giả nước ngoài",
        "Quyết định 06/2020/QĐ-TTg",
    ),
    "1.010733": (
        "Báo cáo đánh giá tác động môi trường",
        "Bổ sung phương án thoát nước mưa, số liệu nền không khí",
        "Nghị định 08/2022/NĐ-CP",
    ),
    "1.009794": (
        "Báo cáo hoàn thành thi công",
        "Thiếu kết quả thí nghiệm cọc và biên bản nghiệm thu phòng cháy",
        "Nghị định 06/2021/NĐ-CP",
    ),
    "1.004593": (
        "Tài liệu kỹ thuật của cơ sở",
        "Sơ đồ mặt bằng chưa ghi khu vực bảo quản lạnh",
        "Nghị định 155/2018/NĐ-CP",
    ),
    "2.000693": (
        "Bản sao giấy khai sinh",
        "Họ tên mẹ trên giấy khai sinh khác hồ sơ tham gia",
        "Luật Bảo hiểm xã hội",
    ),
    "2.000986": ("Giấy chứng sinh", "Giấy chứng sinh chưa có dấu của cơ sở y tế", "Nghị định 63/2024/NĐ-CP"),
}

_APPRAISAL: Mapping[str, str] = {
    "1.009397": "Nội dung phù hợp thuần phong mỹ tục, có thỏa thuận với chủ sở hữu quyền tác giả.",
    "3.000333": "Kết quả tra cứu và xác minh thống nhất: không có án tích.",
    "2.002288": "Đăng ký xe, thời hạn kiểm định và nơi đỗ xe phù hợp hình thức kinh doanh đã đăng ký.",
    "2.002380": "Phòng đặt máy, che chắn và suất liều đạt quy chuẩn; nhân viên bức xạ đã được đào tạo.",
    "2.002312": "Nội dung, thành phần và tài liệu hội nghị phù hợp; các cơ quan được hỏi đều đồng ý.",
    "1.010733": "Hội đồng và cơ quan được hỏi ý kiến thống nhất các biện pháp giảm thiểu tác động.",
    "1.009794": "Hồ sơ hoàn thành công trình đủ thành phần, các giai đoạn đã được nghiệm thu.",
    "1.004593": "Cơ sở vật chất, kỹ thuật và nhân sự đáp ứng Thực hành tốt cơ sở bán lẻ thuốc.",
    "2.000693": "Thời gian đóng bảo hiểm đủ 6 tháng trong 12 tháng trước khi sinh.",
}
_UNFIT = "Hồ sơ chưa đáp ứng điều kiện theo {law}: {note}."


def missing(code: str) -> tuple[list[dict[str, str]], str]:
    """Items of a request for a supplement, and its reason."""
    paper, note, law = _MISSING[code]
    return [{"document": paper, "note": f"{note}."}], f"Thành phần hồ sơ chưa bảo đảm theo {law}."


def items(desk: Desk) -> list[dict[str, str]]:
    """The list of a request for a supplement: what is not fit, and what is not there."""
    absent = [{"document": name, "note": "Chưa có trong hồ sơ."} for name in desk.absent]
    return [*missing(desk.code)[0], *absent]


def reason(desk: Desk) -> str:
    """Why a decision was taken that needs a reason."""
    return {
        "rework": "Bổ sung căn cứ pháp lý và sửa thể thức văn bản ở trang 2.",
        "fix": "Lối thoát nạn tầng 2 chưa đúng thiết kế được duyệt, yêu cầu khắc phục.",
    }.get(desk.decision or "", "")


def answers_for(form: Mapping[str, Any] | None, desk: Desk) -> dict[str, Any]:
    """Answers to the fields of a step's form that the officer has something to say to."""
    if form is None:
        return {}
    keys = [component.get("key") or component.get("path") for component in form["components"]]
    written = {key: _WORDS[key](desk) for key in keys if key in _WORDS}
    return {key: value for key, value in written.items() if value is not None}


def _only(decision: str, words: Callable[[Desk], Any]) -> Callable[[Desk], Any]:
    """Words for a field that one decision of the step speaks to, and the form of that decision itself."""
    return lambda desk: words(desk) if desk.decision in (decision, None) else None


def _refusal(desk: Desk) -> str:
    _, note, law = _MISSING[desk.code]
    return _UNFIT.format(law=law, note=note[0].lower() + note[1:])


def _appraisal(desk: Desk) -> str:
    if desk.decision in ("supplement", "revise"):
        return f"Chưa đủ căn cứ kết luận: {_MISSING[desk.code][1].lower()}."
    if desk.decision == "decline":
        return _refusal(desk)
    return _APPRAISAL.get(desk.code, "Hồ sơ hợp lệ, đủ điều kiện giải quyết.")


def _say(text: str) -> Callable[[Desk], str]:
    return lambda desk: text


def _number(pattern: str) -> Callable[[Desk], str]:
    """A running number in the place of ``{}``."""
    return lambda desk: pattern.format(desk.random.randint(10, 9_999))


def _today(desk: Desk) -> str:
    return desk.today.isoformat()


_WORDS: Mapping[str, Callable[[Desk], Any]] = {
    "reception_note": _say("Đã đối chiếu bản chính, số hóa thành phần hồ sơ."),
    "supplement_items": _only("supplement", lambda desk: items(desk)),
    "supplement_reason": _only("supplement", lambda desk: missing(desk.code)[1]),
    "refusal_reason": _only("refuse", _refusal),
    "refusal_basis": _only("refuse", lambda desk: _MISSING[desk.code][2]),
    "handover_receiver": lambda desk: desk.receiver,
    "handover_note": _say("Đủ thành phần, 01 bộ."),
    "fee_receipt": _number("BL-{:06d}"),
    "fee_method": lambda desk: desk.random.choice(("cash", "cash", "transfer", "online")),
    "assignee_name": lambda desk: desk.receiver,
    "assignment_note": _say("Thẩm định, tham mưu đúng thời hạn."),
    "appraisal_result": _appraisal,
    "appraisal_basis": lambda desk: _MISSING[desk.code][2],
    "submission_note": _say("Kính trình lãnh đạo xem xét, ký ban hành."),
    "result_signed_by": lambda desk: desk.officer,
    "issue_note": _say("Kết quả giải quyết thủ tục hành chính."),
    "recipient_name": lambda desk: desk.applicant["name"],
    "recipient_id": lambda desk: desk.applicant.get("id_number") or desk.applicant.get("tax_code"),
    "handover_form": lambda desk: desk.result_channel,
    "police_record": _say("Không có thông tin tiền án, tiền sự trong tàng thư căn cước và hồ sơ nghiệp vụ."),
    "court_record": _say("Tòa án nhân dân tỉnh trả lời: không có bản án đối với người được xác minh."),
    "survey_date": _today,
    "needs_poles": lambda desk: desk.random.random() < 0.3,
    "survey_record": _say("Trạm biến áp còn công suất; điểm đấu nối cách vị trí đặt công tơ 25 m."),
    "meter_number": _number("PC46-{:06d}"),
    "meter_date": _today,
    "visit_date": _today,
    "visit_place": lambda desk: desk.applicant["address"],
    "visit_people": lambda desk: f"{desk.officer} (cơ quan), {desk.applicant['name']} (cơ sở).",
    "visit_record": _say("Hiện trạng phù hợp hồ sơ; các bên thống nhất ký biên bản."),
    "plan_date": _today,
    "plan_people": lambda desk: f"{desk.officer}; đại diện chủ đầu tư, tư vấn giám sát, nhà thầu thi công.",
    "fix_note": _say("Chủ đầu tư đã mở rộng lối thoát nạn đúng thiết kế, có ảnh kèm theo."),
    "council_decision": _number("{}/QĐ-STNMT"),
    "council_members": _say("9"),
    "meeting_date": _today,
    "votes_for": _say("8"),
    "meeting_record": _say("Hội đồng thông qua với điều kiện chỉnh sửa nội dung quan trắc môi trường."),
    "opinion_ca": _say("agree"),
    "opinion_ca_note": _say("Không có yếu tố ảnh hưởng an ninh, trật tự; đề nghị báo cáo khi kết thúc."),
    "opinion_vh": _say("agree"),
    "opinion_vh_note": _say("Nội dung về di sản phù hợp hồ sơ khoa học đã công bố."),
    "opinion_nn": _say("agree_if"),
    "opinion_nn_note": _say("Đồng ý, với điều kiện bảo đảm hành lang kênh tưới và cam kết hoàn nguyên."),
    "register_book": _number("Số {}, quyển số 02"),
    "register_note": _say("Thông tin trong sổ trùng với tờ khai."),
    "site_assessment": lambda desk: desk.visited,
    "assessment_note": _say("Cơ sở thành lập mới, cần xem kho và tủ bảo quản."),
    "birth_number": lambda desk: f"{desk.random.randint(10, 400)}/{desk.today.year}",
    "personal_number": lambda desk: f"040226{desk.random.randint(0, 999_999):06d}",
    "needs_data": _say("false"),
    "card_number": lambda desk: f"TE140{desk.random.randint(10_000_000, 99_999_999)}",
    "residence_result": _say("Đã đăng ký thường trú theo hộ của mẹ."),
}  # fmt: skip
