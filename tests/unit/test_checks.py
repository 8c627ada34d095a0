"""The checks: every example of the documentation, and the hard cases of each."""

from __future__ import annotations

import pytest

from l10n.checks import ARTICLE_CHECKS, CATALOGUE_CHECKS, CHECKS, PAGE_CHECKS, Pair
from l10n.checks.consistency import CatalogueCheck
from tests.helpers.examples import EXAMPLES, Example

BY_NAME = {check.name: check for check in (*CHECKS, *ARTICLE_CHECKS)}


def names(source: str, target: str, locale: str = "nb_NO", kind: str = "paragraph") -> set[str]:
    pair = Pair(source, target, kind, locale)
    return {check.name for check in CHECKS if list(check.find(pair))}


def test_every_check_is_documented_with_its_severity_and_reason() -> None:
    documented = {example.name: (example.severity, example.reason) for example in EXAMPLES}
    known: dict[str, tuple[str, str]] = {c.name: (c.severity.value, c.reason) for c in BY_NAME.values()}
    known |= {c.name: (c.severity.value, c.reason) for c in CATALOGUE_CHECKS}
    known |= {c.name: (c.severity.value, c.reason) for c in PAGE_CHECKS}
    assert documented == known
    assert len(known) == len(BY_NAME) + len(CATALOGUE_CHECKS) + len(PAGE_CHECKS) > 70


@pytest.mark.parametrize(
    "example",
    [example for example in EXAMPLES if "locale" in example.fields],
    ids=lambda example: example.name,
)
def test_the_bad_example_is_found_and_the_good_one_is_clean(example: Example) -> None:
    fields = example.fields
    kind, locale = fields.get("kind", "paragraph"), fields["locale"]
    bad = Pair(fields["source"], fields["bad"], kind, locale)
    good = Pair(fields["source"], fields["good"], kind, locale)
    catalogue = {check.name: check for check in CATALOGUE_CHECKS}
    if example.name in catalogue:
        first = Pair(fields.get("first source", fields["source"]), fields["first"], kind, locale)
        assert [index for index, _ in catalogue[example.name].find([first, bad])] == [1]
        assert list(catalogue[example.name].find([first, good])) == []
        return
    assert list(BY_NAME[example.name].find(bad))
    assert not list(BY_NAME[example.name].find(good))
    if example.name == "title":
        return
    assert names(good.source, good.target, locale, kind) == set()


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("nb_NO", "It takes $1,234.50 until 3:30 PM.", "Det tar USD\u00a01\u00a0234,50 til kl. 15.30."),
        ("ja_JP", "Up to 120,000 events are kept.", "最大 12 万件のイベントが保存されます。"),
        ("zh_CN", "Restart within two hours.", "请在 2 小时内重启。"),
        ("ar_SA", "Wait 24 hours.", "انتظر ٢٤ ساعة."),
        ("fr_FR", "It holds 10,000 files.", "Il contient 10\u202f000 fichiers."),
        ("de_CH", "It costs 10,000.50 francs.", "Es kostet 10’000.50 Franken."),
        ("th_TH", "Save the file.", "บันทึกไฟล์"),
        ("es_ES", "The file has 1,234.5 MB.", "El archivo tiene 1234,5 MB."),
        ("fr_FR", "At 3:30 PM, it restarts.", "À 15 h 30, il redémarre."),
        ("uk_UA", "Open PowerShell.", "Відкрийте PowerShell."),
        ("am_ET", "Save the file.", "ፋይሉን አስቀምጥ።"),
        ("zh_CN", "Select **File** > **Options**.", "选择“**文件**”>“**选项**”。"),
        ("es_ES", "Is it on?", "¿Está activado?"),
        ("el_GR", "Is it on?", "Είναι ενεργό;"),
        ("ja_JP", "To save the file:", "ファイルを保存するには、次の手順に従います。"),
        ("ja_JP", "Select **Save**.", "**[保存]** を選択します。"),
        ("ru_RU", "Use Excel 2016 or 2019.", "Используйте Excel 2016 или 2019."),
        ("ko_KR", "Select **Save** (optional).", "**저장**(선택 사항)을 선택합니다."),
        ("he_IL", "Open the file.", "פתח את הקובץ."),
        ("hi_IN", "Save the file.", "फ़ाइल सहेजें।"),
        ("fa_IR", "Files are saved.", "فایل\u200cها ذخیره می\u200cشوند."),
        ("tr_TR", "Step by step", "Adım adım"),
        ("nb_NO", "See [Help](https://a.example/b_(c)).", "Se [Hjelp](https://a.example/b_(c))."),
        ("sr_RS@latin", "Save the file.", "Sačuvajte datoteku."),
        ("sr_RS", "Save the file.", "Сачувајте датотеку."),
        ("nb_NO", "Exchange Online", "Exchange Online"),
        ("nb_NO", "`Get-Mailbox`", "`Get-Mailbox`"),
        ("de_DE", "Those who that concerns", "Die, die das betrifft"),
    ],
)
def test_what_a_language_writes_in_its_own_way_is_no_fault(locale: str, source: str, target: str) -> None:
    assert names(source, target, locale) == set()


@pytest.mark.parametrize(
    ("check", "locale", "source", "target"),
    [
        ("command", "ar_SA", "Get-Recipient | FT {$_.Mail}", "Get-Recipient | der {$ _. Mail}"),
        ("number", "ja_JP", "Wait 15 minutes.", "51 分待ちます。"),
        ("number", "ar_SA", "Wait 15 minutes.", "انتظر ٥١ دقيقة."),
        ("wrong-script", "ja_JP", "Save", "保存ж"),
        ("wrong-script", "he_IL", "Save the file", "שמור את הקוбץ"),
        ("wrong-script", "ko_KR", "Save", "저장を"),
        ("link-split", "ja_JP", "See [Help](help.md).", "[ヘルプ]（help.md）を参照してください。"),
        ("final-sign", "ru_RU", "Is the mailbox shared?", "Почтовый ящик является общим"),
        ("placeholder", "nb_NO", r"Open \<name> now.", r"Åpne \<navn> nå."),
        ("placeholder", "nb_NO", "Found %s files.", "Fant % s filer."),
        ("html-tag", "nb_NO", "One<br/>two", "En< br />to"),
        ("untranslated", "nb_NO", "Now save the file when you go.", "Nå save the file when you går."),
        ("chinese-variant", "zh_TW", "Save the file.", "保存文件並关闭说明。"),
        ("mojibake", "ru_RU", "Save", "РЎРѕС…СЂР°РЅРёС‚СЊ ???"),
        ("number-separator", "nb_NO", "Use version 4.1.0 of it.", "Bruk versjon 410 av den."),
        ("link-image", "nb_NO", "![Pane](pane.png)", "! [Rute](pane.png)"),
    ],
)  # fmt: skip
def test_faults_that_are_easily_missed(check: str, locale: str, source: str, target: str) -> None:
    assert check in names(source, target, locale)


def test_catalogue_checks_take_each_pair_once() -> None:
    pairs = [Pair(f"a {n % 7}", f"b {n % 5}", "paragraph", "nb_NO") for n in range(2_000)]
    for check in CATALOGUE_CHECKS:
        assert isinstance(check, CatalogueCheck)
        assert all(index < len(pairs) for index, _ in check.find(pairs))
