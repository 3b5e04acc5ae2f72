"""A row becomes a draft by a pattern; what the row does not say is asked, never made up."""

import tomllib
from dataclasses import replace

import pytest

from engine.workflow.drafting import drafted, ids_of, shape_of
from engine.workflow.drafting.catalogue import Row, read_catalogue
from engine.workflow.drafting.catalogue.limits import Limit
from engine.workflow.drafting.outline import walked
from engine.workflow.drafting.patterns import PATTERNS, Rules, sketched

from .drawings import PROCESSES, SHARED, findings

RULES = Rules.from_toml((PROCESSES / "catalogue.toml").read_text(encoding="utf-8"))
PLAIN = Row(
    number=2, code="9.000001", name="Cấp giấy phép thử", field="Hộ tịch", authority="Sở Tư pháp",
    channels=("counter",), limits={"counter": Limit(5, "working_days")},
    supplement=False, refusal=False, consultation=False, appraisal=False,
)  # fmt: skip


def pattern(**changes: object) -> str:
    return sketched(replace(PLAIN, **changes), RULES).pattern.name  # type: ignore[arg-type]


def names(row: Row) -> set[str]:
    return {one.name for one in walked(sketched(row, RULES).outline.steps)}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "simple"),
        ({"limits": {"counter": Limit(4, "hours")}}, "same-day"),
        ({"appraisal": True}, "appraisal"),
        ({"consultation": True}, "consultation"),
        ({"appraisal": True, "name": "Cấp giấy chứng nhận đủ điều kiện"}, "visit"),
        ({"appraisal": True, "name": "Thẩm định qua hội đồng"}, "council"),
        ({"authority": "Ủy ban nhân dân cấp tỉnh, Sở Tư pháp"}, "two-level"),
        ({"authority": "Công an tỉnh"}, "central"),
        ({"authority": "Thuế tỉnh, thành phố"}, "central"),
        ({"authority": "Chi cục Hải quan khu vực"}, "central"),
        ({"authority": "Bảo hiểm xã hội cấp Tỉnh"}, "central"),
        ({"authority": "Công ty Điện lực"}, "central"),
    ],
)
def test_the_pattern_follows_from_the_row(changes: dict[str, object], expected: str) -> None:
    assert pattern(**changes) == expected


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("flagged", [True, False])
@pytest.mark.parametrize("limit", [Limit(2, "months"), None])
def test_every_pattern_is_sound_with_and_without_branches(
    name: str, flagged: bool, limit: Limit | None
) -> None:
    row = replace(
        PLAIN, channels=("counter", "online"), limits={"counter": limit, "online": Limit(3, "working_days")},
        supplement=flagged, refusal=flagged, consultation=flagged, appraisal=flagged,
    )  # fmt: skip
    draft = drafted(sketched(row, RULES, name).outline, SHARED, ids_of(SHARED))
    assert [one.sentence() for one in findings(draft) if one.rule != "open-question"] == []


def test_supplement_and_refusal_are_drawn_where_the_official_text_speaks_of_them() -> None:
    steps = walked(sketched(replace(PLAIN, supplement=True, refusal=True), RULES).outline.steps)
    values = {decision.value for one in steps for decision in one.decisions}
    assert values == {"approve", "supplement", "decline"}
    assert not any(one.decisions for one in walked(sketched(PLAIN, RULES).outline.steps))


def test_an_unknown_limit_becomes_a_question_and_no_number() -> None:
    outline = sketched(replace(PLAIN, limits={"counter": None}), RULES).outline
    assert (outline.limit, outline.remind) == (None, None)
    assert "Thời hạn giải quyết chưa ghi trong danh mục." in outline.questions


def test_a_limit_unknown_for_one_channel_is_asked_for_that_channel() -> None:
    limits = {"counter": Limit(5, "working_days"), "online": None}
    outline = sketched(replace(PLAIN, channels=("counter", "online"), limits=limits), RULES).outline
    assert outline.limit == 'if dossier.channel = "online" then null else working days(5)'
    assert "Thời hạn giải quyết khi nộp trực tuyến chưa ghi trong danh mục." in outline.questions


def test_no_step_has_a_limit_that_nobody_decided() -> None:
    for name in PATTERNS:
        limits = {
            one.limit for one in walked(sketched(PLAIN, RULES, name).outline.steps) if one.kind == "task"
        }
        assert limits == {"none"}


@pytest.mark.parametrize(
    ("authority", "field", "agency"),
    [
        ("Sở Tài chính các tỉnh, thành phố", "", "STC"),
        ("Sở Nông nghiệp và Môi trường Thành phố Hà Nội", "Đất đai", "SNNMT"),
        ("Ủy ban nhân dân cấp tỉnh", "Khoa học công nghệ", "SKHCN"),
        ("", "Công chứng", "STP"),
        ("Phòng Xuất nhập cảnh", "", "CAT"),
        ("Kho bạc nhà nước các cấp", "", "TTHCC"),
        ("Ban Quản lý Khu kinh tế và các Khu công nghiệp tỉnh", "", "BQLKKT"),
    ],
)
def test_authorities_are_free_text_and_become_agencies(authority: str, field: str, agency: str) -> None:
    assert RULES.competence(authority, field).agency == agency


def test_an_authority_that_nobody_knows_is_asked_for_and_stands_with_the_centre() -> None:
    found = RULES.competence("Cơ quan chủ quản", "Tổng hợp")
    assert found.agency == "TTHCC"
    assert "«Cơ quan chủ quản»" in found.questions[0]


def test_every_agency_of_the_rules_is_one_of_the_centres() -> None:
    stored = tomllib.loads((PROCESSES / "agencies.toml").read_text(encoding="utf-8"))["agency"]
    known = {one["code"] for one in stored}
    assert {one.agency for one in (*RULES.authorities, *RULES.fields) if one.agency} <= known


def test_two_rows_of_one_shape_differ_in_facts_alone() -> None:
    other = replace(PLAIN, code="9.000002", name="Cấp giấy phép khác", limits={"counter": Limit(30, "days")})
    shapes = {shape_of(sketched(row, RULES).outline) for row in (PLAIN, other)}
    assert len(shapes) == 1
    assert shape_of(sketched(replace(PLAIN, refusal=True), RULES).outline) not in shapes


def test_the_whole_national_catalogue_can_be_planned() -> None:
    rows = read_catalogue((PROCESSES / "catalogue.csv").read_bytes(), "catalogue.csv")
    plans = [sketched(row, RULES) for row in rows]
    assert len(plans) == 897
    assert {one.pattern.name for one in plans} == set(PATTERNS)
    assert all(one.outline.questions for one in plans)


def test_the_first_of_each_pattern_in_the_national_catalogue_is_sound_in_full() -> None:
    rows = read_catalogue((PROCESSES / "catalogue.csv").read_bytes(), "catalogue.csv")
    plans = [sketched(row, RULES) for row in rows]
    first = {one.pattern.name: one for one in reversed(plans)}
    taken, wrong = ids_of(SHARED), []
    for made in first.values():
        found = findings(drafted(made.outline, SHARED, taken))
        wrong += [one.sentence() for one in found if one.rule != "open-question"]
    assert wrong == []
