"""The findings of `check` in the formats that other programs read.

JSON; SARIF 2.1.0 (OASIS standard, https://docs.oasis-open.org/sarif/sarif/v2.1.0/), which code hosts
show beside the lines; JUnit XML, which every CI shows; workflow commands of GitHub Actions
(https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import groupby
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from l10n import __version__
from l10n.check import CheckReport
from l10n.checking import Fault
from l10n.checks import ARTICLE_CHECKS, CATALOGUE_CHECKS, CHECKS, PAGE_CHECKS, Severity
from l10n.checks.terms import glossary_checks
from l10n.glossary import Glossary
from l10n.problems import Problem

Format = Callable[[CheckReport], str]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# What XML 1.0 cannot hold, even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(report: CheckReport) -> str:
    """One object: `findings`, counts, `problems`."""
    table = {
        "command": "check",
        "files": report.files,
        "units": report.units,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "notes": report.count(Severity.NOTE),
        "accepted": report.accepted,
        "known": report.known,
        "mended": report.mended,
        "written": report.written,
        "findings": [fault.as_json() for fault in report.findings],
        "problems": [_problem(problem) for problem in report.problems],
    }
    return json.dumps(table, indent=2)


def _problem(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in ("path", "line", "column", "code", "message")}


def as_sarif(report: CheckReport) -> str:
    """A SARIF log of one run; problems with files are its notifications."""
    used = {fault.check for fault in report.findings}
    of_pairs = (*CHECKS, *ARTICLE_CHECKS, *glossary_checks(Glossary()))
    rules = [_rule(check.name, check.reason, check.severity) for check in of_pairs]
    rules += [_rule(check.name, check.reason, check.severity) for check in CATALOGUE_CHECKS]
    rules += [_rule(check.name, check.reason, check.severity) for check in PAGE_CHECKS]
    rules += [{"id": name} for name in sorted(used - {rule["id"] for rule in rules})]
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "l10n",
                "version": __version__,
                "rules": rules,
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(fault, numbers) for fault in report.findings],
        "invocations": [
            {
                "executionSuccessful": not report.problems,
                "toolExecutionNotifications": [
                    {
                        "descriptor": {"id": problem.code},
                        "level": "error",
                        "message": {"text": problem.message},
                        "locations": [_location(problem.path, problem.line, problem.column)],
                    }
                    for problem in report.problems
                ],
            }
        ],
    }
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(name: str, reason: str, severity: Severity) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": reason},
        "defaultConfiguration": {"level": severity.value},
    }


def _result(fault: Fault, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "ruleId": fault.check,
        "ruleIndex": numbers[fault.check],
        "level": fault.severity.value,
        "message": {"text": fault.message},
        "locations": [_location(fault.path, fault.line, fault.column)],
        "properties": {"unit": fault.unit},
    }


def _location(path: str, line: int, column: int) -> dict[str, Any]:
    region = {"startLine": max(1, line), "startColumn": max(1, column)}
    return {"physicalLocation": {"artifactLocation": {"uri": quote(path, safe="/")}, "region": region}}


def as_junit(report: CheckReport) -> str:
    """A JUnit report: a suite for each file, a failed case for each error and warning."""
    suites = []
    for path, faults in groupby(report.findings, key=lambda fault: fault.path):
        suites.append(_suite(path, [_case(fault) for fault in faults]))
    for path, problems in groupby(report.problems, key=lambda problem: problem.path):
        cases = [
            f"    <testcase name={_attribute(f'{p.code}:{p.line}')} classname={_attribute(path)}>\n"
            f"      <error type={_attribute(p.code)} message={_attribute(p.message)}/>\n    </testcase>"
            for p in problems
        ]
        suites.append(_suite(path, cases))
    if not suites:
        suites = [_suite("l10n check", ['    <testcase name="check" classname="l10n"/>'])]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="l10n check">\n'
        + "\n".join(suites)
        + "\n</testsuites>"
    )


def _suite(name: str, cases: list[str]) -> str:
    failures, errors = (sum(f"<{kind} " in case for case in cases) for kind in ("failure", "error"))
    counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'
    return f"  <testsuite name={_attribute(name)} {counts}>\n" + "\n".join(cases) + "\n  </testsuite>"


def _case(fault: Fault) -> str:
    text = f"{fault.path}:{fault.line}:{fault.column}\nsource: {fault.source}\ntarget: {fault.target}"
    name = f"{fault.check}:{fault.line}:{fault.column} {fault.unit}"
    head = f"    <testcase name={_attribute(name)} classname={_attribute(fault.path)}>\n"
    body = escape(_NOT_XML.sub("\ufffd", text))
    if fault.severity is Severity.NOTE:
        message = escape(_NOT_XML.sub("\ufffd", fault.message))
        return f"{head}      <system-out>{message}\n{body}</system-out>\n    </testcase>"
    kind = f"type={_attribute(fault.severity)} message={_attribute(fault.message)}"
    return f"{head}      <failure {kind}>{body}</failure>\n    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def as_github(report: CheckReport) -> str:
    """A workflow command for each finding, so that it stands beside its line."""
    lines = [
        _command(_COMMANDS[fault.severity], fault.path, fault.line, fault.column, fault.check, fault.message)
        for fault in report.findings
    ]
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
"""Those that are text for programs; the one for people needs a terminal."""


def excerpt(text: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """One line of a text that holds the span, `width` characters at most, and the span in it."""
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    line_end = min((p for p in (text.find("\n", start), text.find("\r", start)) if p >= 0), default=len(text))
    end = min(max(end, start), line_end)
    room = max(10, width)
    if line_end - line_start > room:
        first = max(line_start, min(start - (room - min(end - start, room)) // 2, line_end - room))
        last = min(line_end, first + room)
        line_start, line_end = first, last
    end = min(end, line_end)
    return text[line_start:line_end], start - line_start, max(start, end) - line_start
