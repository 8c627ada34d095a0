"""What a glossary demands of a translation."""

from __future__ import annotations

import pytest

from l10n.checks.pair import Finding, Pair, Severity
from l10n.checks.terms import glossary_checks
from l10n.glossary import read_glossary

GLOSSARY = """\
source,target,do_not_translate,forbidden,case,note,locale
Exchange,,yes,Utveksling,,,
Exchange Online,,yes,,,,
Word,,yes,,,,
Azure AD,,yes,,,,
Defender for Office 365,,yes,,,,
A B C D E F G,,yes,,,,
Contoso,كونتوسو,yes,,,,ar
mailbox,postboks|e-postboks,,innboks,,,nb
mailbox,Postfach,,,,,de
mailbox,メールボックス,,,,,ja
shared mailbox,delt postboks,,,,,nb
,,,Kontoer,,,nb
Settings,,,,yes,a candidate,
Exchange Settings,,,,yes,a candidate,
Exchange policy,,no,,,no product,
"""
CHECKS = glossary_checks(read_glossary(GLOSSARY.encode(), "g.csv"))


def findings(source: str, target: str, locale: str = "nb_NO") -> dict[str, list[Finding]]:
    pair = Pair(source, target, "paragraph", locale)
    return {check.name: found for check in CHECKS if (found := list(check.find(pair)))}


def test_the_checks_have_names_and_severities() -> None:
    assert {check.name: check.severity for check in CHECKS} == {
        "do-not-translate": Severity.ERROR,
        "fewer-names": Severity.WARNING,
        "term-missing": Severity.WARNING,
        "forbidden-term": Severity.WARNING,
    }


@pytest.mark.parametrize(
    ("source", "target", "locale"),
    [
        ("Open Exchange.", "Åpne Exchange.", "nb_NO"),
        ("Open Exchange.", "Åpne Exchangen.", "nb_NO"),
        ("Open Exchange.", "Åpne EXCHANGE-serveren.", "nb_NO"),
        ("Open Exchange.", "Åpne Exchange Online.", "nb_NO"),
        ("Open Exchange.", "Exchange'i açın", "tr_TR"),
        ("Open Exchange.", "افتح وExchange", "ar_SA"),
        ("Open Azure AD.", "AzureADを開く", "ja_JP"),
        ("Open Azure AD.", "Azure\u200d AD を開く", "ja_JP"),
        ("Use Defender for Office 365.", "Defender for Office365 を使う", "ja_JP"),
        ("Open Azure AD.", "das Azure-AD-Portal", "de_DE"),
        ("Open Contoso.", "افتح كونتوسو", "ar_SA"),
        ("A word.", "Et ord.", "nb_NO"),
        ("Run `Exchange`.", "Kjør `x`.", "nb_NO"),
        ("Exchange Online plans, and Exchange", "Exchange Online, Exchange Online", "nb_NO"),
        ("A mailbox", "Innboksen er en brukerpostboks", "de_CH@nothing"),
        ("A mailbox", "E-postboksen", "nb_NO"),
        ("A mailbox", "メールボックスを", "ja_JP"),
        ("A mailbox", "Eines Postfachs", "de_DE"),
        ("A shared mailbox", "Den delte postboksen: delt postboks", "nb_NO"),
        ("Settings", "Innstillinger", "nb_NO"),
        ("The Exchange policy", "Byttepolicyen", "nb_NO"),
        ("Accounts", "Kontoene", "nb_NO"),
        ("The A B C D E F G", "A B C D E F G", "nb_NO"),
        ("Nothing", "Utveksling", "nb_NO"),
    ],
)
def test_a_good_translation_has_no_findings(source: str, target: str, locale: str) -> None:
    assert findings(source, target, locale) == {}


@pytest.mark.parametrize(
    ("source", "target", "locale", "check", "parts"),
    [
        ("Open Exchange", "Åpne utvekslinga", "nb_NO", "do-not-translate", ["Exchange"]),
        ("Open Exchange", "Åpne `Exchange`", "nb_NO", "do-not-translate", ["Exchange"]),
        ("Exchange Settings", "Bytte", "nb_NO", "do-not-translate", ["Exchange"]),
        ("Open Exchange", "Åpne MSExchange", "nb_NO", "do-not-translate", ["Exchange"]),
        ("In Exchange Online", "I Exchange på nett", "nb_NO", "do-not-translate", ["Exchange Online"]),
        (
            "Exchange and Exchange Online",
            "Utvekslingen, Exchange Online",
            "nb_NO",
            "do-not-translate",
            ["Exchange"],
        ),
        ("Word and Exchange", "Ord og bytte", "nb_NO", "do-not-translate", ["Word", "Exchange"]),
        (
            "Exchange to Exchange",
            "Exchange til bytte",
            "nb_NO",
            "fewer-names",
            ["occurs only 1 of 2 times"],
        ),
        ("Your mailbox", "Din konto", "nb_NO", "term-missing", ["as postboks or e-postboks"]),
        (
            "A shared mailbox",
            "En felles postboks",
            "nb_NO",
            "term-missing",
            ["as delt postboks"],
        ),
        (
            "Your mailbox",
            "あなたの受信トレイ",
            "ja_JP",
            "term-missing",
            ["translate mailbox as メールボックス"],
        ),
        (
            "Accounts",
            "Alle kontoer",
            "nb_NO",
            "forbidden-term",
            ["the glossary forbids kontoer; use another word"],
        ),
    ],
)
def test_what_is_wrong_is_said(source: str, target: str, locale: str, check: str, parts: list[str]) -> None:
    messages = [finding.message for finding in findings(source, target, locale)[check]]
    assert len(messages) == len(parts)
    assert all(part in message for message, part in zip(messages, parts, strict=True))


def test_a_forbidden_term_has_its_place() -> None:
    source, target = "Exchange mailbox", "𝒜 `Utveksling` Exchange-postboks: Utvekslingen, ｉｎｎｂｏｋｓen"
    found = findings(source, target)["forbidden-term"]
    assert [(f.message, target[f.start : f.end]) for f in found] == [
        ("the glossary forbids Utveksling; use Exchange", "Utveksling"),
        (
            "the glossary forbids ｉｎｎｂｏｋｓ; use postboks or e-postboks",
            "ｉｎｎｂｏｋｓ",
        ),
    ]


def test_a_wanted_term_may_hold_a_forbidden_one() -> None:
    checks = glossary_checks(
        read_glossary(b"source,target,forbidden\nbox,postboks til alle,postboks\n", "g.csv")
    )
    assert [list(c.find(Pair("box", "Postboks til alle", "heading", "nb_NO"))) for c in checks] == [[]] * 4


def test_an_empty_glossary_finds_nothing() -> None:
    checks = glossary_checks(read_glossary(b"source\n", "g.csv"))
    assert [list(c.find(Pair("Exchange", "x", "heading", "nb_NO"))) for c in checks] == [[]] * 4
