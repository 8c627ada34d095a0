"""The baseline: known findings and problems, so that CI fails on new ones only.

The key of a finding is its file, its check and a fingerprint of its source and target; that of a problem is
its file, its code and a fingerprint of its message. Line numbers do not matter. Law 4: the file is sorted, so
the same findings give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from l10n.catalogue import fingerprint
from l10n.files import Root
from l10n.limits import BASELINE_BYTES
from l10n.problems import L10nError, Problem
from l10n.writing import FileKind

BASELINE = FileKind("a baseline of l10n", re.compile(rb'\s*\{\s*"findings"\s*:\s*\{').match)
"""The only kind of file that a baseline may replace."""
Key = tuple[str, str, str]
"""Path, check or code, fingerprint."""


def key(path: str, check: str, source: str, target: str) -> Key:
    """Return the key of a finding."""
    return path, check, fingerprint(f"{source}\0{target}")


def problem_key(problem: Problem) -> Key:
    """Return the key of a problem."""
    return problem.path, problem.code, fingerprint(problem.message)


def read_baseline(path: Path) -> tuple[Counter[Key], Counter[Key]]:
    """Read how often each finding and each problem is known.

    Raises L10nError (`bad-baseline`, `cannot-read`, `too-large`).
    """
    root = Root.at(path.parent)
    data = root.read(path.name, BASELINE_BYTES)
    try:
        table: Any = json.loads(data)
        return _counted(table["findings"]), _counted(table.get("problems", {}))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        label = root.label(path.name)
        advice = "restore it from version control, or remove it and write a new one with --write-baseline"
        message = f"not a baseline of l10n; {advice}"
        raise L10nError(Problem(label, 1, 1, "bad-baseline", message)) from error


def _counted(table: Any) -> Counter[Key]:
    return Counter(
        {
            (str(name), str(check), str(mark)): int(count)
            for name, checks in table.items()
            for check, marks in checks.items()
            for mark, count in marks.items()
        }
    )


def write_baseline(path: Path, findings: Iterable[Key], problems: Iterable[Key]) -> None:
    """Write findings and problems as known; raises L10nError (`other-kind`, those of `Root.rewrite`)."""
    table = {"findings": _tree(findings)}
    if known := _tree(problems):
        table["problems"] = known
    data = json.dumps(table, indent=1, ensure_ascii=False, sort_keys=True)
    Root.at(path.parent).write(path.name, (data + "\n").encode("utf-8", "surrogateescape"), BASELINE)


def _tree(keys: Iterable[Key]) -> dict[str, dict[str, dict[str, int]]]:
    tree: dict[str, dict[str, dict[str, int]]] = {}
    for (name, check, mark), count in sorted(Counter(keys).items()):
        tree.setdefault(name, {}).setdefault(check, {})[mark] = count
    return tree
