"""Dossiers: handed in, listed, shown whole, and what a command on one came to."""

from typing import Any

from marshmallow import utils

from api.schemas.documents import DocumentSchema
from api.schemas.fields import (
    Answer,
    Choice,
    Flag,
    Identity,
    Items,
    Mapping,
    Moment,
    Number,
    Part,
    Shape,
    Text,
    Whole,
)
from api.schemas.papers import PaperSchema
from engine.domain.dossier import Channel
from engine.dossiers import LIST_FILTERS
from engine.intake import RESULT_CHANNELS


class ApplicantSchema(Shape):
    """Who hands in; what each kind needs is checked by the engine, field by field."""

    name = Text(most=300, metadata={"example": "Nguyễn Thị Ánh"})
    kind = Text(most=20, metadata={"example": "citizen", "description": "citizen hoặc organisation."})
    id_number = Text(most=20, metadata={"example": "040190001234"})
    tax_code = Text(most=20, metadata={"example": "2900123456"})
    phone = Text(most=30, metadata={"example": "0912345678"})
    email = Text(most=300, metadata={"example": "anh.nguyen@example.vn"})
    address = Text(most=300, metadata={"example": "16 Trường Thi, thành phố Vinh"})


class HandedInSchema(Shape):
    """A line of the checklist: how many sheets of one document were handed in."""

    id = Text(required=True, most=80)
    originals = Whole(0, 99)
    copies = Whole(0, 99)
    certified = Whole(0, 99)
    digital = Whole(0, 99)


class OnlineIntakeSchema(Shape):
    """A dossier as a citizen hands it in from home."""

    procedure_code = Text(required=True, most=40, metadata={"example": "2.000635"})
    applicant = Part(ApplicantSchema, required=True)
    answers = Mapping(load_default=dict, metadata={"description": "Tờ khai của thủ tục: khóa và giá trị."})
    documents = Items(Part(HandedInSchema), most=100, load_default=list)
    result_channel = Choice(*RESULT_CHANNELS, load_default="counter")


class IntakeSchema(OnlineIntakeSchema):
    """A dossier as an officer takes it in."""

    channel = Choice(*(channel.value for channel in Channel), load_default="counter")


class DecisionSchema(Shape):
    """Answers of a task's form and, where it has buttons, the decision."""

    answers = Mapping(load_default=dict, metadata={"example": {"ghi_chu": "Đủ thành phần hồ sơ"}})
    decision = Text(most=80, metadata={"example": "receive"})
    reason = Text(most=4000, metadata={"example": "Hồ sơ đầy đủ, hợp lệ"})


class ReceiveSchema(IntakeSchema):
    """Handed in and checked at the counter, in one go."""

    check = Part(DecisionSchema, required=True, metadata={"description": "Trả lời của bước kiểm tra hồ sơ."})


class ExtensionSchema(Shape):
    """A new appointment."""

    due_at = Moment(required=True)
    reason = Text(required=True, least=1, most=4000, metadata={"example": "Chờ ý kiến Sở Xây dựng"})


class DossierFilterSchema(Shape):
    """Which dossiers."""

    text = Text(most=200, load_default="", metadata={"description": "Số hồ sơ, tên, thủ tục; dấu tùy ý."})
    filter = Choice(*LIST_FILTERS, attribute="only", load_default="all")
    limit = Whole(1, 200, load_default=50)
    offset = Whole(0, 100_000, load_default=0)


class LightSchema(Answer):
    """How the dossier stands against its deadline."""

    state = Text(metadata={"example": "on_time"})
    vi = Text(metadata={"example": "Còn 3 ngày làm việc"})
    en = Text(metadata={"example": "3 working days left"})


class DossierLineSchema(Answer):
    """A dossier in a list."""

    id = Identity()
    number = Text(metadata={"example": "000.00.00.H41-260302-0001"})
    version = Whole(attribute="sequence", metadata={"description": "Phiên bản, cũng là ETag."})
    procedure_code = Text(metadata={"example": "2.000635"})
    procedure_name = Text(metadata={"example": "Cấp bản sao trích lục hộ tịch"})
    agency = Text(metadata={"example": "STP"})
    agency_name = Text(metadata={"example": "Sở Tư pháp"})
    channel = Text(metadata={"example": "counter"})
    applicant_name = Text(metadata={"example": "Nguyễn Thị Ánh"})
    handling = Text(metadata={"example": "in_process"})
    money = Text(metadata={"example": "due"})
    delivery = Text(metadata={"example": "none"})
    synchronisation = Text(metadata={"example": "none"})
    steps = Text(metadata={"example": "Thẩm định hồ sơ"})
    submitted_at = Moment(allow_none=True)
    received_at = Moment(allow_none=True)
    due_at = Moment(allow_none=True)
    finished_at = Moment(allow_none=True)
    light = Part(LightSchema)


class DossierPageSchema(Answer):
    """Part of a list of dossiers, newest first."""

    items = Items(Part(DossierLineSchema))
    next_offset = Whole(allow_none=True, metadata={"description": "null: hết danh sách."})


class ButtonSchema(Answer):
    """A decision that finishes a task."""

    value = Text()
    label = Text()
    style = Text()
    reason_required = Flag()


class BasisSchema(Answer):
    """The article of law that something rests on."""

    document = Text(metadata={"example": "Nghị định 61/2018/NĐ-CP"})
    article = Text()
    note = Text()


class OpenTaskSchema(Answer):
    """An open task of a dossier, with what is needed to do it."""

    id = Identity(attribute="task_id")
    node = Text()
    name = Text(metadata={"example": "Thẩm định hồ sơ"})
    hint = Text()
    role = Text()
    agency = Text()
    agency_name = Text()
    form = Mapping(allow_none=True, metadata={"description": "Biểu mẫu theo form-js."})
    decisions = Items(Part(ButtonSchema))
    basis = Items(Part(BasisSchema))
    assignee = Identity(allow_none=True)
    assignee_name = Text(allow_none=True)
    opened_at = Moment()
    due_at = Moment(allow_none=True)
    late = Flag(metadata={"description": "Bước đã quá hạn của chính nó."})
    may_complete = Flag()
    may_claim = Flag()


class DossierSchema(DossierLineSchema):
    """A dossier with everything but its history."""

    tracking_code = Text()
    tracking_url = Text()
    procedure_version = Whole()
    bundle = Text(metadata={"description": "SHA-256 của gói quy trình mà hồ sơ theo."})
    data = Mapping()
    explanation = Items(Text(), metadata={"description": "Cách tính hạn, từng bước."})
    explanation_en = Items(Text())
    limit = Text(allow_none=True)
    elapsed_days = Number()
    tasks = Items(Part(OpenTaskSchema))
    waits_for = Items(Text())
    documents = Items(Part(DocumentSchema))
    papers = Items(Part(PaperSchema))
    extensions = Whole()
    may = Items(Text(), metadata={"description": "Quyền của người đọc trên hồ sơ này, lúc này."})

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """What a list shows of it stands in ``line``."""
        found = super().get_attribute(obj, attr, default)
        return utils.get_value(obj.line, attr, default) if found is default else found


class OutcomeSchema(Answer):
    """What a command came to."""

    number = Text(metadata={"example": "000.00.00.H41-260302-0001"})
    version = Whole(attribute="sequence")
    handling = Text(metadata={"example": "in_process"})
    due_at = Moment(allow_none=True)
    ended = Flag()
    milestones = Items(Text(), metadata={"example": ["received"]})
    papers = Items(Identity(), metadata={"description": "Giấy đã ban hành bởi lệnh này."})


class ReceiptSchema(OutcomeSchema):
    """What somebody who has handed in takes home."""

    tracking_code = Text(metadata={"example": "K7M2Q9XW4T3B"})
