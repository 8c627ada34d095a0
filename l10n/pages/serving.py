"""Show the pages at a loopback address, and make them again when a PO file is saved.

Law 5: only this computer is answered, only with pages of the preview, and no other site in its browser can
read them: a request must name this address as its host.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from urllib.parse import unquote, urlsplit

from l10n.files import Root
from l10n.pages.html import NO_SOURCES, PAGE
from l10n.problems import L10nError

_LARGEST = 1 << 30
_INDEX, _VERSION = "index.html", ".version/"
_SHOWN = 90.0
"""Seconds for which a page counts as shown: of one behind others, a browser asks once a minute."""
_OPEN = 20
"""The most pages that are made before all others."""
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class PageServer(ThreadingHTTPServer):
    """Serves the pages in a folder, and the version of each."""

    daemon_threads = True

    def __init__(self, pages: Root) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        self._asked: dict[str, float] = {}

    @property
    def address(self) -> str:
        """The address of the index."""
        return f"http://127.0.0.1:{self.server_port}/"

    def version(self, page: str) -> str:
        """Return what changes when a page does, and remember that a browser shows it."""
        changed = self.pages.changed_at(page)
        if changed is not None:
            self._asked[page] = monotonic()
        return str(changed)

    def open_pages(self) -> list[str]:
        """Return the pages that a browser shows, the one that was asked for last first."""
        recent = monotonic() - _SHOWN
        self._asked = {page: time for page, time in self._asked.copy().items() if time > recent}
        return sorted(self._asked, key=lambda page: -self._asked[page])[:_OPEN]


class _Handler(BaseHTTPRequestHandler):
    """Answers requests for pages and versions."""

    server: PageServer
    server_version, sys_version = "l10n", ""

    def do_GET(self) -> None:
        """Answer with a page, or with its version."""
        path = unquote(urlsplit(self.path).path).removeprefix("/") or _INDEX
        if self.headers.get("Host") != f"127.0.0.1:{self.server.server_port}":
            self._answer(HTTPStatus.FORBIDDEN, b"use the address that l10n printed")
        elif path.startswith(_VERSION):
            page = path.removeprefix(_VERSION) or _INDEX
            self._answer(HTTPStatus.OK, self.server.version(page).encode())
        else:
            found = self._page(path)
            self._answer(HTTPStatus.NOT_FOUND if found is None else HTTPStatus.OK, found or b"no such page")

    def _page(self, path: str) -> bytes | None:
        """Return a page that may ask for the version, or None."""
        if not path.endswith(".html"):
            return None
        try:
            page = self.server.pages.read(path, _LARGEST)
        except L10nError:
            return None
        wider = f"{NO_SOURCES}; connect-src 'self'".encode()
        return page.replace(NO_SOURCES.encode(), wider, 1) if PAGE.holds(page) else None

    def _answer(self, status: HTTPStatus, body: bytes) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Print nothing: a request is no event for the user."""


@contextmanager
def served(pages: Path) -> Iterator[PageServer]:
    """Serve the pages in a folder from another thread."""
    with PageServer(Root.at(pages)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


Stamps = dict[str, tuple[int, int, int]]


def stamps(files: Iterable[Path]) -> Stamps:
    """Return what changes when one of the files is saved."""
    found = {}
    for path in files:
        try:
            status = os.stat(path)
        except OSError:
            continue
        found[str(path)] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


class SavedAgainError(Exception):
    """A file was saved while pages were made after an earlier save."""


def follow(
    find: Callable[[], Iterable[Path]], remake: Callable[[Callable[[], None]], None], stop: threading.Event
) -> None:
    """Call `remake` whenever one of the files is saved, until `stop` is set.

    It gets a function that raises SavedAgainError once a file is saved again; then it is called anew.
    """
    known = stamps(find())

    def check() -> None:
        if stamps(find()) != known:
            raise SavedAgainError

    while not stop.wait(0.1):
        now = stamps(find())
        if now != known:
            known = now
            with suppress(SavedAgainError):
                remake(check)
