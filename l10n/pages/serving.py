"""Show the pages at a loopback address, and make them again when a PO file is saved.

Law 5: only this computer is answered, only with pages of the preview and images of the articles' folders,
and no other site in its browser can read them: a request must name this address as its host.
"""

from __future__ import annotations

import os
import re
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
from l10n.pages.linked_files import IMAGE_TYPES, way_to
from l10n.problems import L10nError

_LARGEST, _LARGEST_IMAGE = 1 << 30, 1 << 26
_INDEX, _VERSION = "index.html", ".version/"
_SHOWN = 90.0
"""Seconds for which a page counts as shown: of one behind others, a browser asks once a minute."""
_OPEN = 20
"""The most pages that are made before all others."""
_HTML = "text/html; charset=utf-8"
_FRAMES = "frame-ancestors 'none'"
_IMAGE = f"default-src 'none'; style-src 'unsafe-inline'; sandbox; {_FRAMES}"
"""The policy of an image, which may be an SVG file with a script."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class PageServer(ThreadingHTTPServer):
    """Serves the pages in a folder, and the version of each."""

    daemon_threads = True

    def __init__(self, pages: Root, articles: Iterable[Path]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        # A browser follows the way from a page to an image no further up than to the index.
        ways = ((way_to(folder, pages.path), Root.at(folder)) for folder in articles)
        self._articles = {re.sub(r"^(\.\.?(/|$))+", "", way): folder for way, folder in ways if way}
        self._asked: dict[str, float] = {}

    @property
    def address(self) -> str:
        """The address of the index."""
        return f"http://127.0.0.1:{self.server_port}/"

    def image(self, path: str) -> bytes | None:
        """Return an image of the articles' folders, or None."""
        for way, folder in self._articles.items():
            if path.startswith(f"{way}/" if way else ""):
                with suppress(L10nError):
                    return folder.read(path[len(way) + 1 if way else 0 :], _LARGEST_IMAGE)
        return None

    def version(self, page: str) -> str:
        """Return what changes when a page does, and remember that a browser shows it."""
        status = self.pages.status(page)
        if status is None:
            return ""
        self._asked[page] = monotonic()
        return str(status.st_mtime_ns)

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
        path = unquote(urlsplit(self.path).path, errors="surrogateescape").removeprefix("/") or _INDEX
        image_type = IMAGE_TYPES.get(os.path.splitext(path)[1].lower())
        if self.headers.get("Host") != f"127.0.0.1:{self.server.server_port}":
            self._answer(HTTPStatus.FORBIDDEN, b"use the address that l10n printed")
        elif path.startswith(_VERSION):
            page = path.removeprefix(_VERSION) or _INDEX
            self._answer(HTTPStatus.OK, self.server.version(page).encode())
        elif path == "favicon.ico":
            self._answer(HTTPStatus.NO_CONTENT, b"")
        elif image_type:
            self._answer_if_found(self.server.image(path), image_type, _IMAGE)
        else:
            self._answer_if_found(self._page(path), _HTML, _FRAMES)

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

    def _answer_if_found(self, found: bytes | None, kind: str, policy: str) -> None:
        if found is None:
            self._answer(HTTPStatus.NOT_FOUND, b"no such page")
        else:
            self._answer(HTTPStatus.OK, found, kind, policy)

    def _answer(self, status: HTTPStatus, body: bytes, kind: str = _HTML, policy: str = _FRAMES) -> None:
        self.send_response(status)
        for name, value in (_HEADERS | {"Content-Type": kind, "Content-Security-Policy": policy}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Print nothing: a request is no event for the user."""


@contextmanager
def served(pages: Path, articles: Iterable[Path]) -> Iterator[PageServer]:
    """Serve the pages in a folder, and the images in those of the articles, from another thread."""
    with PageServer(Root.at(pages), articles) as server:
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
