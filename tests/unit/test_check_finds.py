"""What the checks must find, and what they must let be in locales that no corpus has."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from l10n.checks import CHECKS, Pair


def names(source: str, target: str, locale: str, kind: str = "paragraph") -> set[str]:
    return {check.name for check in CHECKS if list(check.find(Pair(source, target, kind, locale)))}


GOOD = [
    ("bn_BD", "On 02/15/2011 it held 100,000 files.", "১৫/০২/২০১১ তারিখে এতে ১,০০,০০০টি ফাইল ছিল।"),
    ("bn_BD", "Save the file before you close it.", "বন্ধ করার আগে ফাইলটি সংরক্ষণ করুন।"),
    ("as_IN", "Save the file before you close it.", "বন্ধ কৰাৰ আগতে ফাইলটো সংৰক্ষণ কৰক।"),
    ("or_IN", "Save the file before you close it.", "ବନ୍ଦ କରିବା ପୂର୍ବରୁ ଫାଇଲଟି ସଞ୍ଚୟ କରନ୍ତୁ।"),
    ("hi_IN", "It holds 1,234,567 files.", "इसमें 12,34,567 फ़ाइलें हैं।"),
    ("hi_IN", "Up to 500 K users can sign in by 3:30 PM.", "दोपहर 3:30 बजे तक 5 लाख उपयोगकर्ता साइन इन कर सकते हैं।"),
    ("he_IL", 'The company in the "USA" pays.', 'החברה בארה"ב משלמת.'),
    ("he_IL", "The CEO opens the report.", 'המנכ"לית פותחת את הדו"ח.'),
    ("fa_IR", "It was changed on February 15, 2011.", "این مورد در ۲۶ بهمن ۱۳۸۹ تغییر کرد."),
    ("fa_IR", "Wait 12.5 seconds, then try again.", "۱۲٫۵ ثانیه صبر کنید، سپس دوباره امتحان کنید."),
    ("ar_EG", "It holds 12.5 GB of 1,000 GB.", "يحتوي على ١٢٫٥ غيغابايت من ١٬٠٠٠ غيغابايت."),
    ("th_TH", "It was changed on February 15, 2011.", "มีการเปลี่ยนแปลงเมื่อวันที่ 15 กุมภาพันธ์ 2554"),
    ("th_TH", "What do you want to do?", "คุณต้องการทำอะไร"),
    ("km_KH", "Save the file before you close it.", "រក្សាទុកឯកសារ មុនពេលអ្នកបិទវា។"),
    ("lo_LA", "Save the file before you close it.", "ບັນທຶກໄຟລ໌ກ່ອນທ່ານຈະປິດມັນ"),
    ("am_ET", "Save the file before you close it.", "ፋይሉን ከመዝጋትዎ በፊት ያስቀምጡ።"),
    ("am_ET", "What is a shared mailbox?", "የተጋራ የመልዕክት ሳጥን ምንድነው?"),
    ("hy_AM", "What is a shared mailbox?", "Ի՞նչ է ընդհանուր փոստարկղը։"),
    ("hy_AM", "Open the file, and save it.", "Բացեք ֆայլը և պահեք այն։"),
    ("ka_GE", "It was changed on 2/15/2011 at 3:30 PM.", "შეიცვალა 15.02.2011-ს, 15:30 საათზე."),
    ("el_GR", "Is it on? It is 45% full.", "Είναι ενεργό; Είναι γεμάτο κατά 45%."),
    ("de_CH", "It costs 1,234,567.50 francs.", "Es kostet 1’234’567.50 Franken."),
    ("de_DE", "It was changed on 02/15/2011.", "Es wurde am 15.02.2011 geändert."),
    ("de_DE", "More than 1,000,000 files", "Mehr als 1 Million Dateien"),
    ("nl_NL", "The file that you have is in use.", "Het bestand dat u in in gebruik hebt, is in gebruik."),
    ("nl_NL", "Those that are open are saved.", "Die die open zijn, worden opgeslagen."),
    ("af_ZA", "If you do not save it, it is lost.", "As jy dit nie nie stoor nie, is dit weg."),
    ("zh_TW", "It was changed on February 15, 2011.", "已於 2011 年 2 月 15 日變更。"),
    ("zh_CN", "Use the application to think about it.", "应用应用程序来考虑考虑。"),
    ("zh_CN", "Open them one by one.", "一个一个打开。"),
    ("ko_KR", "It was changed on 2/15/2011 at 3:30 PM.", "2011년 2월 15일 오후 3:30에 변경되었습니다."),
    ("ja_JP", "Up to 1.5 million users", "最大 150 万人のユーザー"),
    ("fi_FI", "The \"Save\" button saves 10,000 files.", "»Tallenna»-painike tallentaa 10\u00a0000 tiedostoa."),
    ("sv_SE", "It was changed on 15 February 2011.", "Det ändrades 2011-02-15."),
    ("hu_HU", "It was changed on 2/15/2011.", "Ezt 2011. 02. 15-én módosították."),
    ("cs_CZ", "It was changed on 2/15/2011.", "Změněno 15. 2. 2011."),
    ("fr_FR", "It costs $1,500,000 at 11:59 PM.", "Cela coûte 1,5 million de dollars à 23 h 59."),
    ("ru_RU", "Up to 500 K files are kept.", "Хранится до 500 000 файлов."),
    ("ru_RU", "Up to 500,000 files are kept.", "Хранится до 500 тыс. файлов."),
    ("tr_TR", "It is 45% full.", "Yüzde 45'i dolu: %45."),
    ("uk_UA", "Write it in C# for .NET.", "Напишіть це мовою C# для .NET."),
    ("pl_PL", "It takes .25 seconds.", "Trwa to 0,25 sekundy."),
]  # fmt: skip
BAD = [
    ("number", "bn_BD", "It holds 24 files.", "এতে ৪২টি ফাইল আছে।"),
    ("number", "de_DE", "It was changed on 02/15/2011.", "Es wurde am 15.03.2011 geändert."),
    ("number", "ka_GE", "It was changed on 2/15/2011.", "შეიცვალა 15.02.2012-ს."),
    ("number", "hi_IN", "It holds 1,234,567 files.", "इसमें 12,34,576 फ़ाइलें हैं।"),
    ("number", "fr_FR", "It costs $1,500,000.", "Cela coûte 1,6 million de dollars."),
    ("number", "nb_NO", "A 4K/HDR monitor", "En 4 000/HDR-skjerm"),
    ("number-separator", "pl_PL", "It takes 12.5 seconds.", "Trwa to 1,25 sekundy."),
    ("wrong-script", "or_IN", "Save the file.", "ଫାଇଲଟି সঞ্চয় କରନ୍ତୁ।"),
    ("wrong-language", "bn_BD", "Save the file before you close it.", "Lagre filen before you close."),
    ("quote", "he_IL", 'Open "Save" here.', 'פתח "שמירה כאן.'),
    ("doubled-word", "nl_NL", "Save the file.", "Sla het bestand bestand op."),
    ("doubled-word", "zh_CN", "Save the settings of the mailbox.", "保存邮箱的共享设置共享设置。"),
    ("command", "de_DE", "-ErrorAction", "-Fehleraktion"),
    ("command", "fr_FR", "-Quiet shows no window.", "-Silencieux n’affiche aucune fenêtre."),
    ("command", "de_DE", "Set it with -Path or (-Name).", "Legen Sie es mit -Pfad oder (-Name) fest."),
    ("command", "de_DE", "-Path <String[]>", "-Pfad <String[]>"),
    ("command", "de_DE", "--user-name", "--benutzer-name"),
    ("command", "ja_JP", "**-Force**", "**-強制**"),
    ("name-apart", "ja_JP", "Use C++ here.", "ここで C + + を使用します。"),
    ("name-apart", "ru_RU", "Use ASP.NET here.", "Используйте здесь ASP. NET."),
    ("name-apart", "ja_JP", "Use F# here.", "F＃ を使用します。"),
    ("name-apart", "de_DE", "Use Node.js here.", "Verwenden Sie hier Node. js."),
    ("url", "de_DE", "See <xref:System.String>.", "Siehe dazu."),
    ("url", "de_DE", "See <xref:System.String>.", "Siehe <xref: System.String>."),
    ("xref", "de_DE", "See <xref:System.String>.", "Siehe < xref:System.String >."),
    ("footnote", "ja_JP", "It is free.[^1]", "無料です。[^ 1]"),
    ("link-label", "ja_JP", "See [the guide][].", "[ガイド][] を参照してください。"),
    ("url-end", "ja_JP", "See https://a.example/x for more.", "詳細は https://a.example/x。"),
    ("emphasis", "ja_JP", 'Select **"Yes"**.', "今すぐ**「はい」**を選択します。"),
    ("emphasis", "zh_CN", "Select **Save (all)** now.", "立即选择**保存（全部）**按钮。"),
    ("emphasis", "nb_NO", "**Address**: x", "**Adresse:**x"),
    ("emphasis", "ko_KR", "Select *Save (all)* now.", "지금 *저장(모두)*를 선택합니다."),
    ("residue", "fr_FR", "What is it?", "Qu’est-ce&#A0;?"),
    ("residue", "de_DE", "It is 5 MB.", "Es sind 5nbsp; nbsp;MB."),
    ("half-comment", "de_DE", "Save the file.", "Speichern Sie die Datei. -->"),
    ("doubled-phrase", "de_DE", "Click the button.", "Klicken Sie auf Klicken Sie auf die Schaltfläche."),
    ("doubled-phrase", "ja_JP", "The name of the user", "ユーザーの名前はユーザーの名前は"),
    ("stop-space", "hi_IN", "Save it. Close it.", "इसे सहेजें।इसे बंद करें।"),
    ("stop-space", "ru_RU", "Save it. Close it.", "Сохраните его.Закройте его."),
    ("directive", "de_DE", ':::image source="a.png" alt-text="See: this":::', ':::bild source="a.png" alt-text="x":::'),
]  # fmt: skip


@pytest.mark.parametrize(("locale", "source", "target"), GOOD)
def test_good_sentences_of_locales_without_a_corpus_are_clean(locale: str, source: str, target: str) -> None:
    assert names(source, target, locale) == set()


@pytest.mark.parametrize(("check", "locale", "source", "target"), BAD)
def test_a_planted_fault_is_found(check: str, locale: str, source: str, target: str) -> None:
    assert check in names(source, target, locale)


def test_an_inline_directive_ends_with_its_own_colons() -> None:
    source = 'See :::image type="icon" source="a.png" alt-text="See: it"::: for **more**.'
    assert (
        names(
            source, 'Siehe :::image type="icon" source="a.png" alt-text="Dies: es"::: für **mehr**.', "de_DE"
        )
        == set()
    )
