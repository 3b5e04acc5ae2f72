"""A furnished centre behind a real web server, with dossiers of every kind, for a real browser."""

import logging
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waitress import create_server

from engine.incidents import record_failure
from tests.centre import PASSWORD, Centre
from tests.integration import stages
from tests.integration import versions_of_works as works

CHROMIUM = "MOTCUA_TEST_CHROMIUM"  # path of the browser, when it is not on the path
_QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
DESK, PHONE = (1366, 768), (390, 844)


def chromium() -> str | None:
    """Where Chromium is, or None."""
    named = os.environ.get(CHROMIUM)
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@dataclass
class Site:
    """The address of the centre, and its dossiers by what they show: submitted, working, late ..."""

    url: str
    centre: Centre
    numbers: Mapping[str, str]
    codes: Mapping[str, str]
    migration: str  # id of the one that waits for its second person
    cookies: dict[str, tuple[datetime, list[Any]]] = field(
        default_factory=dict
    )  # of officers who are signed in already


@contextmanager
def serving(centre: Centre) -> Iterator[Site]:
    """Serve the centre, with dossiers of every kind, on a free loopback port."""
    numbers = make_dossiers(centre)
    migration = ask_for_migration(centre)
    codes = {name: centre.view(number).tracking_code for name, number in numbers.items()}
    with on_the_web(centre) as url:
        yield Site(url, centre, numbers, codes, migration)


@contextmanager
def on_the_web(centre: Centre) -> Iterator[str]:
    """Serve the centre as it is; its address."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # waiting in line is no fault
    server: Any = create_server(centre.app(), host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()

    def close() -> None:
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.close()

    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(close)  # done by the server's own thread
        thread.join()
        server.task_dispatcher.shutdown()


def make_dossiers(centre: Centre) -> dict[str, str]:
    """One dossier of each kind that pages show differently; its name to its number."""
    made: dict[str, str] = {}

    def keep(name: str) -> None:
        made[name] = centre.number

    centre.receive("1.009794", applicant=_person("Đặng Quốc Khánh", "040085006677"))
    keep("late")
    centre.clock.advance(days=30)
    centre.receive("1.004593", applicant=_person("Hoàng Thị Kim Ngân", "040193008899"))
    centre.walk({"Tra cứu, trình hồ sơ": "approve"})
    keep("done")
    centre.receive("1.009397", applicant=_person("Trần Văn Đức", "040188001122"))
    centre.do("Chuyển hồ sơ giấy đến cơ quan")
    keep("working")
    centre.submit("1.009397", applicant=_person("Lê Thị Hồng Nhung", "040199003344"))
    centre.do("Kiểm tra hồ sơ", "supplement", **_MISSING)
    keep("supplement")
    centre.submit("2.000635", applicant=_person("Phạm Ngọc Ánh", "040177005566"))
    keep("submitted")
    _let_fail(centre)
    return made


def ask_for_migration(centre: Centre) -> str:
    """The late dossier is to go over to a new version of its procedure; its id."""
    works.deployed(centre, works.called_otherwise, works.one_more_step, works.reminded_earlier)
    why = "Quyết định 2/QĐ-UBND đổi bước kiểm tra cho cả hồ sơ đang giải quyết"
    identity = centre.engine.migrations.request(
        centre.officer("analyst"), stages.WORKS, 1, 2, None, reason=why
    )
    return str(identity)


def _let_fail(centre: Centre) -> None:
    """An incident, of the dossier made last."""
    engine = centre.engine
    identity = centre.view().line.id
    record_failure(engine.database, dossier_id=identity, kind="job", error=OSError(), at=engine.clock.now())


_MISSING: dict[str, Any] = {
    "supplement_items": [{"document": "Bản sao quyết định thành lập", "note": "Bản đã nộp bị mờ trang 2"}],
    "supplement_reason": "Thành phần hồ sơ chưa đủ theo khoản 2 Điều 10 Nghị định 144/2020/NĐ-CP.",
}


def _person(name: str, id_number: str) -> dict[str, str]:
    return {
        "name": name, "kind": "citizen", "id_number": id_number, "phone": "0912345678",
        "email": "nguoi.nop@example.vn", "address": "Số 27 đường Lê Nin, phường Hưng Bình, thành phố Vinh",
    }  # fmt: skip


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium that talks to nobody but the pages it is sent to."""
    with sync_playwright() as playwright:
        sandbox = os.getuid() != 0  # Chromium refuses its sandbox to root
        started = playwright.chromium.launch(
            executable_path=chromium(), args=list(_QUIET), chromium_sandbox=sandbox
        )
        try:
            yield started
        finally:
            started.close()


def signed_in(context: BrowserContext, site: Site, role: str, agency: str = "TTHCC") -> Page:
    """A page of an officer who has come in by the sign-in form, now or in an earlier test."""
    username = site.centre.officer(role, agency).username
    signed_at, cookies = site.cookies.get(username, (None, []))
    if signed_at == site.centre.clock.now():  # time has stood still since: the session is as fresh as then
        context.add_cookies(cookies)
        return context.new_page()
    page = context.new_page()
    page.goto(f"{site.url}/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda url: not url.endswith("/dang-nhap"))
    site.cookies[username] = (site.centre.clock.now(), context.cookies())
    return page
