"""The articles of PO files, those first where a review pays most: by words times risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from l10n import po
from l10n.catalogue import Message
from l10n.checks import Check
from l10n.checks.message_checks import MessageChecks
from l10n.printable import printable
from l10n.problems import L10nError
from l10n.risk import model_of, risks
from l10n.words import count


@dataclass(slots=True)
class ArticleStatus:
    """The progress of an article; a message that is in several articles counts in each."""

    path: str
    """As the user would name it; the PO file's name for messages without a reference."""
    locale: str
    file: str
    """Its PO file, as the user would name it."""
    messages: int = 0
    reviewed: int = 0
    certain: int = 0
    """Messages with an error, or without a translation: those of risk 1."""
    words: int = 0
    """Of the sources."""
    words_to_review: int = 0
    """Of the sources of messages with a risk."""
    risk: float = 0.0
    """The sum of words times risk, in words."""

    @property
    def percent(self) -> int:
        """Reviewed messages of all, rounded down."""
        return 100 * self.reviewed // self.messages


@dataclass(slots=True)
class ArticleList:
    """Collects the articles of PO files; the messages of a locale are compared with each other."""

    checks: Sequence[Check] | None
    """The checks whose errors come first; by default CHECKS."""
    _by_locale: dict[str, list[tuple[po.PoFile, Message]]] = field(default_factory=dict)
    _labels: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, file: po.PoFile) -> None:
        """Add the messages of a PO file. Raises L10nError if it has no locale."""
        active = [message for message in file.catalogue.messages if not message.obsolete]
        self._by_locale.setdefault(file.locale, []).extend((file, message) for message in active)

    def in_order(self) -> list[ArticleStatus]:
        """Return the articles, those with the most words times risk first."""
        found: dict[tuple[str, str], ArticleStatus] = {}
        checks = MessageChecks(self.checks)
        for locale, pairs in self._by_locale.items():
            messages = [message for _, message in pairs]
            found_risks = risks(messages, locale, checks, model_of(messages))
            for (file, message), risk in zip(pairs, found_risks, strict=True):
                for path in self._articles_of(file, message):
                    key = locale, path
                    if key not in found:
                        found[key] = ArticleStatus(path, locale, file.label)
                    _count(found[key], message, risk)
        for article in found.values():
            article.risk = round(article.risk, 1)
        return sorted(found.values(), key=lambda one: (-one.risk, one.path, one.locale))

    def _articles_of(self, file: po.PoFile, message: Message) -> set[str]:
        """Return the articles of a message as the user would name them."""
        for path in {place.path for place in message.places}:
            if (file.label, path) not in self._labels:  # to make one takes long
                self._labels[file.label, path] = _label(file, path)
        return {self._labels[file.label, place.path] for place in message.places} or {file.label}


def _label(file: po.PoFile, path: str) -> str:
    try:
        return file.root.label(path)
    except L10nError:
        return printable(path)  # only the name is wanted, and that it has


def _count(article: ArticleStatus, message: Message, risk: float) -> None:
    words = count(message.source)
    article.messages += 1
    article.reviewed += message.is_reviewed
    article.certain += risk == 1
    article.words += words
    article.words_to_review += words * (risk > 0)
    article.risk += words * risk
