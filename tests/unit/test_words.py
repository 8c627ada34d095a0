"""Words, counted by hand in ten languages."""

from __future__ import annotations

import pytest

from l10n.words import count

SPACED = [
    # UAX #29: a segment with a letter or a digit is a word
    (8, "Don't forget the user's 3.14 well-known files."),  # don't, user's, 3.14: one each; well-known: two
    (4, "Set max_size in contoso.com."),
    (6, "At 10:30, 1,000 items (v2.0)."),  # At 10 30 1,000 items v2.0
    (8, "Du kan registrere opptil ti enheter i dag."),
    (4, "Åpne støttesaken på nytt."),
    (7, "Öffnen Sie die Datei für das Zurücksetzen."),
    (6, "L’utilisateur n'a pas d'accès à l’aide."),  # elisions: one word with what follows
    (5, "Откройте файл из-за ошибки."),  # из-за: two
    (4, "افتح الملفَّ من القائمة."),  # marks belong to their letters
    (3, "می\u200cخواهم فایل را"),  # a zero width non-joiner stands inside a word
    (4, "파일을 열고 저장을 클릭하세요."),  # Korean is written with spaces
    (3, 'צה"ל ו‑צה״ל'),  # quotes stand inside Hebrew abbreviations
    (3, "नमस्ते दुनिया है"),
    (1, "cafe\u0301s"),
    (1, "soft\u00adware"),
    (0, "— … !? *** ___ 🙂 ½"),
    (0, ""),
]
UNSPACED = [
    # Japanese: 3.0 characters a word, for kana and Han in a text with kana
    (4, "パスワードを更新しています。"),  # 13 / 3 = 4.33; the long vowel mark is one
    (4, "ファイルを開いてください。"),
    (4, "Azure AD を設定する"),  # Azure, AD, and 5 / 3 = 1.67
    (3, "ﾌﾟﾘﾝﾀｰ追加"),  # half-width: 9 / 3
    # Chinese: 2.8
    (4, "请打开这个文件夹并保存。"),  # 11 / 2.8 = 3.93
    (6, "单击 Microsoft Teams 中的「保存更改」按钮。"),  # 2 + 10 / 2.8 = 3.57
    (1, "否"),  # one at least
    (2, "第 10 章"),  # 10, and 2 / 2.8 = 0.71
    # Thai: 6.0, marks are characters
    (4, "เปิดไฟล์แล้วคลิกบันทึก"),
    (3, "เปิด Microsoft Word"),
    # Lao, Khmer, Burmese: as Thai
    (2, "ເປີດແຟ້ມນີ້"),
    (2, "បើកឯកសារនេះ"),
    (3, "ဖိုင်ကိုဖွင့်ပါ"),  # 15 / 6 = 2.5
]
MARKDOWN = [
    (3, "Open the [portal](https://portal.contoso.example/a/b?c=d#e)."),
    (2, "[a](b_(c)) [d](<e f>)"),
    (5, 'See [this](x.md "Help page") now'),
    (2, "Line<br/>one"),
    (3, '<a href="x y z">the</a> <b>bold</b> part'),
    (2, "a &lt; b"),
    (2, "no&nbsp;break"),
    (1, "caf&eacute;"),
    (1, "snake\\_case"),
    (3, "`git commit` **now**"),
    (4, "https://contoso.com/mail/rules"),  # a bare URL: https contoso.com mail rules
    (3, "if a<b"),
]


@pytest.mark.parametrize(("words", "text"), SPACED + UNSPACED + MARKDOWN)
def test_words_are_counted_as_by_hand(words: int, text: str) -> None:
    assert count(text) == words
