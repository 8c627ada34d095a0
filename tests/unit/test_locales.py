"""Locale names as gettext and Poedit know them."""

from __future__ import annotations

import re

import pytest
from babel import localedata

from l10n.locales import gettext_name, language_team, plural_forms


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("nb-NO", "nb_NO"),
        ("nb_NO", "nb_NO"),
        ("ja-JP", "ja_JP"),
        ("sr-Latn-RS", "sr_RS@latin"),
        ("sr_RS@latin", "sr_RS@latin"),
        ("sr-Cyrl-RS", "sr_RS"),
        ("bs-Latn-BA", "bs_BA"),
        ("zh-TW", "zh_TW"),
        ("zh-Hant", "zh_TW"),
        ("zh-Hans", "zh_CN"),
        ("zh-Hant-HK", "zh_HK"),
        ("es-419", "es_419"),
        ("prs-AF", "fa_AF"),
        ("iw-IL", "he_IL"),
        ("ku-Arab-IQ", "ku_IQ@arabic"),
        ("no", "no"),
    ],
)
def test_gettext_name(tag: str, name: str) -> None:
    assert gettext_name(tag) == name
    assert gettext_name(name) == name
    assert language_team(name)
    assert plural_forms(name).endswith(";")


@pytest.mark.parametrize(
    "tag", ["", "..", "root", "nb/../x", "xx-YY", "nb-QQ", "und", "nb-NO\n", "nb-Abcd-NO", "sr_RS@x", "1"]
)
def test_what_names_no_locale_is_said(tag: str) -> None:
    with pytest.raises(ValueError, match=r"locale|language|territory|script|modifier"):
        gettext_name(tag)


def test_plural_forms_of_a_language_without_rules_are_gettext_s_default() -> None:
    assert plural_forms("tzm_DZ") == "nplurals=2; plural=(n != 1);"


def test_language_team_is_readable() -> None:
    assert language_team("sr_RS@latin") == "Serbian (Latin, Serbia)"
    assert language_team("nb_NO") == "Norwegian Bokmål (Norway)"


def test_each_locale_of_cldr_is_known() -> None:
    """Also those whose language CLDR has data for, but no English name."""
    names = [
        name for name in localedata.locale_identifiers() if re.fullmatch("[a-z]+(_[A-Z0-9]{2,3})?", name)
    ]
    assert len(names) > 500
    for name in {*names} - {"root"}:
        assert gettext_name(name.replace("_", "-"))
        assert language_team(gettext_name(name))
        assert plural_forms(gettext_name(name)).endswith(";")
