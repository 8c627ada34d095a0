"""The laws and the yardsticks over real articles; skipped where there are none.

The floors of equal localized articles are as many as were reached, and never fewer than plain
substitution reaches.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.deliveries import deliver, review
from l10n import Article, extract, merge, parse, po
from l10n.catalogue import Message
from l10n.english.english import English
from l10n.english.plain_units import with_sources
from l10n.jobs.run import Workers

LOCALIZED_FLOORS = {
    "alch-nb": 2884,
    "alch-ja": 2899,
    "alch-ar": 2883,
    "nuget-ja": 350,
    "console-de": 141,
    "contrib-ru": 32,
}
# With the English files: articles, units without annotation, localized as published.
WITH_ENGLISH = {"nuget-ja": (366, 896, 364), "contrib-ru": (33, 80, 32), "console-de": (141, 401, 141)}
DAMAGED_EQUAL = [
    "author-span-in-source-de.md",
    "escaped-yaml-zhtw.yml",
    "quot-ar-author-footer-module.md",
    "quot-de-bots-conversations.md",
    "quot-nb-help-connect.md",
    "quot-nb-inventory-settings.md",
    "stray-close-span-zhtw.md",
    "stray-span-iot-zhtw.md",
]


def articles(folder: Path) -> list[Path]:
    found = [path for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".yml") and path.is_file()]
    assert found, f"no articles in {folder}"
    return found


def annotated(corpus: Path) -> list[Path]:
    return [
        path
        for path in articles(corpus)
        if "plain" not in path.relative_to(corpus).parts
        and "english" not in path.relative_to(corpus).parts
        and ".plain." not in path.name
        and ".english." not in path.name
    ]


def test_every_article_renders_to_its_bytes_and_no_annotation_is_lost(corpus: Path) -> None:
    read: Counter[str] = Counter()
    for path in annotated(corpus):
        data = path.read_bytes()
        article = parse(data, path.name)
        assert article.render() == data, path
        read["articles"] += 1
        read["units"] += len(article.units)
        if not article.problems:
            assert len(article.units) == data.count(b"data-ttu-id=") == data.count(b"sxs-lookup"), path
    assert read["articles"] > 10_000
    assert read["units"] > 100_000


@pytest.mark.parametrize("name", LOCALIZED_FLOORS)
def test_the_localized_form_is_the_publisher_s_own(corpus: Path, name: str) -> None:
    equal = 0
    for path in articles(corpus / name / "plain"):
        bilingual = corpus / name / "annotated" / path.relative_to(corpus / name / "plain")
        if bilingual.exists():
            equal += parse(bilingual.read_bytes(), path.name).render("localized") == path.read_bytes()
    assert equal >= LOCALIZED_FLOORS[name]


@pytest.mark.parametrize("name", WITH_ENGLISH)
def test_with_english_every_translated_string_is_a_unit_and_the_forms_are_exact(
    corpus: Path, name: str
) -> None:
    folder = corpus / name
    strings = unsourced = localized = 0
    with English(folder / "english") as files:
        proved = 0
        for path in articles(folder / "annotated"):
            article = parse(path.read_bytes(), path.name)
            english = files.of(article, path)
            if english is None:
                continue
            proved += 1
            article = with_sources(article, english)
            inside = path.relative_to(folder / "annotated")
            assert article.render() == path.read_bytes(), path
            assert article.render("source") == (folder / "english" / inside).read_bytes(), path
            localized += article.render("localized") == (folder / "plain" / inside).read_bytes()
            strings += sum(unit.is_bare for unit in article.units)
            unsourced += article.unsourced
    assert (proved, strings, localized) == WITH_ENGLISH[name]
    assert unsourced <= 2 * (name == "contrib-ru")  # two labels that the annotator added to a list


@pytest.mark.parametrize("name", DAMAGED_EQUAL)
def test_the_localized_form_of_damaged_articles_is_the_publisher_s_own(corpus: Path, name: str) -> None:
    stem, suffix = name.rsplit(".", 1)
    damaged = (corpus / "damaged" / f"{stem}.annotated.{suffix}").read_bytes()
    plain = (corpus / "damaged" / f"{stem}.plain.{suffix}").read_bytes()
    assert parse(damaged, name).render("localized") == plain


def test_damage_is_read_where_it_can_be_and_reported(corpus: Path) -> None:
    found = {
        path.name.split(".")[0]: _parsed(path)
        for path in articles(corpus / "damaged")
        if ".annotated." in path.name
    }
    codes = {name: {problem.code for problem in article.problems} for name, article in found.items()}
    assert {name: seen for name, seen in codes.items() if seen} == {
        "front-matter-swallowed-nb": {"swallowed-front-matter"},
        "quot-ar-author-footer-module": {"damaged-quotes"},
        "quot-de-bots-conversations": {"damaged-quotes"},
        "quot-nb-help-connect": {"damaged-quotes"},
        "quot-nb-inventory-settings": {"damaged-quotes"},
        "swallowed-blockquote-he": {"swallowed-prefix"},
    }
    for name, article in found.items():
        assert len(article.units) == article.text.count("data-ttu-id="), name


def _parsed(path: Path) -> Article:
    return parse(path.read_bytes(), path.name)


@pytest.mark.parametrize(
    ("name", "with_english"),
    [
        *((name, False) for name in ("alch-nb", "alch-srlatn", "nuget-ja", "contrib-ru", "console-de")),
        *((name, True) for name in WITH_ENGLISH),
    ],
)
def test_the_pipeline_loses_nothing(corpus: Path, here: Path, name: str, with_english: bool) -> None:
    folder = corpus / name / "annotated"
    english = corpus / name / "english" if with_english else None
    report = extract([folder], english=english)
    assert report.articles == len(articles(folder)) - len(
        [p for p in report.problems if p.code == "no-locale"]
    )
    (path,) = Path("locales").iterdir()
    before = path.read_bytes()
    if shutil.which("msgcat"):
        copy = subprocess.run(["msgcat", "--force-po", "--no-wrap", path], capture_output=True, check=True)
        assert copy.stdout == before
        subprocess.run(["msgfmt", "-c", "-o", os.devnull, path], capture_output=True, check=True)
    keys = [(message.context, message.source) for message in po.read(before, path.name).messages]
    assert len(set(keys)) == len(keys) == report.messages
    assert extract([folder], english=english).written == []
    rebuilt = merge([Path("locales")], form="annotated", english=english)
    assert rebuilt.articles == report.articles
    for written in rebuilt.written:
        original = folder / Path(*Path(written).parts[2:])
        assert Path(written).read_bytes() == original.read_bytes(), written


def test_no_reviewed_word_is_lost_over_four_real_deliveries(corpus: Path, here: Path) -> None:
    folders = [corpus / "handbacks/alch-nb" / name for name in ("2020-03", "2020-10", "2021-01")]
    reviewed = []
    for folder in [*folders, corpus / "alch-nb/annotated"]:
        step = deliver(folder, Path("articles"))
        assert (step.texts_lost, step.reviews_lost) == (0, 0), folder
        assert step.in_doubt < 10, folder
        review()
        reviewed.append(po.read(Path("locales/nb_NO.po").read_bytes(), "nb_NO.po").messages)
    assert len(reviewed[-1]) > 20_000
    # The third delivery again: every review of it is back.
    assert deliver(folders[2], Path("articles")).reviews_lost == 0
    back = {(m.source, m.translation) for m in _active(Path("locales/nb_NO.po")) if m.is_reviewed}
    # All but a few whose source has several obsolete senses, and none that is surely this one.
    assert len({(m.source, m.translation) for m in reviewed[2] if not m.obsolete} - back) <= 3


def _active(path: Path) -> list[Message]:
    return [message for message in po.read(path.read_bytes(), path.name).messages if not message.obsolete]


def test_the_bytes_are_the_same_whatever_the_number_of_processes(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus / "nuget-ja")
    told, written = [], []
    for processes in (1, 2, 3):
        locales, build = tmp_path / f"locales{processes}", tmp_path / f"build{processes}"
        workers = Workers(processes)
        report = extract([Path("annotated")], locales, english=Path("english"), workers=workers)
        rebuilt = merge([locales], output=build, english=Path("english"), workers=workers)
        assert len(rebuilt.written) == rebuilt.articles == 366
        told.append((report.units, report.problems, rebuilt.changed, rebuilt.problems))
        written.append(
            {path.relative_to(build).as_posix(): path.read_bytes() for path in articles(build)}
            | {"po": (locales / "ja_JP.po").read_bytes()}
        )
    assert told[0] == told[1] == told[2]
    assert written[0] == written[1] == written[2]
