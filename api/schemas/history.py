"""The past of a dossier: its commands one by one, and the replay that an auditor steps through."""

from api.schemas.dossiers import DossierLineSchema
from api.schemas.fields import Answer, Anything, Flag, Items, Mapping, Moment, Part, Text, Whole


class LedgerEntrySchema(Answer):
    """What moved the legal clock."""

    kind = Text()
    at = Moment()
    ground = Text()
    by = Text()
    detail = Mapping()


class HistoryEntrySchema(Answer):
    """One command of a dossier."""

    sequence = Whole()
    kind = Text()
    title = Text(metadata={"example": "Nộp hồ sơ"})
    recorded_at = Moment()
    actor = Text()
    actor_name = Text()
    role = Text(allow_none=True)
    agency = Text(allow_none=True)
    agency_name = Text(allow_none=True)
    node = Text(allow_none=True)
    node_name = Text(allow_none=True)
    milestones = Items(Text())
    handling = Text()
    due_at = Moment(allow_none=True)
    reason = Anything(allow_none=True)
    changes = Mapping(metadata={"description": "Tên: [trước, sau]."})
    ledger = Items(Part(LedgerEntrySchema))
    hash = Text()


class HistorySchema(Answer):
    """All commands of a dossier, oldest first."""

    items = Items(Part(HistoryEntrySchema))


class VisitSchema(Answer):
    """An element that was entered, and how often."""

    node = Text()
    count = Whole()


class FrameSchema(Answer):
    """The dossier right after one command."""

    entry = Part(HistoryEntrySchema)
    path = Items(Part(VisitSchema), metadata={"description": "Đường đã đi đến lúc đó."})
    present = Items(Text(), metadata={"description": "Phần tử đang chờ lúc đó."})
    before = Mapping()
    after = Mapping()
    explanation = Items(Text(), metadata={"description": "Cách tính hạn theo dữ liệu lúc đó."})


class FaultSchema(Answer):
    """Where the chain of history does not hold."""

    sequence = Whole()
    what = Text()
    vi = Text()


class DeviationSchema(Answer):
    """A command that comes to something else when it is run again."""

    sequence = Whole()
    kind = Text()
    what = Text(metadata={"description": "state, status, due date, milestones, events, data, error."})
    recorded = Text()
    found = Text()
    vi = Text()
    en = Text()


class RerunSchema(Answer):
    """All commands of a dossier run once more by the program of today."""

    number = Text()
    commands = Whole(metadata={"description": "Số lệnh trong nhật ký."})
    done = Whole(metadata={"description": "Số lệnh đã chạy lại và khớp."})
    holds = Flag()
    deviation = Part(DeviationSchema, allow_none=True, metadata={"description": "Chỗ khác đầu tiên."})
    erased = Whole(
        allow_none=True, metadata={"description": "Lệnh đã xóa dữ liệu theo luật; từ đó không chạy lại được."}
    )


class ReplaySchema(Answer):
    """All frames of a dossier, its diagrams, and whether its chain holds."""

    line = Part(DossierLineSchema)
    frames = Items(Part(FrameSchema))
    diagrams = Mapping(metadata={"description": "Mã quy trình: BPMN XML."})
    process_of = Mapping(metadata={"description": "Phần tử: quy trình vẽ nó."})
    main_process = Text()
    faults = Items(Part(FaultSchema), metadata={"description": "Rỗng: chuỗi băm nguyên vẹn."})
