"""Check of the language of a text, by its script or its commonest words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.pair import Check, Finding, Pair, Severity
from l10n.checks.script import has_letter_of, plain_words, scripts
from l10n.checks.tokens import read
from l10n.locales import language_of, script_name, script_of

_WORD = re.compile(r"[^\W\d_]++")
# The commonest words of each language. Close relatives are in one group, because they share words.
_COMMON = {
    ("en",): "the of and to is that for you with this are be your from when can will not have which",
    ("nb", "nn", "no", "da"): "og er det som på til av for med den ikke en et du kan hvis eller fra når har",
    ("sv",): "och är det som på till av för med den inte en ett du kan om eller från när har att",
    ("de",): "der die das und ist nicht mit den für von zu sie auf ein eine werden oder wenn im dem kann",
    ("nl", "af"): "de het een en van is dat op te voor met niet zijn als u kan naar aan wordt of die",
    ("fr",): "le la les des et est une un que pour dans vous sur pas avec du ne qui votre ce ou",
    ("es", "gl", "ast", "ca"): "el la los las de que y en un una para con por es se no su del al como si",
    ("pt",): "o a os as de que e em um uma para com por não se do da ao no na você seu",
    ("it",): "il la gli le di che e un una per con non si del della in da sono nel alla è",
    ("pl",): "i w na z do nie się że jest to aby lub o dla można oraz jak po tego przez",
    ("cs", "sk"): "a v na je se že s z do nebo pro k jako po tento není můžete když pomocí",
    ("tr",): "ve bir bu için ile olarak da de daha veya olan gibi her kadar sonra değil en çok",
    ("fi",): "ja on ei että se voi tai jos kun myös sen ovat käyttää mutta kuin voit",
    ("hu",): "a az és hogy nem egy is vagy ha meg van ezt azt mint el lehet",
    ("ro",): "de și în la cu pe un o nu este pentru care din sau să dacă sunt",
    ("sr", "hr", "bs", "sl"): "i u na je da se za ne su ili od sa ako koji što možete kao biste iz",
    ("id", "ms"): "dan yang di untuk dengan ini itu dari anda tidak atau pada akan dapat jika ke",
    ("vi",): "và của là có không được cho một các này trong để bạn với hoặc khi đã",
}
_LANGUAGES = {language: words for languages, words in _COMMON.items() for language in languages}
_SETS = {words: frozenset(words.split()) for words in _COMMON.values()}
_SHORTEST = 6


def _wrong_language(pair: Pair) -> Iterator[Finding]:
    is_latin = "LATIN" in scripts(pair.locale)
    if pair.source != pair.target:
        yield from (_other_latin if is_latin else _other_script)(pair)


def _other_script(pair: Pair) -> Iterator[Finding]:
    """Report a text of several words without a letter of the locale's script."""
    prose = read(pair.target).prose
    if sum(map(len, _WORD.findall(prose))) < 12 or has_letter_of(prose, pair.locale):
        return
    if len(plain_words(read(pair.source).prose)) >= 3 and len(plain_words(prose)) >= 2:
        name = script_name(script_of(pair.locale))
        yield Finding(f"the text has no letter of the locale's script ({name}); translate it")


def _other_latin(pair: Pair) -> Iterator[Finding]:
    """Report a text with none of the commonest words of the locale and several of another language."""
    own = _LANGUAGES.get(language_of(pair.locale))
    found = [word.lower() for word in _WORD.findall(read(pair.target).prose)]
    distinct = set(found)
    if own is None or len(found) < _SHORTEST or not _SETS[own].isdisjoint(distinct):
        return
    for languages, words in _COMMON.items():
        shared = distinct & _SETS[words]
        if len(shared) >= 3 and 5 * len(shared) >= len(distinct):
            yield Finding(f"the text seems to be in another language ({languages[0]}); translate it")
            return


LANGUAGE_CHECKS = (
    Check(
        "wrong-language", Severity.ERROR, "The text is in another language than its locale.", _wrong_language
    ),
)
