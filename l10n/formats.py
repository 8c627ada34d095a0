"""Format the findings of `check` for other programs.

- JSON
- SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), which code hosts show next to the lines
- JUnit XML, which every CI shows
- workflow commands of GitHub Actions
  (https://docs.github.com/actions/reference/workflow-commands-for-github-actions)
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from l10n import __version__
from l10n.cache import digest
from l10n.checks import (
    ARTICLE_CHECKS,
    CATALOGUE_CHECKS,
    CHECKS,
    PAGE_CHECKS,
    CatalogueCheck,
    Check,
    PageCheck,
    Severity,
)
from l10n.checks.explanations import explanation
from l10n.checks.terms import glossary_checks
from l10n.commands.check import CheckReport
from l10n.glossary import Glossary
from l10n.jobs.check_article import Fault
from l10n.printable import printable
from l10n.problems import Problem

Format = Callable[[CheckReport, Severity], str]
"""Formats a report; a finding of at least the given severity makes the exit code 1."""

_SHOWN = 300
"""Maximum length of a source or target in a report, in characters."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# Characters that XML 1.0 does not allow, even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(report: CheckReport, fail_on: Severity) -> str:
    """Return one JSON object: `findings`, counts, `problems`."""
    counts = ("plain", "accepted", "known", "excluded", "mended", "written")
    table = {
        "command": "check",
        "files": report.files,
        "units": report.units,
        **{f"{severity}s": report.count(severity) for severity in Severity},
        **{name: getattr(report, name) for name in counts},
        "findings": [fault.as_json() for fault in report.findings],
        "problems": [asdict(problem) for problem in report.problems],
    }
    return json.dumps(table, indent=2)


def as_sarif(report: CheckReport, fail_on: Severity) -> str:
    """Return a SARIF log of one run; problems with files are its notifications."""
    checks: Sequence[Check | CatalogueCheck | PageCheck] = (
        *CHECKS,
        *ARTICLE_CHECKS,
        *glossary_checks(Glossary()),
        *CATALOGUE_CHECKS,
        *PAGE_CHECKS,
    )
    found = {fault.check for fault in report.findings}
    rules: list[dict[str, Any]] = [
        {
            "id": check.name,
            "shortDescription": {"text": check.reason},
            "help": _help(check.name, found),
            "defaultConfiguration": {"level": check.severity.value},
        }
        for check in checks
    ]
    custom = found.difference(check.name for check in checks)
    rules += [{"id": name} for name in sorted(custom)]
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "l10n", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(fault, numbers) for fault in report.findings],
        "invocations": [
            {
                "executionSuccessful": not report.problems,
                "toolExecutionNotifications": [_notification(problem) for problem in report.problems],
            }
        ],
    }
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2)


def _help(name: str, found: Collection[str]) -> dict[str, str]:
    """Return what a code host shows beside a finding; in full only for checks that found something."""
    text = f"l10n check --explain {name}"
    return {"text": text, "markdown": explanation(name)} if name in found else {"text": text}


def _notification(problem: Problem) -> dict[str, Any]:
    return {
        "descriptor": {"id": problem.code},
        "level": "error",
        "message": {"text": problem.message},
        "locations": [_location(problem.path, problem.line, problem.column)],
    }


def _result(fault: Fault, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "ruleId": fault.check,
        "ruleIndex": numbers[fault.check],
        "level": fault.severity.value,
        "message": {"text": fault.message},
        "locations": [_location(fault.path, fault.line, fault.column, _width(fault))],
        "partialFingerprints": {"l10nPair/v1": _fingerprint(fault)},
        "properties": {"unit": fault.unit},
    } | ({"relatedLocations": [_location(*fault.article, 1)]} if fault.article else {})


def _width(fault: Fault) -> int:
    """Return the number of characters of the faulty part, if it stands in the file as it is; else 0."""
    part = fault.target[fault.start : fault.end]
    return 0 if fault.article or "\n" in part or "\r" in part else len(part)


def _fingerprint(fault: Fault) -> str:
    """Return what stays when lines move: by it a code host knows a finding again."""
    parts = "\0".join((fault.check, fault.source, fault.target, str(fault.start)))
    return digest(parts.encode("utf-8", "surrogatepass")).hex()


def _location(path: str, line: int, column: int, width: int = 0) -> dict[str, Any]:
    region = {"startLine": max(1, line), "startColumn": max(1, column)}
    region |= {"endColumn": max(1, column) + width} if width else {}
    return {"physicalLocation": {"artifactLocation": {"uri": quote(path, safe="/")}, "region": region}}


def as_junit(report: CheckReport, fail_on: Severity) -> str:
    """Return a JUnit report: a suite for each file and a case for each finding.

    A case fails if its finding makes the exit code 1. Case names contain no line number, so a CI
    recognizes them when lines move.
    """
    suites = []
    for path, faults in groupby(report.findings, key=lambda fault: fault.path):
        names = _Names()
        suites.append(_suite(path, [_case(fault, names.of(fault), fail_on) for fault in faults]))
    for path, problems in groupby(report.problems, key=lambda problem: problem.path):
        names = _Names()
        suites.append(_suite(path, [_error(problem, names.unique(problem.code)) for problem in problems]))
    if not suites:
        suites = [_suite("l10n check", ['    <testcase name="check" classname="l10n"/>'])]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="l10n check">\n'
        + "\n".join(suites)
        + "\n</testsuites>"
    )


class _Names:
    """Unique names for the cases of one suite."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()

    def of(self, fault: Fault) -> str:
        """Return a name from the check and the unit, or the message if the finding has no unit."""
        return self.unique(f"{fault.check} {fault.unit or fault.message}")

    def unique(self, name: str) -> str:
        """Return `name`, with a number if it was used before."""
        self._times[name] += 1
        return name if self._times[name] == 1 else f"{name} #{self._times[name]}"


def _suite(name: str, cases: list[str]) -> str:
    failures, errors = (sum(f"<{kind} " in case for case in cases) for kind in ("failure", "error"))
    counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'
    return f"  <testsuite name={_attribute(name)} {counts}>\n" + "\n".join(cases) + "\n  </testsuite>"


def _case(fault: Fault, name: str, fail_on: Severity) -> str:
    # Long texts are cut: a unit can have as many findings as letters (law 5).
    source, target = (printable(text[:_SHOWN]) for text in (fault.source, fault.target))
    body = _element(f"{fault.path}:{fault.line}:{fault.column}\nsource: {source}\ntarget: {target}")
    head = f"    <testcase name={_attribute(name)} classname={_attribute(fault.path)}>\n"
    if not fault.severity.is_as_bad_as(fail_on):
        message = _element(f"{fault.severity}: {fault.message}")
        return f"{head}      <system-out>{message}\n{body}</system-out>\n    </testcase>"
    kind = f"type={_attribute(fault.severity)} message={_attribute(fault.message)}"
    return f"{head}      <failure {kind}>{body}</failure>\n    </testcase>"


def _error(problem: Problem, name: str) -> str:
    message = f"{problem.line}:{problem.column}: {problem.message}"
    return (
        f"    <testcase name={_attribute(name)} classname={_attribute(problem.path)}>\n"
        f"      <error type={_attribute(problem.code)} message={_attribute(message)}/>\n    </testcase>"
    )


def _element(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def as_github(report: CheckReport, fail_on: Severity) -> str:
    """Return a workflow command for each finding, which GitHub shows next to the line."""
    lines = []
    for fault in report.findings:
        article = f" ({fault.article[0]}:{fault.article[1]})" if fault.article else ""
        place = (fault.path, fault.line, fault.column)
        lines.append(_command(_COMMANDS[fault.severity], *place, fault.check, fault.message + article))
    lines += [_command("error", p.path, p.line, p.column, p.code, p.message) for p in report.problems]
    return "\n".join(lines)


def _command(kind: str, path: str, line: int, column: int, title: str, message: str) -> str:
    properties = {"file": path, "line": str(line), "col": str(column), "title": title}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{kind} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Format] = {"json": as_json, "sarif": as_sarif, "junit": as_junit, "github": as_github}
"""The formats for programs; `cli.check` prints the one for people."""
