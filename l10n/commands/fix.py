"""Mends what can be mended with certainty in PO files, and leaves it to the reviewer.

A mend puts back what the source has where exactly one thing differs, writes a backslash, or takes
out white space. It is proved by the checks (its finding is gone, and there is none that was not there
before) and by what merge asks of every translation. A message is mended until nothing is left to mend,
so that a second run changes nothing (law 4).

Law 2: only messages that need review are mended; they stay fuzzy, and the text that the machine
wrote is in the comment.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from l10n import po
from l10n.article.kinds import Kind
from l10n.article.openings import without_opening
from l10n.article.surroundings import Surroundings
from l10n.article.target_faults import Texts, block_fault, line_fault, span_fault, text_fault
from l10n.catalogue import Catalogue, Message
from l10n.checks import CHECKS, Check, Pair
from l10n.checks.message_checks import accepted_in, pair_of
from l10n.checks.runner import CheckRunner, with_own_severities
from l10n.checks.tokens import Token, missing, read
from l10n.excluded import Excluded
from l10n.files import Root
from l10n.inputs import find_inputs
from l10n.printable import printable
from l10n.problems import Problem, isolated

_SPLIT = re.compile(
    r"\](?:[ \t\u00a0\u202f\u3000]++\([ \t]*+|[ \t\u00a0\u3000]*+\uff08)"
    r"([^\s()\uff08\uff09]++)[ \t]*+[)\uff09]"
)
_NO_ADDRESS = re.compile(
    r"<(?:https?|ftp|mailto|file):/{0,2}>(?:[ ]?</(?:https?|ftp|mailto|file):/{0,2}>)?", re.I
)
_MOST_ROUNDS = 10
_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}+(?=\S)")
_SPACED_ESCAPE = re.compile(r"\\[ \u00a0\u3000]++(?=[!-/:-@\[-`{-~])")
_SPACED_ENTITY = re.compile(
    r"&[ \u00a0]*+(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8})[ \u00a0]*+;", re.IGNORECASE | re.ASCII
)


class Mend(NamedTuple):
    """A mended target, and the checks whose findings are gone."""

    target: str
    checks: tuple[str, ...]


@dataclass(slots=True)
class FixReport:
    """The result of a `fix`."""

    mended: int = 0
    """Messages that have a new translation to review."""
    written: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def fix(
    inputs: Sequence[Path], *, checks: Sequence[Check] | None = None, exclude: Excluded | None = None
) -> FixReport:
    """Mend the messages of the PO files in `inputs` that need review; articles are not changed.

    `checks` are those whose findings are mended, by default CHECKS. What `exclude` holds in folders is left
    out. Problems are in the report, also that there are no PO files (`no-catalogues`).
    """
    report = FixReport()
    found = find_inputs(inputs, exclude=exclude)
    report.problems = found.problems
    if found.files and not found.po_files:
        message = (
            "only PO files are mended, and there are none here: run l10n extract on the articles, "
            "l10n check --fix on the PO files, and l10n merge"
        )
        report.problems.append(Problem(printable(inputs[0].as_posix()), 1, 1, "no-catalogues", message))
    for reference in found.po_files:
        with isolated(found.root.label(reference), report.problems):
            _fix_file(found.root, reference, CHECKS if checks is None else checks, report)
    return report


def _fix_file(root: Root, reference: str, checks: Sequence[Check], report: FixReport) -> None:
    mended = 0

    def change(file: po.PoFile | None) -> Catalogue | None:
        nonlocal mended
        if file is None:
            return None  # it was there a moment ago
        mended = sum(_fix_message(message, file.locale, checks) for message in file.catalogue.messages)
        return file.catalogue if mended else None

    if po.save(root, reference, change).is_written:
        report.mended += mended
        report.written.append(root.label(reference))


def _fix_message(message: Message, locale: str, checks: Sequence[Check]) -> bool:
    if not message.fuzzy or message.obsolete or not message.translation:
        return False
    accepted = accepted_in(message.comment)
    found = mend(pair_of(message, locale), [check for check in checks if check.name not in accepted])
    if found is None or "\0" in found.target:
        return False
    note = f"l10n: mended {', '.join(found.checks)}; it was:\n{message.translation}"
    if accepted_in(note):
        return False  # the machine's text would be taken for a reviewer's word
    message.comment = f"{message.comment}\n{note}" if message.comment else note
    message.translation = found.target
    return True


def mend(pair: Pair, checks: Sequence[Check] = CHECKS) -> Mend | None:
    """The pair's target with all mended that can be with certainty; None if there is nothing."""
    target = pair.target
    mended: list[str] = []
    for _ in range(_MOST_ROUNDS):
        names = []
        for check in checks:
            candidate = _mended(pair._replace(target=target), check)
            if candidate is not None and _is_taken(pair, candidate):
                target = candidate
                names.append(check.name)
        if not names:
            return Mend(target, tuple(mended)) if mended else None
        mended += [name for name in names if name not in mended]
    return None  # mends that undo each other are no mends


def _mended(pair: Pair, check: Check) -> str | None:
    """The target without the findings of `check`, and with no others than it has; None if it cannot be."""
    mender = _MENDERS.get(check.name)
    if mender is None or not any(True for _ in check.find(pair)):
        return None
    candidate = mender(pair)
    if candidate is None or candidate == pair.target:
        return None
    left = _findings(pair._replace(target=candidate), CHECKS)
    is_proved = not any(name == check.name for name, _ in left) and not left - _findings(pair, CHECKS)
    return candidate if is_proved else None


def _is_taken(pair: Pair, target: str) -> bool:
    """Return True if merge would accept `target`, also at the beginning of a block."""
    texts = Texts(target, pair.source, pair.target)
    kind = Kind(pair.kind) if pair.kind in set(Kind) else Kind.PARAGRAPH
    fault = span_fault(target, pair.target) or line_fault(texts, kind) or text_fault(texts, kind)
    return fault is None and block_fault(texts, kind, Surroundings("", "")) is None


def _findings(pair: Pair, checks: Sequence[Check]) -> Counter[tuple[str, str]]:
    runner = CheckRunner(with_own_severities(checks))
    return Counter((one.check, one.finding.message) for one in runner.findings(pair))


Mender = Callable[[Pair], str | None]


def _one_other(wanted: list[Token], given: list[Token], target: str) -> str | None:
    """The target with the one token that differs as the source has it."""
    lost, added = missing(wanted, given)
    if len(lost) != 1 or len(added) != 1:
        return None
    new = added[0]
    if target[new.start : new.end] == new.text:
        return target[: new.start] + lost[0].text + target[new.end :]
    # A code span is compared by the text between its backticks.
    inside = target[new.start : new.end]
    return target[: new.start] + inside.replace(new.text, lost[0].text, 1) + target[new.end :]


def _destination(pair: Pair) -> str | None:
    wanted = [link.destination for link in read(pair.source).links]
    given = [link.destination for link in read(pair.target).links]
    return _one_other(wanted, given, pair.target)


def _url(pair: Pair) -> str | None:
    residue = _NO_ADDRESS.findall(pair.target)
    wanted = read(pair.source).urls
    if residue:
        # `<https:></https:>` is what a machine leaves of `<https://…>`: clear only if there is one address.
        if len(residue) != 1 or len(wanted) != 1:
            return None
        return _NO_ADDRESS.sub(lambda _: wanted[0].text, pair.target)
    return _one_other(read(pair.source).urls, read(pair.target).urls, pair.target)


def _code(pair: Pair) -> str | None:
    if not read(pair.target).code:
        return None
    return _one_other(read(pair.source).code, read(pair.target).code, pair.target)


def _split(pair: Pair) -> str | None:
    wanted = {link.destination.text for link in read(pair.source).links}
    return _SPLIT.sub(lambda match: f"]({match[1]})" if match[1] in wanted else match[0], pair.target)


def _double_space(pair: Pair) -> str | None:
    prose = read(pair.target).prose
    parts, position = [], 0
    for match in _SPACES.finditer(prose):
        parts += [pair.target[position : match.start()], " "]
        position = match.end()
    return "".join([*parts, pair.target[position:]])


def _edge_space(pair: Pair) -> str | None:
    target = pair.target
    if not pair.source[:1].isspace():
        target = target.lstrip()
    return target if pair.source[-1:].isspace() else target.rstrip()


def _escape(pair: Pair) -> str | None:
    mended = _SPACED_ESCAPE.sub(r"\\", pair.target)
    if mended != pair.target:
        return mended
    wanted = Counter(token.text[1] for token in read(pair.source).escapes)
    given = Counter(token.text[1] for token in read(pair.target).escapes)
    lost = [character for character, count in wanted.items() if count == given[character] + 1]
    if len(lost) != 1 or pair.target.count(lost[0]) != 1:
        return None
    return pair.target.replace(lost[0], "\\" + lost[0])


def _entity(pair: Pair) -> str | None:
    return _SPACED_ENTITY.sub(r"&\1;", pair.target)


def _block_start(pair: Pair) -> str | None:
    first, line_break, rest = pair.target.partition("\n")
    return without_opening(first) + line_break + rest


_MENDERS: dict[str, Mender] = {
    "link-destination": _destination,
    "link-locale": lambda pair: _destination(pair) or _url(pair),
    "link-split": _split,
    "url": _url,
    "code-span": _code,
    "escape": _escape,
    "entity": _entity,
    "double-space": _double_space,
    "edge-space": _edge_space,
    "block-start": _block_start,
}
"""By the name of the check whose finding they mend."""
