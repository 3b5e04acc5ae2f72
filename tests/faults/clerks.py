"""People at work over HTTP, who write down every answer they get: none of it may be lost or doubled."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import httpx

from tests.centre import PASSWORD

_ENOUGH = 90.0  # seconds after which a clerk stops asking the same thing again


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the system said it has done."""

    kind: str
    number: str
    version: int


@dataclass
class Notebook:
    """What all clerks have heard."""

    done: list[Acknowledged] = field(default_factory=list)
    sent: int = 0  # requests, repeated ones too
    repeated: int = 0
    strange: list[str] = field(default_factory=list)  # answers that nobody should get
    waits: list[float] = field(default_factory=list)  # seconds that an answer took
    busy: list[tuple[float, bool]] = field(default_factory=list)  # of each 503: seconds, Retry-After given

    begun: float = field(default_factory=monotonic)

    @property
    def seconds(self) -> float:
        """Since the clerks began, up to now."""
        return monotonic() - self.begun

    def of(self, kind: str) -> int:
        return sum(one.kind == kind for one in self.done)


class Clerk:
    """Hands dossiers in and works on them; asks again with the same key until there is an answer."""

    def __init__(self, url: str, username: str, body: Mapping[str, Any], book: Notebook) -> None:
        self._client = httpx.Client(base_url=f"{url}/api/v1", timeout=30)
        self._body, self._book = body, book
        self._token = ""
        self._over = Event()
        self._name = username

    def work(self, over: Event, most: int) -> None:
        """Dossier after dossier until ``over``, or until the notebook has that many entries."""
        self._over = over
        self._sign_in()
        while not over.is_set() and len(self._book.done) < most:
            self._dossier()
        self._client.close()

    def _sign_in(self) -> None:
        answer = self._ask("/sessions", {"username": self._name, "password": PASSWORD}, None)
        if answer is not None:
            self._token = answer["token"]

    def _dossier(self) -> None:
        """From hand-in to receipt, with some back and forth."""
        begun = self._do("start", "/dossiers", self._body, None)
        if begun is None:
            return
        number, version = begun["number"], begun["version"]
        task = self._first_task(number)
        path = f"/dossiers/{number}/tasks/{task}"
        for kind in ("claim", "release", "claim", "release"):
            told = self._do(kind, f"{path}/{kind}", None, version)
            if told is None:
                return
            version = told["version"]
        self._do("complete", f"{path}/complete", {"answers": {}, "decision": "receive"}, version)

    def _first_task(self, number: str) -> str:
        until = monotonic() + _ENOUGH
        while monotonic() < until:
            try:
                seen = self._client.get(f"/dossiers/{number}", headers=self._headers())
            except httpx.TransportError:
                sleep(0.05)
                continue
            if seen.status_code == 200:
                return str(seen.json()["tasks"][0]["id"])
            sleep(0.05)
        raise AssertionError(f"the dossier {number} was acknowledged and cannot be read")

    def _do(self, kind: str, path: str, body: Any, version: int | None) -> dict[str, Any] | None:
        told = self._ask(path, body, version)
        if told is not None:
            self._book.done.append(Acknowledged(kind, told["number"], told["version"]))
        return told

    def _ask(self, path: str, body: Any, version: int | None) -> dict[str, Any] | None:
        """The answer; None when there is none in the end, or a strange one."""
        headers = {"Idempotency-Key": uuid4().hex, **self._headers()}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        until, tries = monotonic() + _ENOUGH, 0
        while monotonic() < until:
            tries += 1
            self._book.sent += 1
            self._book.repeated += tries > 1
            asked = monotonic()
            try:
                answer = self._client.post(path, json=body, headers=headers)
            except httpx.TransportError:
                sleep(0.05)
                continue
            took = monotonic() - asked
            if answer.status_code == 503:
                self._book.busy.append((took, "Retry-After" in answer.headers))
                sleep(0.05)
                continue
            self._book.waits.append(took)
            if answer.status_code in (200, 201):
                told: dict[str, Any] = answer.json()
                return told
            self._book.strange.append(f"{path}: {answer.status_code} {answer.text[:300]}")
            return None
        self._book.strange.append(f"{path}: no answer in {_ENOUGH} s")
        return None

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}


@contextmanager
def clerks(
    url: str, username: str, body: Mapping[str, Any], *, people: int = 4, most: int = 1_000_000
) -> Iterator[Notebook]:
    """So many clerks at work until the block ends; whatever they have begun then they bring to an end."""
    book, over = Notebook(), Event()
    threads = [
        Thread(target=Clerk(url, username, body, book).work, args=(over, most), daemon=True)
        for _ in range(people)
    ]
    for thread in threads:
        thread.start()
    try:
        yield book
    finally:
        over.set()
        for thread in threads:
            thread.join(timeout=2 * _ENOUGH)


def doubled(book: Notebook) -> list[Acknowledged]:
    """Versions of dossiers that two different requests were told to have made."""
    return [one for one, times in Counter(book.done).items() if times > 1]
