"""Locale names: the publisher's tag → gettext's name, language, plural forms, from Babel's data.

gettext and Poedit know `nb_NO`, `zh_TW` and `sr_RS@latin`; they do not understand a script as a separate part
(`sr_Latn_RS`, `zh_Hant`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from babel import localedata
from babel.core import Locale, UnknownLocaleError, get_global, parse_locale

# ISO 15924 code → glibc's and gettext's modifier for it, for languages with two scripts.
_SCRIPT_MODIFIERS = {"Latn": "latin", "Cyrl": "cyrillic", "Arab": "arabic", "Deva": "devanagari"}
_TAG = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
# Chinese is distinguished by territory alone.
_CHINESE_TERRITORY = {"Hans": "CN", "Hant": "TW"}


@cache
def gettext_name(tag: str) -> str:
    """Return gettext's name of a locale: `nb-NO` → `nb_NO`, `sr-Latn-RS` → `sr_RS@latin`.

    Accepts the publisher's tag or a gettext name. Raises ValueError, with the reason, for a text that names
    no locale.
    """
    base, _, modifier = tag.partition("@")
    if not _TAG.fullmatch(base):  # Babel takes the part after a dot for a charset
        raise ValueError(f"{tag!r} is not the form of a locale, such as nb-NO")
    try:
        language, territory, script, variant = parse_locale(base.replace("_", "-"), sep="-")[:4]
    except ValueError:
        raise ValueError(f"{tag!r} is not the form of a locale, such as nb-NO") from None
    if modifier:
        scripts = [code for code, name in _SCRIPT_MODIFIERS.items() if name == modifier]
        if not scripts or script:
            raise ValueError(f"{tag!r} has a modifier that is not known")
        script = scripts[0]
    if alias := get_global("language_aliases").get(language):  # iw → he, prs → fa_AF
        language, _, usual_territory = alias.partition("_")
        territory = territory or usual_territory or None
    _check_known(tag, language, territory, script, variant)
    if language == "zh" and not territory:
        territory = _CHINESE_TERRITORY.get(script or "Hans")
    name = f"{language}_{territory}" if territory else language
    if script and language != "zh" and script != _usual_script(language, territory):
        name += "@" + _SCRIPT_MODIFIERS.get(script, script.lower())
    return name


def is_gettext_name(name: str) -> bool:
    """Return True if `gettext_name` could return `name`."""
    try:
        return gettext_name(name) == name
    except ValueError:
        return False


def _check_known(
    tag: str, language: str, territory: str | None, script: str | None, variant: str | None
) -> None:
    if territory and not (script or variant) and localedata.exists(f"{language}_{territory}"):
        return  # as mostly; the names of all languages take long to load
    known = Locale("en")
    is_known = language in known.languages or localedata.exists(language)
    if language in ("und", "root") or not is_known:
        raise ValueError(f"{tag!r} names no language that is known")
    if variant or (territory and territory not in known.territories):
        raise ValueError(f"{tag!r} names no territory that is known")
    if script and script not in known.scripts:
        raise ValueError(f"{tag!r} names no script that is known")


def language_tag(name: str) -> str:
    """Return the tag of a gettext locale (BCP 47): `nb_NO` → `nb-NO`, `sr_RS@latin` → `sr-Latn-RS`."""
    base, _, modifier = name.partition("@")
    language, _, territory = base.partition("_")
    script = script_of(name) if modifier else ""
    return "-".join(filter(None, (language, script, territory)))


def language_team(name: str) -> str:
    """Return the English name of a gettext locale: `nb_NO` → `Norwegian Bokmål (Norway)`."""
    base, _, modifier = name.partition("@")
    language, _, territory = base.partition("_")
    english = Locale("en")
    where = [modifier.capitalize()] if modifier else []
    if territory:
        where.append(english.territories[territory])
    display = english.languages.get(language, language)
    return f"{display} ({', '.join(where)})" if where else display


def plural_forms(name: str) -> str:
    """Return the `Plural-Forms` header of a gettext locale; ends in `;` as Poedit writes it.

    A language without a plural rule in CLDR gets gettext's own default.
    """
    from babel.messages.plurals import get_plural  # only a new PO file needs it

    base = name.partition("@")[0]
    for candidate in (base, base.partition("_")[0]):
        try:
            return get_plural(candidate).plural_forms
        except UnknownLocaleError:
            continue
    return "nplurals=2; plural=(n != 1);"


def _usual_script(language: str, territory: str | None) -> str | None:
    likely = get_global("likely_subtags")
    full = likely.get(f"{language}_{territory}") or likely.get(language)
    return parse_locale(full)[2] if full else None


def applies_to(own: str, locale: str) -> bool:
    """Return True if something for the gettext locale `own` is also for `locale`.

    What is for a language (`nb`) is for its territories (`nb_NO`), and `sr@latin` for `sr_RS@latin`.
    """
    if own == locale:
        return True
    base, _, modifier = locale.partition("@")
    return own == base.partition("_")[0] + (f"@{modifier}" if modifier else "")


def language_of(name: str) -> str:
    """Return the language code of a gettext locale: `sr_RS@latin` → `sr`."""
    return name.partition("@")[0].partition("_")[0]


def _babel_locale(name: str) -> Locale | None:
    language, _, territory = name.partition("@")[0].partition("_")
    script = script_of(name)
    for parts in (
        (language, territory or None, script),
        (language, None, script),
        (language, territory or None, None),
        (language, None, None),
    ):
        try:
            return Locale(*parts)
        except (UnknownLocaleError, ValueError):
            continue
    return None


@cache
def script_of(name: str) -> str:
    """Return the ISO 15924 code of a gettext locale's script: `sr_RS@latin` → `Latn`."""
    base, _, modifier = name.partition("@")
    for code, known in _SCRIPT_MODIFIERS.items():
        if modifier == known:
            return code
    if modifier:
        return modifier.capitalize()
    language, _, territory = base.partition("_")
    return _usual_script(language, territory or None) or "Latn"


@cache
def script_name(code: str) -> str:
    """Return the English name of a script from CLDR, for messages: `Cyrl` → `Cyrillic`, `Beng` → `Bangla`."""
    return str(Locale("en").scripts.get(code, code))


@cache
def number_symbols(name: str) -> tuple[str, str]:
    """Return the decimal sign and the group sign of a gettext locale from CLDR: `de_DE` → `,` and `.`."""
    locale = _babel_locale(name)
    if locale is None:
        return ".", ","
    symbols = locale.number_symbols
    system = symbols.get(locale.default_numbering_system, symbols.get("latn", {}))
    return system.get("decimal", "."), system.get("group", ",")


class ScaleWords(NamedTuple):
    """Words and signs for powers of ten: `{"Mio.": 6, "Tausend": 3}`."""

    before: dict[str, int]
    """Those written before their number."""
    after: dict[str, int]


@cache
def scale_words(name: str) -> ScaleWords:
    """Return the words and signs of scale of a gettext locale, from CLDR's compact numbers."""
    locale = _babel_locale(name)
    found = ScaleWords({}, {"K": 3, "M": 6, "G": 9, "T": 12})  # CLDR's, for locales without any
    for forms in locale.compact_decimal_formats.values() if locale else ():
        for patterns in forms.values():
            for magnitude, pattern in patterns.items():
                text = str(pattern.pattern).partition(";")[0].strip("\u200e\u200f ")
                digits = text.count("0")
                word = text.replace("'", "").replace("0", "").strip(" \u00a0\u200e\u200f")
                if word and digits and magnitude.isdigit():
                    place = found.after if text.startswith("0") else found.before
                    place[word] = len(magnitude) - digits
    return found
