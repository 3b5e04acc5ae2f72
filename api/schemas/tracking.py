"""What a citizen sees and sends with the tracking code."""

from api.schemas.documents import DocumentSchema
from api.schemas.dossiers import LightSchema
from api.schemas.fields import Answer, Flag, Items, Mapping, Moment, Part, Shape, Text, Whole
from api.schemas.papers import PaperSchema


class MomentOfWaySchema(Answer):
    """One station on the way."""

    at = Moment()
    text = Text(metadata={"example": "Tiếp nhận hồ sơ"})


class TrackingSchema(Answer):
    """Where the dossier stands, in plain sentences; names of people are masked."""

    tracking_code = Text(metadata={"example": "K7M2Q9XW4T3B"})
    number = Text()
    procedure_code = Text()
    procedure_name = Text()
    agency_name = Text()
    applicant_name = Text(metadata={"example": "N*** T*** Ánh"})
    handling = Text()
    sentence = Text(metadata={"example": "Sở Tư pháp đang giải quyết hồ sơ. Ông/bà không cần làm gì."})
    sentence_en = Text()
    light = Part(LightSchema)
    submitted_at = Moment(allow_none=True)
    received_at = Moment(allow_none=True)
    due_at = Moment(allow_none=True)
    explanation = Items(Text())
    explanation_en = Items(Text())
    steps = Text()
    timeline = Items(Part(MomentOfWaySchema))
    supplement = Items(Mapping(), metadata={"description": "Còn thiếu gì, khi hồ sơ chờ bổ sung."})
    supplement_reason = Text(allow_none=True)
    may_supplement = Flag()
    may_withdraw = Flag()
    may_pay = Flag()
    fee_amount = Whole(allow_none=True, metadata={"description": "Đồng."})
    money = Text()
    delivery = Text()
    papers = Items(Part(PaperSchema))
    uploaded = Items(
        Part(DocumentSchema), metadata={"description": "Tệp đã gửi từ khi được yêu cầu bổ sung."}
    )
    tracking_url = Text()


class SupplementSchema(Shape):
    """The citizen has handed in what was missing; files are sent before, one by one."""

    note = Text(most=4000, metadata={"example": "Đã bổ sung bản vẽ hoàn công"})


class WithdrawalSchema(Shape):
    """The citizen takes the dossier back."""

    reason = Text(required=True, least=1, most=4000, metadata={"example": "Không còn nhu cầu"})


class StandingSchema(Answer):
    """Where the dossier stands after what the citizen did."""

    tracking_code = Text()
    number = Text()
    handling = Text(metadata={"example": "in_process"})
    due_at = Moment(allow_none=True)
