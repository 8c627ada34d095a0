"""Bytes → article: units with their kinds and lines, metadata, and the problems of damaged annotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from l10n.article.article import Article
from l10n.article.foreign_text import foreign_text
from l10n.article.frontmatter import body_start, read_metadata, unix_breaks
from l10n.article.kinds import kinds_of
from l10n.article.scan import ScanFinding, scan
from l10n.article.unit import Unit

_NOT_UTF8 = (
    "this byte is not UTF-8; all bytes are kept, but units that hold such bytes cannot be "
    "translated: save the article as UTF-8"
)


def parse(data: bytes, path: str = "article.md") -> Article:
    """Read an annotated article from its bytes; any bytes give an article.

    `path` names the article in problems; its suffix decides if the file is YAML. Damage is reported in
    `Article.problems`. Never raises.
    """
    findings = []
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "surrogateescape")
        findings.append(ScanFinding(len(data[: error.start].decode()), "not-utf8", _NOT_UTF8))
    is_yaml = path.lower().endswith((".yml", ".yaml"))
    body = 0 if is_yaml else body_start(text)
    found = scan(text)
    units = _with_kinds_and_lines(text, body, found.units, is_yaml=is_yaml)
    findings += found.findings + foreign_text(units)
    metadata = read_metadata(text if is_yaml else text[:body])
    article = Article(path, text, is_yaml, body, metadata, units, tuple(found.regions))
    if not findings:
        return article
    problems = (article.problem(offset, code=code, message=message) for offset, code, message in findings)
    return replace(article, problems=tuple(sorted(problems)))


def parse_metadata(data: bytes, path: str = "article.md") -> Article:
    """Read an article without its units, in a small part of the time that `parse` takes. Never raises."""
    text = data.decode("utf-8", "surrogateescape")
    is_yaml = path.lower().endswith((".yml", ".yaml"))
    body = 0 if is_yaml else body_start(text)
    return Article(path, text, is_yaml, body, read_metadata(text if is_yaml else text[:body]), (), ())


def _with_kinds_and_lines(text: str, body: int, units: Sequence[Unit], *, is_yaml: bool) -> tuple[Unit, ...]:
    kinds = kinds_of(text, body, [(unit.start, unit.end) for unit in units], is_yaml=is_yaml)
    numbers = line_numbers(text, [unit.start for unit in units])
    return tuple(
        unit._replace(kind=kind, line=number)
        for unit, kind, number in zip(units, kinds, numbers, strict=True)
    )


def line_numbers(text: str, offsets: Sequence[int]) -> list[int]:
    """Return the 1-based line of each offset; the offsets must ascend."""
    numbers = []
    line, position = 1, 0
    text = unix_breaks(text)
    for offset in offsets:
        line += text.count("\n", position, offset)
        position = offset
        numbers.append(line)
    return numbers
