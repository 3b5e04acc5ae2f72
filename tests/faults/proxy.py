"""A net that can be made bad: stands before PostgreSQL and delays, swallows, or cuts at the commit."""

import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from time import sleep

_CHUNK = 1 << 16


class Proxy:
    """Passes bytes on between clients and a server on loopback, unless told otherwise."""

    def __init__(self, port: int, seed: int = 0) -> None:
        """``port``: of the server."""
        self.delay = 0.0  # seconds that each question takes longer
        self.swallows = False  # links stay open and nothing arrives
        self.cut_share = 0.0  # of commits at which the link is cut, half of them before it arrives
        self.cuts = 0
        self._server = port
        self._random, self._lock = random.Random(seed), Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    @contextmanager
    def half_open(self) -> Iterator[None]:
        """All links stay open and nothing gets through."""
        self.swallows = True
        try:
            yield
        finally:
            self.swallows = False

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
                server = socket.create_connection(("127.0.0.1", self._server), timeout=5)
            except OSError:
                if self._door.fileno() < 0:
                    return
                client.close()  # the server is down: so is the client's link
                continue
            server.settimeout(None)
            for link in (client, server):
                link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            Thread(target=self._pump, args=(client, server, True), daemon=True).start()
            Thread(target=self._pump, args=(server, client, False), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, asks: bool) -> None:
        try:
            while data := source.recv(_CHUNK):
                while self.swallows:
                    sleep(0.05)
                if self.delay and asks:
                    sleep(self.delay)
                if asks and b"COMMIT" in data and self._cuts():
                    self._cut(source, target, data)
                    return
                target.sendall(data)
        except OSError:
            pass
        finally:
            for link in (source, target):
                _hang_up(link)

    def _cuts(self) -> bool:
        with self._lock:
            cut = self._random.random() < self.cut_share
            self.cuts += cut
            return cut

    def _cut(self, client: socket.socket, server: socket.socket, data: bytes) -> None:
        """The client never hears; the server may have got the commit or not."""
        client.shutdown(socket.SHUT_RDWR)
        if self._random.random() < 0.5:
            server.sendall(data)
            sleep(0.05)


def _hang_up(link: socket.socket) -> None:
    """Closing alone would leave the other thread, which listens on it, and so the other side, in the dark."""
    with suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)
    link.close()


@contextmanager
def proxy_before(port: int, seed: int = 0) -> Iterator[Proxy]:
    """A proxy before the server at ``port`` until the block ends."""
    proxy = Proxy(port, seed)
    try:
        yield proxy
    finally:
        proxy.close()
