"""Findings of `check`, as its JSON reports them."""

from __future__ import annotations

from tests.helpers.command import Run

NUMBER = ("Vent 51 minutter.", "Wait 15 minutes.")


def found(run: Run) -> list[tuple[str, int, int, str]]:
    return [(f["check"], f["line"], f["column"], f["unit"]) for f in run.json["findings"]]
