"""What a dossier waits for and an officer notes at the counter."""

from api.schemas.fields import Choice, Shape, Text

PAYMENTS = ("cash", "transfer", "online")


class MessageSchema(Shape):
    """The message and what belongs to it."""

    message = Text(
        required=True,
        least=1,
        most=80,
        metadata={"example": "supplement", "description": "Một trong waits_for của hồ sơ."},
    )
    note = Text(most=4000, metadata={"description": "Ghi chú, ví dụ giấy tờ đã nhận bổ sung."})
    reason = Text(most=4000, metadata={"description": "Lý do rút hồ sơ; bắt buộc với withdraw."})
    fee_receipt = Text(most=80, metadata={"description": "Số biên lai, với fee_paid."})
    fee_method = Choice(*PAYMENTS, metadata={"description": "Cách nộp, với fee_paid."})
