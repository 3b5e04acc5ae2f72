"""The register, the figures and the incidents, for those who direct and watch."""

import re
from html import unescape
from uuid import UUID, uuid4

import pytest

from engine.incidents import record_failure
from tests.centre import APPLICANT, Centre

CODE = "1.009397"


def test_the_register_holds_the_dossiers_of_its_period_alone(centre: Centre) -> None:
    centre.receive(CODE)
    browser = centre.client("director")
    assert centre.number in browser.get("/so-theo-doi").text
    before = browser.get("/so-theo-doi?tu=01/02/2026&den=28/02/2026").text
    assert centre.number not in before
    assert "Không có hồ sơ nào tiếp nhận trong kỳ" in before


def test_the_register_is_a_paper_a_pdf_and_a_table_for_spreadsheets(sqlite_centre: Centre) -> None:
    sqlite_centre.receive(CODE, applicant={**APPLICANT, "name": "=HYPERLINK(1)"})
    browser = sqlite_centre.client("supervisor")
    assert sqlite_centre.number in browser.get("/so-theo-doi/in").text
    assert browser.get("/so-theo-doi.pdf").data.startswith(b"%PDF")
    table = browser.get("/so-theo-doi.csv").data
    assert table.startswith(b"\xef\xbb\xbf"), "spreadsheets read Vietnamese by this mark"
    text = table.decode("utf-8-sig")
    assert sqlite_centre.number in text
    assert ",'=HYPERLINK(1)," in text, "no text is run as a formula"


@pytest.mark.parametrize(
    ("query", "told"),
    [("tu=32/01/2026", "chưa đúng"), ("tu=05/03/2026&den=01/03/2026", "Ngày cuối phải sau ngày đầu")],
)
def test_a_period_that_is_none_is_told(sqlite_centre: Centre, query: str, told: str) -> None:
    answer = sqlite_centre.client("director").get(f"/so-theo-doi?{query}")
    assert answer.status_code == 422
    assert told in answer.text


def test_figures_count_open_and_overdue_within_what_the_officer_may_see(centre: Centre) -> None:
    centre.receive(CODE)
    centre.clock.advance(days=60)
    found = centre.engine.reports.tallies(centre.officer("director"), "agency")
    assert [(one.key, one.total, one.open, one.overdue) for one in found] == [("SVHTT", 1, 1, 1)]
    assert centre.engine.reports.tallies(centre.officer("head", "CAT"), "agency") == []
    page = centre.client("director").get("/so-lieu").text
    assert "loc=overdue" in page
    assert "Sở Văn hóa" in page


def links(page: str, heading: str) -> list[str]:
    """Addresses in the table under a heading, in order."""
    table = page.split(f">{heading}</caption>", 1)[1].split("</table>", 1)[0]
    return [unescape(url) for url in re.findall(r'<a href="([^"]+)"', table)]


def test_every_figure_leads_to_the_dossiers_behind_it(centre: Centre) -> None:
    centre.receive(CODE)
    music = centre.number
    centre.submit("2.000635")
    extract = centre.number
    centre.clock.advance(days=60)
    browser = centre.client("director")
    page = browser.get("/so-lieu").text
    for heading in ("Theo tình trạng", "Theo cơ quan", "Theo thủ tục"):
        found = links(page, heading)
        assert len(found) == 7, "names, all and open of both, overdue of one; nought leads nowhere"
        for url in found:
            listed = browser.get(url).text
            assert (f">{music}<" in listed) != (f">{extract}<" in listed), url
    late = next(url for url in links(page, "Theo cơ quan") if "loc=overdue" in url)
    listed = browser.get(late).text
    assert music in listed
    assert "Sở Văn hóa và Thể thao</span>" in listed, "what narrows the list is told"
    without = next(unescape(url) for url in re.findall(r'<a href="([^"]+)">bỏ điều kiện', listed))
    assert "SVHTT" not in without


def test_both_clocks_are_told_and_a_supplement_stops_only_the_legal_one(centre: Centre) -> None:
    director = centre.officer("director")
    assert centre.engine.reports.paces(director).whole is None
    centre.submit(CODE)
    centre.do(
        "Kiểm tra hồ sơ",
        "supplement",
        supplement_items=[{"document": "Đơn", "note": "thiếu chữ ký"}],
        supplement_reason="thiếu chữ ký",
    )
    centre.clock.advance(days=14)
    centre.engine.dossiers.supplement(centre.view().tracking_code, {"supplement_note": "đã ký"})
    centre.do("Kiểm tra hồ sơ", "receive")
    centre.clock.advance(days=7)
    centre.walk()
    paces = centre.engine.reports.paces(director)
    assert paces.whole is not None
    assert paces.whole.count == 1
    assert 5 <= paces.whole.legal_days < 5.3, "one week of Monday to Friday, and an hour for the rest"
    assert 21 <= paces.whole.elapsed_days < 21.2
    assert paces.by["agency"]["SVHTT"] == paces.by["procedure"][CODE] == paces.whole
    page = centre.client("director").get("/so-lieu").text
    assert "Đồng hồ pháp lý" in page
    told = str(paces.whole.elapsed_days).replace(".", ",")
    assert f'data-label="Thực tế, ngày">{told}<' in page


def test_an_incident_is_closed_with_a_reason_that_history_keeps(centre: Centre) -> None:
    identity: UUID = centre.receive(CODE).line.id
    engine = centre.engine
    record_failure(
        engine.database, dossier_id=identity, kind="job", error=OSError("x"), at=engine.clock.now()
    )
    browser = centre.client("administrator")
    page = browser.get("/su-co").text
    assert centre.number in page
    url = page.split('action="/su-co/', 1)[1].split('"', 1)[0]
    refused = browser.post(f"/su-co/{url}", {"reason": " "}, page="/su-co")
    assert refused.status_code == 422
    identity_of_field = re.search(r'<input class="input" id="(o-[^"]+)" name="reason"', refused.text)
    assert identity_of_field
    name = identity_of_field[1]
    assert f'<a href="#{name}">Nêu đã làm gì để khắc phục sự cố.</a>' in refused.text
    assert f'aria-invalid="true" aria-describedby="{name}-l"' in refused.text
    assert f'id="{name}-l"' in refused.text
    assert "<title>Lỗi: " in refused.text
    assert re.search(r'<a href="/su-co" aria-current="page">', refused.text), "one sees where one is"
    assert centre.number in browser.get("/su-co").text
    assert browser.post(f"/su-co/{url}", {"reason": "đã nối lại mạng"}, page="/su-co").status_code == 303
    assert "Không có sự cố nào đang mở" in browser.get("/su-co").text
    last = centre.view().history[-1]
    assert (last.kind, last.reason, last.role) == ("repair", "đã nối lại mạng", "administrator")
    assert engine.replays.verify(centre.number) == []


def test_a_dealt_with_incident_and_a_stranger_are_refused(sqlite_centre: Centre) -> None:
    identity = sqlite_centre.receive(CODE).line.id
    url = f"/su-co/{identity}/{uuid4()}"
    admin = sqlite_centre.client("administrator")
    token = admin.token("/dang-nhap") or admin.token("/su-co")
    answer = admin.client.post(url, data={"csrf_token": token, "reason": "x"})
    assert answer.status_code in (409, 422)
    assert "đã được xử lý" in answer.text
    for path in ("/so-theo-doi", "/so-lieu", "/su-co"):
        assert sqlite_centre.client("analyst").get(path).status_code == 403, path
