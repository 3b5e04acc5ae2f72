"""Procedures: what is offered, their versions, and what a check of a diagram found."""

from api.schemas.dossiers import BasisSchema
from api.schemas.fields import Answer, File, Flag, Items, Mapping, Moment, Part, Shape, Text, Whole


class ProcedureFilterSchema(Shape):
    """Which procedures."""

    text = Text(most=200, load_default="", metadata={"description": "Tên, mã, lĩnh vực; dấu tùy ý."})
    agency = Text(most=40, metadata={"example": "STP"})
    limit = Whole(1, 200, load_default=50)
    offset = Whole(0, 100_000, load_default=0)


class ProcedureLineSchema(Answer):
    """A procedure in a list."""

    code = Text(metadata={"example": "2.000635"})
    name = Text(metadata={"example": "Cấp bản sao trích lục hộ tịch"})
    version = Whole(attribute="number")
    agency = Text(metadata={"example": "STP"})
    agency_name = Text(metadata={"example": "Sở Tư pháp"})
    domain = Text(metadata={"example": "Hộ tịch"})
    level = Text(metadata={"example": "full"})


class ProcedurePageSchema(Answer):
    """Part of the catalogue."""

    items = Items(Part(ProcedureLineSchema))
    next_offset = Whole(allow_none=True, metadata={"description": "null: hết danh sách."})


class RequiredDocumentSchema(Answer):
    """A line of the checklist."""

    id = Text()
    name = Text(metadata={"example": "Tờ khai cấp bản sao trích lục hộ tịch"})
    original = Whole()
    copy = Whole()
    certified = Whole()
    condition = Text(allow_none=True, metadata={"description": "FEEL; null: luôn cần."})
    electronic = Flag(metadata={"description": "Có thể nộp tệp điện tử."})
    digitise = Flag(metadata={"description": "Nộp giấy thì phải số hóa (TT 01/2023/TT-VPCP Điều 8)."})


class FeeSchema(Answer):
    """A fee or charge."""

    name = Text(metadata={"example": "Lệ phí cấp bản sao trích lục"})
    kind = Text()
    when = Text()
    expression = Text(allow_none=True, metadata={"description": "FEEL, ra số đồng."})
    table = Text(allow_none=True)


class ResultSchema(Answer):
    """What the citizen gets."""

    name = Text()
    type = Text()
    signer = Text()


class ProcedureSchema(ProcedureLineSchema):
    """A procedure as a citizen and an officer need it, with the form that is filled in."""

    channels = Items(Text())
    time_limit = Text(allow_none=True, metadata={"description": "Biểu thức FEEL của thời hạn."})
    time_limit_note = Text()
    resume = Text(
        metadata={"description": "Bổ sung xong: RESTART tính lại, RESUME tính tiếp, +5WD cộng thêm."}
    )
    clock_starts = Text()
    source = Text()
    documents = Items(Part(RequiredDocumentSchema))
    fees = Items(Part(FeeSchema))
    result = Part(ResultSchema, allow_none=True)
    basis = Items(Part(BasisSchema))
    form = Mapping(allow_none=True, metadata={"description": "Tờ khai theo form-js; null: không có."})
    answers = Mapping(
        allow_none=True, metadata={"description": "Câu trả lời của tờ khai theo JSON Schema 2020-12."}
    )


class VersionSchema(ProcedureLineSchema):
    """A version, from its draft till after its end."""

    bundle = Text(attribute="sha256")
    state = Text(metadata={"description": "draft, submitted, approved, live, retired."})
    live = Flag()
    deployed_at = Moment(allow_none=True)
    deployed_by = Text(allow_none=True)
    reason = Text(metadata={"example": "QĐ 1710/QĐ-UBND ngày 10/6/2024"})
    running = Whole(metadata={"description": "Hồ sơ chưa kết thúc theo phiên bản này."})


class VersionsSchema(Answer):
    """All versions, newest first."""

    items = Items(Part(VersionSchema))


class DiagramQuestionSchema(Shape):
    """Which version's diagrams."""

    version = Whole(1, 1_000_000, metadata={"description": "Bỏ trống: phiên bản đang áp dụng."})


class DiagramsSchema(Answer):
    """The diagrams of a version: its own and the called ones."""

    main_process = Text()
    diagrams = Mapping(metadata={"description": "Mã quy trình: BPMN XML."})


class BundleUploadSchema(Shape):
    """The files of a procedure, as multipart/form-data."""

    files = Items(
        File(),
        required=True,
        most=60,
        metadata={
            "description": "Tệp đã sửa: .bpmn, .json (biểu mẫu), .dmn (bảng quyết định) hoặc .zip; "
            "tệp khác lấy từ bản đang áp dụng."
        },
    )
    code = Text(
        least=1,
        most=40,
        metadata={"example": "1.009397", "description": "Thủ tục được sửa; bỏ trống khi là thủ tục mới."},
    )


class BundleDraftSchema(BundleUploadSchema):
    """The files of a draft, and what they change."""

    reason = Text(required=True, least=3, most=1000, metadata={"example": "Thêm bước lấy ý kiến"})


class NoteSchema(Shape):
    """What is said with an act."""

    reason = Text(most=1000, load_default="", metadata={"example": "Áp dụng từ ngày 01/7/2026"})


class ReasonSchema(Shape):
    """Why something is done."""

    reason = Text(required=True, least=1, most=1000, metadata={"example": "Thiếu căn cứ pháp lý ở bước 3"})


class ApprovalSchema(Shape):
    """By what decision a version is approved."""

    decision = Text(required=True, least=3, most=1000, metadata={"example": "QĐ 1710/QĐ-UBND ngày 10/6/2024"})


class ActSchema(Answer):
    """Something that was done with a version."""

    version = Whole(attribute="number")
    act = Text(
        metadata={
            "description": "draft, submit, give_back, approve, release, replace, retire; "
            "install: từ dòng lệnh, không qua người thứ hai."
        }
    )
    at = Moment()
    by = Text()
    by_name = Text(metadata={"example": "Đậu Quang Vinh"})
    bundle = Text(attribute="sha256")
    reason = Text()


class ActsSchema(Answer):
    """The history of the versions of a procedure, oldest first."""

    items = Items(Part(ActSchema))


class FindingSchema(Answer):
    """One thing found, with the element and the remedy."""

    rule = Text(metadata={"example": "flow-without-target"})
    severity = Text()
    element_id = Text(allow_none=True)
    element_name = Text(allow_none=True)
    file = Text(allow_none=True)
    line = Whole(allow_none=True)
    message_vi = Text()
    message_en = Text()
    remedy_vi = Text()
    remedy_en = Text()


class CheckSchema(Answer):
    """What a check found."""

    deployable = Flag(metadata={"description": "Không có lỗi; lưu ý không cản triển khai."})
    findings = Items(Part(FindingSchema))
