"""What other tools write into a PO file survives `l10n extract`."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import pytest

from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.foreign_entries import SAMPLES, said


@pytest.mark.parametrize("name", SAMPLES)
def test_an_extract_keeps_it_and_a_second_one_changes_nothing(here: Path, name: str) -> None:
    (here / "articles").mkdir()
    (here / "articles/a.md").write_text(article(("Mål", "Goal")))
    file = here / "locales/nb_NO.po"
    file.parent.mkdir()
    text = SAMPLES[name]
    paths = '"X-L10n-Articles: articles\\n"\n'
    if "Basepath" not in text:
        paths += '"X-Poedit-Basepath: ..\\n"\n'
    data = re.sub(r'(\n"Content-Type.*\n)', lambda match: match[1] + paths, text)
    data = data.replace('msgctxt "@title:window"\n', "")  # contexts come and go with other messages
    # Places in articles that are not this run's: then its messages stay whatever it brings.
    data = re.sub(r"^#: .*", "#: other/a.md:1", data, flags=re.MULTILINE)
    data = re.sub(r"\n\n((?:#(?:[^:\n].*)?\n)*)(?=msgid)", r"\n\n\1#: other/a.md:1\n", data)
    data = re.sub(r"(#: other/a.md:1\n)((?:#[.,|].*\n)*)#: other/a.md:1\n", r"\1\2", data)
    file.write_bytes(codecs.BOM_UTF8 + data.encode())
    first = l10n("extract", "articles", cwd=here)
    assert (first.code, first.err) == (0, "")
    once = file.read_bytes()
    assert not said(data.encode()) - said(once), once.decode()
    assert b'msgid "Goal"' in once
    assert l10n("extract", "articles", cwd=here).code == 0
    assert file.read_bytes() == once


def test_a_plural_entry_does_not_stop_an_article_that_has_its_source(here: Path) -> None:
    (here / "articles").mkdir()
    (here / "articles/a.md").write_text(article(("Mål", "Goal")))
    assert l10n("extract", "articles", cwd=here).code == 0
    file = here / "locales/nb_NO.po"
    plural = b'\nmsgid "Aim"\nmsgid_plural "Aims"\nmsgstr[0] "Sikte"\nmsgstr[1] "Sikter"\n'
    file.write_bytes(file.read_bytes() + plural)
    (here / "articles/b.md").write_text(article(("Sikte", "Aim")))
    for _ in range(2):
        assert l10n("extract", "articles", cwd=here).code == 0
        once = file.read_bytes()
        assert plural in once
        assert once.count(b'msgid "Aim"') == 2
    merged = l10n("merge", "locales", cwd=here)
    assert (merged.code, merged.err) == (0, "")
