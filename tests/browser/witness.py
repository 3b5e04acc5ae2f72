"""Somebody who watches what pages do: requests to elsewhere, errors, things that the policy blocked."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request


class Witness:
    """Collects complaints about all pages of the contexts it watches."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.complaints: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """From now on, every request and message of this context."""
        context.on("request", self._request)
        context.on("page", self._page)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.complaints.append(f"a request left the host: {request.url}")

    def _page(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        # An answer of 4xx is reported by the browser itself; whether it is right is the test's business.
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(f"console: {message.text}")
