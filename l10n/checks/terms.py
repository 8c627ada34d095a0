"""Checks by a glossary: names kept, terms used, forbidden terms avoided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.glossary import Glossary, Term
from l10n.glossary.names import kept_names, name_entries
from l10n.glossary.termsearch import Form, TermEntry, TermMatch, TermSearch, longest


def glossary_checks(glossary: Glossary) -> tuple[Check, ...]:
    """Return the checks of `glossary`; they search each pair once for all of its terms."""
    search = _Search(glossary)
    return tuple(
        Check(name, severity, reason, partial(find, search)) for name, severity, reason, find in _CHECKS
    )


class _Hits(NamedTuple):
    """The terms found in a pair."""

    terms: Sequence[Term]
    source: list[TermMatch]
    """Terms in the source, the longest where several overlap; `entry` is the number of the term."""
    wanted: list[TermMatch]
    """Names and targets of any term in the target."""
    forbidden: list[TermMatch]


class _LocaleSearch:
    """The search for the terms of one locale."""

    def __init__(self, given: tuple[Term, ...]) -> None:
        terms = [t for t in given if t.do_not_translate or t.targets or t.forbidden or t.hides]
        self._terms = terms
        self._named = [number for number, term in enumerate(terms) if term.source]
        self._source = TermSearch([TermEntry(terms[n].source, case=terms[n].case) for n in self._named])
        entries: list[TermEntry] = []
        self._uses: list[tuple[int, bool]] = []
        """The number of the term of each entry of the target search, and True if the entry is forbidden."""
        for number, term in enumerate(terms):
            wanted = [TermEntry(target, Form.INFLECTED) for target in term.targets]
            wanted += name_entries(term.source) if term.do_not_translate else []
            forbidden = [TermEntry(target, Form.SUFFIXED) for target in term.forbidden]
            entries += wanted + forbidden
            self._uses += [(number, False)] * len(wanted) + [(number, True)] * len(forbidden)
        self._target = TermSearch(entries)

    def hits(self, pair: Pair) -> _Hits:
        source = longest(m._replace(entry=self._named[m.entry]) for m in self._source.find(pair.source))
        hits = _Hits(self._terms, source, [], [])
        if source or len(self._named) < len(self._terms):  # a term without source is forbidden for all
            for match in self._target.find(pair.target):
                number, is_forbidden = self._uses[match.entry]
                found = hits.forbidden if is_forbidden else hits.wanted
                found.append(match._replace(entry=number))
        return hits


class _Search:
    """The search for all locales. It keeps the hits of the last pair, since each check asks for them."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._locales: dict[str, _LocaleSearch] = {}
        self._last: tuple[Pair, _Hits] | None = None

    def __reduce__(self) -> tuple[type[_Search], tuple[Glossary]]:
        return _Search, (self._glossary,)  # the automata cannot be pickled

    def hits(self, pair: Pair) -> _Hits:
        if self._last is None or self._last[0] is not pair:
            if pair.locale not in self._locales:
                self._locales[pair.locale] = _LocaleSearch(self._glossary.for_locale(pair.locale))
            self._last = pair, self._locales[pair.locale].hits(pair)
        return self._last[1]


def _lost_names(search: _Search, pair: Pair) -> Iterator[Finding]:
    """Report names of the source that are missing in the target."""
    for name, _, kept in _names(pair, search.hits(pair)):
        if not kept:
            yield Finding(f"the name {name} is missing; do not translate it")


def _fewer_names(search: _Search, pair: Pair) -> Iterator[Finding]:
    """Report names that occur in the target, but less often: a translation may use a name only once."""
    for name, times, kept in _names(pair, search.hits(pair)):
        if 0 < kept < times:
            yield Finding(f"the name {name} occurs only {kept} of {times} times; do not translate it")


def _names(pair: Pair, hits: _Hits) -> Iterator[tuple[str, int, int]]:
    """Yield each name of the source, how often it occurs there, and how often in the target."""
    needed = Counter(m.entry for m in hits.source if hits.terms[m.entry].do_not_translate)
    kept = kept_names(hits.wanted, needed, pair.target)
    for number, times in needed.items():
        yield hits.terms[number].source, times, kept[number]


def _missing_terms(search: _Search, pair: Pair) -> Iterator[Finding]:
    hits = search.hits(pair)
    found = {match.entry for match in hits.wanted}
    for number in dict.fromkeys(match.entry for match in hits.source):
        term = hits.terms[number]
        if term.targets and not term.do_not_translate and number not in found:
            yield Finding(f"translate {term.source} as {' or '.join(term.targets)}")


def _forbidden_terms(search: _Search, pair: Pair) -> Iterator[Finding]:
    """Report forbidden terms, unless they are part of a wanted one."""
    hits = search.hits(pair)
    named = {match.entry for match in hits.source}
    forbidden = {m for m in hits.forbidden if not hits.terms[m.entry].source or m.entry in named}
    wanted = {match[:2] for match in hits.wanted}
    for match in longest([*hits.wanted, *forbidden]):
        if match not in forbidden or match[:2] in wanted:
            continue
        term = hits.terms[match.entry]
        names = [term.source] if term.do_not_translate else term.targets
        advice = " or ".join(names) if names else "another word"
        word = pair.target[match.start : match.end]
        yield Finding(f"the glossary forbids {word}; use {advice}", match.start, match.end)


_CHECKS = (
    (
        "do-not-translate",
        Severity.ERROR,
        "Readers do not find a product under a translated name.",
        _lost_names,
    ),
    (
        "fewer-names",
        Severity.WARNING,
        "If a name occurs less often than in the source, one occurrence may have been translated.",
        _fewer_names,
    ),
    ("term-missing", Severity.WARNING, "A term with two translations looks like two things.", _missing_terms),
    ("forbidden-term", Severity.WARNING, "The glossary forbids the term.", _forbidden_terms),
)
