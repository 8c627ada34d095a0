"""Searching: words of all scripts, folded, with the offsets of the text as it stands."""

from __future__ import annotations

import pytest

from l10n.glossary.prose import prose
from l10n.glossary.termsearch import LONGEST_TERM, Form, TermEntry, TermSearch, longest, stem


def found(text: str, *terms: str, form: Form = Form.EXACT, case: bool = False) -> list[str]:
    search = TermSearch([TermEntry(term, form, case) for term in terms])
    return [text[match.start : match.end] for match in longest(search.find(text))]


@pytest.mark.parametrize(
    ("text", "term", "times"),
    [
        ("Exchange, (Exchange) and Exchange.", "Exchange", 3),
        ("Exchanges MSExchange ExchangeServer Exchange_1 Exchange2", "Exchange", 0),
        ("Exchange's l'Exchange Exchange’in", "Exchange", 3),
        ("Exchange-Server", "Exchange", 1),
        ("_Exchange_ __Exchange__ **Exchange** my_Exchange_name", "Exchange", 3),
        ("Outlook.com", "Outlook", 0),
        ("ASP.NET", "NET", 0),
        ("Outlook. Com", "Outlook", 1),
        ("C# C#x C", "C#", 1),
        ("node.js", "Node.js", 1),
        # Japanese and Chinese
        ("ExchangeのPowerShellを使う", "PowerShell", 1),
        ("新しいユニットを", "ユニット", 1),
        ("打开邮箱设置", "邮箱", 1),
        ("使用Exchange邮箱", "Exchange", 1),
        ("ﾕﾆｯﾄとｶﾞｲﾄﾞ", "ユニット", 1),
        ("ﾕﾆｯﾄとｶﾞｲﾄﾞ", "ガイド", 1),
        ("ﾕﾆｯﾄとｶﾞｲﾄﾞ", "カ", 0),
        ("Ｅｘｃｈａｎｇｅ　Ｏｎｌｉｎｅ", "Exchange Online", 1),
        # Thai, Lao, Khmer: no spaces, but a word is not cut before its vowel or tone
        ("เปิดกล่องจดหมายของคุณ", "กล่องจดหมาย", 1),
        ("เปิดExchangeของคุณ", "Exchange", 1),
        ("ที่Exchangeนี่", "Exchange", 1),
        ("ที่นี่", "ที", 0),
        ("ເປີດກ່ອງຈົດໝາຍ", "ກ່ອງ", 1),
        ("បើកប្រអប់សំបុត្រ", "ប្រអប់", 1),
        # Arabic and Hebrew: a Latin name after a prefix, marks that direct the writing
        ("وExchange والـ Exchange \u200eExchange\u200f Online", "Exchange", 3),
        ("Exchange\u200f \u200eOnline", "exchange online", 1),
        ("وَExchange", "Exchange", 1),
        ("הExchange", "Exchange", 1),
        # Korean particles
        ("Exchange에서", "Exchange", 1),
        ("메일함을", "메일함", 0),
        # Turkish, German, Greek
        ("İNDİR ındır", "indir", 2),
        ("STRASSE Straße", "straße", 2),
        ("ΟΔΟΣ οδός", "οδος", 1),
        # One letter or two
        ("cafe\u0301 café CAFÉ cafe", "café", 3),
        ("cafe\u0301", "cafe", 0),
        ("𝒜 Exchange 😀 Exchange", "Exchange", 2),
        ("\ud800 Exchange", "Exchange", 1),
        ("Exchange\nOnline Exchange\u00a0Online Exchange\u2011Online", "Exchange Online", 3),
    ],
)
def test_where_a_word_is(text: str, term: str, times: int) -> None:
    assert len(found(text, term)) == times


@pytest.mark.parametrize(
    ("text", "term", "form", "expected"),
    [
        ("Exchanges Exchange'in ExchangeのExchange2", "Exchange", Form.SUFFIXED, ["Exchange"] * 4),
        ("MSExchange", "Exchange", Form.SUFFIXED, []),
        ("postboksen", "postboks", Form.INFLECTED, ["postboksen"]),
        ("brukerpostboksen", "postboks", Form.INFLECTED, ["postboksen"]),
        ("des Postfachs, die Postfächer", "Postfach", Form.INFLECTED, ["Postfachs"]),
        (
            "учетной записи учетные записи",
            "учетная запись",
            Form.INFLECTED,
            ["учетной записи", "учетные записи"],
        ),
        ("почту", "почта", Form.INFLECTED, ["почту"]),
        ("posta kutusuna", "posta kutusu", Form.INFLECTED, ["posta kutusuna"]),
        ("sähköpostin", "sähköposti", Form.INFLECTED, ["sähköpostin"]),
        ("والحساب للحساب حسابك بحساب", "حساب", Form.INFLECTED, ["حساب", "حساب", "حسابك", "حساب"]),
        ("החשבון", "חשבון", Form.INFLECTED, ["חשבון"]),
        ("메일함을", "메일함", Form.INFLECTED, ["메일함을"]),
        ("メールボックスを", "メールボックス", Form.INFLECTED, ["メールボックス"]),
        ("file profile", "file", Form.INFLECTED, ["file"]),
    ],
)
def test_how_a_word_may_be_inflected(text: str, term: str, form: Form, expected: list[str]) -> None:
    assert found(text, term, form=form) == expected


def test_the_stem_is_all_but_two_letters_and_four_at_least() -> None:
    assert [stem(word) for word in ("abc", "abcd", "abcde", "abcdef", "abcdefgh", "漢字漢字漢字")] == [
        *("abc", "abcd", "abcd", "abcd", "abcdef", "漢字漢字漢字")
    ]


def test_case_is_told_apart_where_the_entry_says_so() -> None:
    assert found("Word\u200f, Azure\u2011AD\u00ad, azure AD", "Azure AD", "Word", case=True) == [
        "Word\u200f",
        "Azure\u2011AD\u00ad",
    ]
    assert found("Word word WORD Ｗord", "Word", case=True) == ["Word", "Ｗord"]
    assert found("Word word WORD", "Word") == ["Word", "word", "WORD"]


def test_the_longest_of_overlapping_matches_wins() -> None:
    assert found("Exchange Online Protection", "Exchange", "Online Protection", "Exchange Online") == [
        "Exchange Online"
    ]
    assert found("Exchange Onlines", "Exchange Online", "Exchange") == ["Exchange"]


@pytest.mark.parametrize(
    "text",
    [
        "`Exchange`",
        "``a ` Exchange``",
        "[x](https://a/Exchange)",
        "[x](a(Exchange)b)",
        "[x](../Exchange.md)",
        "https://a.b/Exchange?x",
        "www.Exchange.com",
        "<https://Exchange>",
        '<a href="Exchange">',
        "<Exchange>",
        "admin@Exchange",
        "[label]: Exchange",
        "[!INCLUDE [Exchange](Exchange)]",
        "xref:Exchange",
    ],
)
def test_no_prose_is_passed_over(text: str) -> None:
    assert found(text, "Exchange") == []
    assert found(f"Exchange {text}", "Exchange") == (
        ["Exchange"] if "[label]" not in text else ["Exchange"] * 2
    )
    assert len(prose(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    ["`Exchange", "``Exchange`", "[Exchange](x)", "[x] (Exchange)", "a < Exchange > b", "**Exchange**"],
)
def test_prose_is_not_passed_over(text: str) -> None:
    assert found(text, "Exchange") == ["Exchange"]


@pytest.mark.parametrize(
    "part",
    [
        "`",
        "``` ` ",
        "](",
        "](a(",
        "](a(b)",
        "<a",
        "a@",
        "a.",
        "[a",
        "[a]:",
        "http:",
        "www.",
        "[!INCLUDE",
        "\u0301",
        "a",
        "aa ",
        "ก",
    ],
)
def test_hostile_texts_end(part: str) -> None:
    """Half a million characters: in quadratic time this would not end."""
    text = part * (500_000 // len(part))
    assert len(prose(text)) == len(text)
    search = TermSearch(
        [TermEntry("aa", Form.INFLECTED), TermEntry("aaaaaaaa", Form.INFLECTED), TermEntry("ก")]
    )
    assert all(match.end <= len(text) for match in search.find(text[:20_000]))


@pytest.mark.parametrize("term", ["", " ", "-", "…", "a" * (LONGEST_TERM + 1)])
def test_what_cannot_be_looked_for_is_an_error(term: str) -> None:
    with pytest.raises(ValueError, match="cannot be looked for"):
        TermSearch([TermEntry(term)])


def test_no_entries_find_nothing() -> None:
    assert TermSearch([]).find("Exchange") == []
