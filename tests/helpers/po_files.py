"""Read, edit and compare PO files in a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from l10n import ExtractReport, MergeReport, po
from l10n.catalogue import Catalogue, Message
from tests.helpers.articles import article


def edit(path: Path, change: Callable[[Message], Message | None]) -> None:
    """Change the messages of a PO file as a reviewer would."""
    catalogue = po.read(path.read_bytes(), str(path))
    messages = [change(message) or message for message in catalogue.messages]
    path.write_bytes(po.write(Catalogue(messages, catalogue.header, catalogue.header_comment)))


def messages(path: Path) -> list[Message]:
    return po.read(path.read_bytes(), str(path)).messages


def codes(report: ExtractReport | MergeReport) -> list[str]:
    return [problem.code for problem in report.problems]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def deliver(pairs: list[tuple[str, str]], name: str = "a.md", date: str = "01/02/2021") -> None:
    text = article(*pairs).replace("ms.contentlocale", f"ms.lasthandoff: {date}\nms.contentlocale")
    Path("articles").mkdir(exist_ok=True)
    Path("articles", name).write_text(text, encoding="utf-8")
