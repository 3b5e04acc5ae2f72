"""Which papers have to be scanned: TT 01/2023/TT-VPCP Điều 8."""

from engine.domain.checklist import undigitised
from engine.domain.procedure import RequiredDocument

DEGREE = RequiredDocument(id="van-bang", name="Văn bằng", original=1, digitise=True)
FORM = RequiredDocument(id="to-khai", name="Tờ khai", original=1)


def handed(**counts: int) -> list[dict[str, object]]:
    return [{"id": "van-bang", **counts}, {"id": "to-khai", "originals": 1}]


def test_what_came_on_paper_and_stands_on_the_list_has_to_be_scanned() -> None:
    assert undigitised([DEGREE, FORM], handed(originals=1)) == [DEGREE]
    assert undigitised([DEGREE, FORM], handed(certified=1)) == [DEGREE]


def test_what_came_as_a_file_or_as_a_plain_copy_has_not() -> None:
    assert undigitised([DEGREE, FORM], handed(originals=1, digital=1)) == []
    assert undigitised([DEGREE, FORM], handed(copies=2)) == []
    assert undigitised([DEGREE, FORM], handed()) == []


def test_as_long_as_nobody_has_counted_nothing_is_known() -> None:
    for nothing in (None, [], "x", [None], [{"id": "another", "originals": 1}]):
        assert undigitised([DEGREE, FORM], nothing) == []
