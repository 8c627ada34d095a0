"""The risk of the articles: words times risk of their messages, as `status --by article` has it.

The messages of a locale are compared with each other, so one review may change the risk of all articles.
While no message of the locale changes, the risks of the last run hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from l10n.catalogue import Message
from l10n.checks import Severity
from l10n.checks.message_checks import MessageChecks
from l10n.jobs.rebuild_article import Task
from l10n.pages.page_job import Known, Made, PageJob, severity_of
from l10n.risk import RiskModel, model_of, rated, score_of
from l10n.words import count
from l10n.work import Work


def risk_keys(works: Iterable[Work], keys_of_messages: Iterable[bytes], common_key: bytes) -> dict[str, str]:
    """Return by locale a key of all that the risk of its messages depends on.

    `keys_of_messages` has one of all messages of each PO file.
    """
    keys: dict[str, bytes] = {}
    for work, key_of_messages in zip(works, keys_of_messages, strict=True):
        keys[work.locale] = keys.get(work.locale, common_key) + key_of_messages
    return {locale: blake2b(key, digest_size=16).hexdigest() for locale, key in keys.items()}


def models_of(works: Sequence[Work], locales: Iterable[str]) -> dict[str, RiskModel | None]:
    """Return the model of each of the locales; None for one with too little human text."""
    return {
        locale: model_of(
            message for work in works if work.locale == locale for message in work.candidates.messages
        )
        for locale in locales
    }


def with_risks(job: PageJob, made: Sequence[Made]) -> list[Known]:
    """Return the pages of the articles with their risks."""
    risks = _risks(job, made)
    pages = []
    for one in made:
        if page := one.known:
            locale, name = page.listed.locale, page.listed.name
            risk = risks.get(one.task, 0.0) if locale in job.models else job.known[name].listed.risk
            pages.append(page._replace(listed=page.listed._replace(risk=risk)))
    return pages


def _risks(job: PageJob, made: Sequence[Made]) -> dict[Task, float]:
    """Return the risk of each article in a locale whose risks are not known."""
    works = job.rebuilder.works
    parts = _parts(job, made)
    risks: dict[int, list[float]] = {}
    for locale in job.models:
        own = [number for number, work in enumerate(works) if work.locale == locale]
        messages = [message for number in own for message in works[number].candidates.messages]
        severities = [one for number in own for one, _ in parts[number]]
        scores = [one for number in own for _, one in parts[number]]
        found = iter(rated(messages, severities, scores))
        for number in own:
            risks[number] = [next(found) for _ in parts[number]]
    return {
        one.task: _sum(
            (works[one.task.work].candidates.messages[number], risks[one.task.work][number])
            for number in sorted(job.messages[one.task].numbers)
        )
        for one in made
        if one.task.work in risks
    }


def _parts(job: PageJob, made: Iterable[Made]) -> list[list[tuple[Severity | None, float | None]]]:
    """Return worst severity and score of each message of each PO file."""
    found: dict[tuple[int, int], tuple[Severity | None, float | None]] = {}
    for one in made:
        if one.risky:
            numbers = job.messages[one.task].numbers
            for number, letter, score in zip(numbers, one.risky.severities, one.risky.scores, strict=True):
                found[one.task.work, number] = severity_of(letter), score
    checks = MessageChecks(job.checks)

    def part(message: Message, locale: str) -> tuple[Severity | None, float | None]:
        """Return those of a message of no article that was read."""
        worst = checks.worst(message, locale)
        return worst, score_of(message, worst, job.models[locale])

    return [
        [
            found.get((number, one)) or part(message, work.locale)
            for one, message in enumerate(work.candidates.messages)
        ]
        if work.locale in job.models
        else []
        for number, work in enumerate(job.rebuilder.works)
    ]


def _sum(messages: Iterable[tuple[Message, float]]) -> float:
    total = 0.0
    for message, risk in messages:
        total += count(message.source) * risk if risk else 0
    return round(total, 1)
