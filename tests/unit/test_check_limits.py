"""The limits of each check: what it leaves alone, and what it finds only by one of its conditions."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from l10n.checks import CHECKS, Pair

BY_NAME = {check.name: check for check in CHECKS}
LEFT_ALONE = [
    ("final-sign", "nb_NO", "Wait for it to load...", "Vent til det er lastet inn"),
    ("final-sign", "nb_NO", "Add users, groups, etc.", "Legg til brukere, grupper og mer"),
    ("final-sign", "nb_NO", "(It is saved for you.)", "(Den lagres for deg)"),
    ("final-sign", "nb_NO", "Not available.", "Ikke tilgjengelig"),
    ("final-sign", "ru_RU", "Open the file now.", "Откройте файл;"),
    ("final-sign", "th_TH", "To save the file:", "เมื่อต้องการบันทึกไฟล์"),
    ("final-sign", "nb_NO", "Save the file now.", " "),
    ("quote", "nb_NO", "It is a 27-inch screen.", 'Det er en 27" skjerm.'),
    ("quote", "nb_NO", 'He calls it "shared', 'Han kaller den "delt'),
    ("quote", "ru_RU", "He calls it “shared", "Он называет его «общим"),
    ("quote", "fi_FI", "Select the mailbox.", "Valitse »postilaatikko»."),
    ("bracket", "ja_JP", "It is (shared", "これは「共有"),
    ("bracket", "ja_JP", 'It is "shared', "これは「共有"),
    ("bracket", "nb_NO", "Type { here.", "Skriv { her."),
    ("quote", "ru_RU", "Select “it” now.", "Выберите «это» сейчас."),
    ("link-destination", "nb_NO", "See [it](/en-us/x).", "Se [den](/nb-no/x)."),
    ("link-locale", "nb_NO", "See https://a.example/x.", "Se https://a.example/y."),
    ("own-sign", "nb_NO", "The sign ！ is wide.", "Tegnet ！ er bredt."),
    ("french-space", "fr_CA", "Is it on now?", "Est-ce activé?"),
    ("emphasis", "nb_NO", "Use the name here.", "Bruk del_navn her."),
    ("emphasis", "nb_NO", "Use * here.", "Bruk * her."),
    ("emphasis", "nb_NO", "Select **Save**.", "Velg **Lagre."),
    ("bold", "nb_NO", "Select **Save", "Velg **Lagre"),
    ("bold-count", "nb_NO", "Select **Save**.", "Velg **Lagre."),
    ("bold-space", "nb_NO", "Select ** Save **.", "Velg ** Lagre **."),
    ("italic", "nb_NO", "The sign is a star.", "Tegnet er *"),
    ("italic", "nb_NO", "It is a star.", "* er en stjerne."),
    ("escape", "nb_NO", "Select A \\> B.", "Velg A > B."),
    ("escape", "nb_NO", "Write \\*\\*.", "Skriv **."),
    ("escape-added", "nb_NO", "Write * here.", "Skriv \\* her."),
    ("escape-added", "nb_NO", "Write _ here.", "Skriv \\_ og _ her."),
    ("html-balance", "nb_NO", "<b>Save", "<b>Lagre"),
    ("entity", "nb_NO", "Write & lt; here.", "Skriv & lt; her."),
    ("mixed-script", "ru_RU", "It is Aб here.", "Здесь Aб."),
    ("mixed-script", "nb_NO", "It is on.", "Den er Aб."),
    ("untranslated", "en_GB", "Save the file before you close it.", "Save the file before you close it."),
    ("untranslated", "nb_NO", "The name größe is used here.", "The name größe is used here."),
    ("replacement-character", "nb_NO", "The sign \ufffd is lost.", "Tegnet \ufffd er tapt."),
    ("mojibake", "nb_NO", "It shows Ã© here.", "Den viser Ã© her."),
    ("mojibake", "nb_NO", "What??? Now", "Hva??? Nå"),
    ("invisible-character", "nb_NO", "A\u200bB is one.", "A\u200bB er en."),
    ("invisible-character", "nb_NO", "It is a family.", "Det er en \U0001f468\u200d\U0001f469."),
    ("control-character", "nb_NO", "A\x01B is one.", "A\x01B er en."),
    ("wrong-script", "nb_NO", "The mean is small.", "Snittet μ er lite."),
    ("chinese-variant", "ja_JP", "Save the file and close it.", "保存文件並关闭说明。"),
    ("link-split", "nb_NO", "Select [Save], if you want.", "Velg [Lagre] (valgfritt)."),
    ("link-split", "nb_NO", "See [a] (b.md) as text.", "Se [x] (c.md) som tekst."),
    ("link-lost", "nb_NO", "See [Rules](rules.md).", "Se [Regler] (rules.md)."),
    ("link-text", "nb_NO", "See ![Pane](pane.png).", "Se ![](pane.png)."),
    ("link-text", "nb_NO", "See it](pane.png).", "Se det](pane.png)."),
    ("url", "nb_NO", "Write `https://a.example/x` here.", "Skriv https://a.example/x her."),
    ("url", "nb_NO", "See https://a.example/x.", "Se [siden](https://a.example/x)."),
    ("url", "nb_NO", "See https://a.example/en-us/x.", "Se https://a.example/nb-no/x."),
    ("directive", "nb_NO", "Use `:::zone:::` here.", "Bruk `:::sone:::` her."),
    ("half-comment", "nb_NO", "It ends with --> here.", "Den slutter med --> her."),
    ("half-comment", "nb_NO", "From a to b.", "Fra a ---> b."),
    ("doubled-phrase", "nb_NO", "Type the file the file here.", "Skriv filen min filen min her."),
    ("doubled-phrase", "nb_NO", "Select A and B.", "Så velg A, velg B, velg A, velg B,"),
    ("doubled-phrase", "nb_NO", "It is very good.", "Den er veldig veldig veldig veldig bra."),
    ("doubled-phrase", "nb_NO", "Now and then.", "Da nå og nå og da."),
    ("stop-space", "nb_NO", "Use system.String here.", "Bruk system.String her."),
    ("stop-space", "nb_NO", "See it at contoso now.", "Se den på contoso.no nå."),
    ("name-apart", "nb_NO", "The names . NET and .NET differ.", "Navnene . NET og .NET er ulike."),
    ("name-apart", "nb_NO", "See plan A.", "Se plan A #1."),
    ("xref", "nb_NO", "See <xref:System.String>.", "Se [String](xref:System.String)."),
    ("xref", "nb_NO", "See <xref:System.String>.", "Se <xref:System.String?displayProperty=fullName>."),
    ("url-end", "ja_JP", "See [https://a.example/x](b.md).", "[https://a.example/xの説明](b.md)"),
    ("url-end", "ja_JP", "See https://a.example/x now.", "https://a.example/x　を参照"),
    ("url-end", "ja_JP", "See https://a.example/x。", "https://a.example/x。"),
    ("edge-space", "nb_NO", "https://a.example is new.", " https://a.example er nytt."),
    ("edge-space", "nb_NO", " Now", " Nå"),
    ("edge-space", "nb_NO", "Save ", "Lagre "),
    ("edge-space", "nb_NO", "", " Nå"),
    ("space-before", "nb_NO", "Use a , b here.", "Bruk a , b her."),
    ("space-before", "nb_NO", "Use a . Then b.", "Bruk a . Så b."),
    ("doubled-word", "zh_CN", "The text 共享设置共享设置 is wrong.", "文本共享设置共享设置有误。"),
    ("doubled-word", "nb_NO", "The word that that is wrong.", "Ordet that that er feil."),
    ("doubled-word", "ja_JP", "Go step by step.", "一歩一歩進みます。"),
    ("placeholder", "nb_NO", 'See <a href="x">it</a>.', 'Se <a href="y">den</a>.'),
    ("wrong-language", "bn_BD", "Save the file before you close it.", "Save the file before you close it."),
    ("wrong-language", "ar_SA", "Save the file now", "Save now"),
    ("wrong-language", "ar_SA", "**macOS**: Chrome, Safari", "**macOS**: Chrome، Safari"),
    ("wrong-language", "nb_NO", "It can be turned on and off here.", "Det kan slås av og på her."),
    ("wrong-language", "sr_RS@latin", "Sort the data by domain, and then by URL.", "Sortirajte podatke po domenu, a zatim po URL adresi."),
]  # fmt: skip
FOUND = [
    ("final-sign", "el_GR", "The file is saved now", "Το αρχείο αποθηκεύτηκε τώρα;"),
    ("final-sign", "nb_NO", "Open the file now.", "Åpne filen nå;"),
    ("final-sign", "nb_NO", "To save the file now:", "Slik lagrer du filen nå"),
    ("bold-space", "nb_NO", "Select **Save**.", "Velg **Lagre **."),
    ("escape", "nb_NO", "Write \\* here.", "Skriv * her."),
    ("wrong-script", "nb_NO", "The mean is small.", "Snittet μέσος er lite."),
    ("invisible-character", "nb_NO", "It is on.", "Den er\u200d på."),
    ("link-split", "nb_NO", "See [Rules](rules).", "Se [Regler] (rules)."),
    ("link-split", "nb_NO", "See it.", "Se [den] (rules.md)."),
    ("link-locale", "nb_NO", "See https://a.example/en-us/x.", "Se https://a.example/nb-no/x."),
    ("own-sign", "nb_NO", "Save it!", "Lagre den！"),
    ("own-sign", "ja_JP", "Save it.", "保存."),
    ("own-sign", "ar_SA", "Save it, now.", "احفظه, الآن."),
    ("quote", "fi_FI", "Select the mailbox.", "Valitse »postilaatikko."),
    ("quote", "ru_RU", "Select the mailbox.", "Выберите «почтовый ящик."),
    ("url", "nb_NO", "See it.", "Se https://a.example/x."),
    ("length", "nb_NO", "Select the shared mailbox now.", "Velg den delte postboksen som du vil åpne nå, og vent til den er helt åpnet før du så lukker den igjen."),
    ("edge-space", "nb_NO", "Now", "Nå "),
]  # fmt: skip


def findings(check: str, locale: str, source: str, target: str) -> list[str]:
    return [finding.message for finding in BY_NAME[check].find(Pair(source, target, "paragraph", locale))]


@pytest.mark.parametrize(("check", "locale", "source", "target"), LEFT_ALONE)
def test_a_check_leaves_alone_what_is_no_fault_or_what_another_one_reports(
    check: str, locale: str, source: str, target: str
) -> None:
    assert findings(check, locale, source, target) == []


@pytest.mark.parametrize(("check", "locale", "source", "target"), FOUND)
def test_a_check_finds_the_fault_at_its_limit(check: str, locale: str, source: str, target: str) -> None:
    assert len(findings(check, locale, source, target)) == 1


def test_a_label_that_is_lost_several_times_is_reported_once() -> None:
    assert len(findings("link-label", "de_DE", "See [it][] and [It][].", "Siehe dies.")) == 1
