"""What is missing from the checklist is what a request for a supplement must name, once and completely."""

from engine.domain.checklist import missing, rows_for, unnamed
from engine.domain.procedure import RequiredDocument

FORM = RequiredDocument(id="don", name="Đơn đề nghị", original=1)
PLAN = RequiredDocument(id="ban-ve", name="Bản vẽ thiết kế", original=1, copy=2)
PROXY = RequiredDocument(id="uy-quyen", name="Văn bản ủy quyền", condition="by_proxy = true")
ALL = (FORM, PLAN, PROXY)
HANDED = [{"id": "don", "originals": 1, "copies": 0}, {"id": "ban-ve", "originals": 0, "copies": 0}]


def test_only_what_this_dossier_needs_and_nobody_handed_in_is_missing() -> None:
    assert missing(ALL, HANDED, {"by_proxy": False}) == [PLAN]
    assert missing(ALL, HANDED, {"by_proxy": True}) == [PLAN, PROXY]
    assert missing(ALL, [{"id": "don", "digital": True}], {"by_proxy": False}) == [PLAN]


def test_nothing_is_missing_before_anything_was_counted() -> None:
    assert missing(ALL, [], {}) == missing(ALL, None, {}) == []


def test_a_request_names_every_missing_paper_in_full_or_shortened() -> None:
    assert unnamed([PLAN], [{"document": "bản vẽ thiết kế (bản đóng dấu)"}]) is None
    assert unnamed([PLAN], [{"document": "Bản vẽ"}]) is None
    told = unnamed([PLAN, PROXY], [{"document": "Văn bản ủy quyền"}, {"note": "không ghi tên"}])
    assert told is not None
    assert "«Bản vẽ thiết kế»" in told[0]
    assert "ủy quyền" not in told[0]
    assert unnamed([], []) is None


def test_the_request_begins_with_what_is_missing_and_how_many() -> None:
    assert rows_for([PLAN]) == {
        "supplement_items.0.document": "Bản vẽ thiết kế",
        "supplement_items.0.quantity": "01 bản chính, 02 bản sao",
    }
