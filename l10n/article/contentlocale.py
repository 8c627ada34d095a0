"""The locale of an article: from its metadata, otherwise from the user."""

from __future__ import annotations

from l10n.article.article import Article
from l10n.locales import gettext_name
from l10n.problems import L10nError, Problem


def locale_of(article: Article, fallback: str | None) -> str:
    """Return gettext's name of the article's locale, otherwise `fallback`.

    Raises L10nError (`no-locale`, `unknown-locale`) with advice to use --locale if both are missing.
    """
    tag = article.metadata.contentlocale
    advice = "say which it is with --locale, such as --locale nb-NO"
    try:
        if tag is not None:
            return gettext_name(tag)
        reason = Problem(article.path, 1, 1, "no-locale", f"it has no ms.contentlocale; {advice}")
    except ValueError as error:
        offset = max(0, article.text.find("ms.contentlocale"))
        reason = article.problem(offset, code="unknown-locale", message=f"{error}; {advice}")
    if fallback is None:
        raise L10nError(reason)
    return fallback
