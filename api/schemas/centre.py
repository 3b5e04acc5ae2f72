"""The centre itself: where to begin, its agencies, its calendar."""

from api.schemas.fields import Answer, Day, Flag, Items, Moment, Part, Shape, Text, Whole


class BeginningSchema(Answer):
    """Where to go on."""

    name = Text()
    docs = Text(metadata={"example": "/api/v1/docs"})
    openapi = Text(metadata={"example": "/api/v1/openapi.json"})
    alive = Text(metadata={"example": "/health/live"})
    ready = Text(metadata={"example": "/health/ready"})
    now = Moment(metadata={"description": "Giờ của máy chủ, mọi thời hạn theo giờ này."})


class AgencySchema(Answer):
    """An agency whose procedures the centre takes in."""

    code = Text(metadata={"example": "STP"})
    name = Text(metadata={"example": "Sở Tư pháp"})
    name_en = Text()
    kind = Text()


class AgenciesSchema(Answer):
    """All agencies."""

    items = Items(Part(AgencySchema))


class YearSchema(Shape):
    """Which year of the calendar."""

    year = Whole(2000, 2100, metadata={"description": "Bỏ trống: năm nay."})


class HolidaySchema(Answer):
    """A day off."""

    date = Day()
    name = Text(metadata={"example": "Quốc khánh"})
    decision = Text(metadata={"description": "Số, ngày quyết định, khi ngày nghỉ do quyết định ấn định."})
    estimate = Flag(metadata={"description": "Dự tính trước, chưa có quyết định."})


class CalendarSchema(Answer):
    """The working calendar in force, for one year."""

    year = Whole()
    decided_at = Moment(allow_none=True)
    holidays = Items(Part(HolidaySchema))
    makeup_days = Items(Day(), metadata={"description": "Ngày nghỉ làm bù."})
