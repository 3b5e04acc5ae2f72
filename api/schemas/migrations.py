"""Migrations of running dossiers: the plan with its dry run, the request, the result of each dossier."""

from api.schemas.fields import Answer, Flag, Identity, Items, Mapping, Moment, Part, Shape, Text, Whole

_MAPPING = "Mã phần tử bản cũ: mã phần tử bản mới."


class VersionPairSchema(Shape):
    """From which version to which."""

    source = Whole(1, 1_000_000, required=True)
    target = Whole(1, 1_000_000, required=True)


class MappedPairSchema(VersionPairSchema):
    """The same, with a mapping of one's own."""

    mapping = Mapping(metadata={"description": f"{_MAPPING} Bỏ trống: tự ghép."})


class MigrationRequestSchema(MappedPairSchema):
    """A migration that is asked for."""

    reason = Text(required=True, least=1, most=1000, metadata={"example": "QĐ 2/QĐ-UBND"})


class DifferenceSchema(Answer):
    """One thing that is not as it was."""

    kind = Text(metadata={"description": "added, removed, changed."})
    element = Text()
    vi = Text()
    en = Text()


class VerdictSchema(Answer):
    """What would become of one dossier; nothing was done."""

    number = Text()
    goes = Flag()
    reason = Text()
    reason_en = Text()
    before = Items(Text(), metadata={"description": "Bước đang mở."})
    after = Items(Text())
    next_steps = Items(Text())


class PlanSchema(Answer):
    """Two versions held against each other, and each running dossier tried out in memory."""

    code = Text()
    source = Whole()
    target = Whole()
    differences = Items(Part(DifferenceSchema))
    mapping = Mapping(metadata={"description": _MAPPING})
    verdicts = Items(Part(VerdictSchema))
    running = Whole()


class MigrationIdSchema(Answer):
    """The request, waiting for a second person."""

    id = Identity()


class ItemSchema(Answer):
    """One dossier of a migration."""

    number = Text()
    state = Text(metadata={"description": "waiting, done, refused, failed."})
    message = Text(allow_none=True)
    sequence = Whole(allow_none=True)
    at = Moment(allow_none=True)


class MigrationSchema(Answer):
    """A migration and what came of it so far."""

    id = Identity()
    code = Text()
    source = Whole()
    target = Whole()
    mapping = Mapping(metadata={"description": _MAPPING})
    reason = Text()
    state = Text(metadata={"description": "requested, running, paused, done, refused."})
    requested_at = Moment()
    requested_by = Text()
    requested_by_name = Text()
    decided_at = Moment(allow_none=True)
    decided_by_name = Text(allow_none=True)
    note = Text(allow_none=True)
    counts = Mapping()
    items_ = Items(Part(ItemSchema), attribute="items", data_key="items")


class MigrationsSchema(Answer):
    """Migrations, newest first, without their dossiers."""

    items_ = Items(Part(MigrationSchema), attribute="items", data_key="items")
