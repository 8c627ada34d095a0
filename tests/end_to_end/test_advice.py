"""Law 3: a problem says what to do about it, and that helps: once it is done, the problem is gone."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.articles import article, unit
from tests.helpers.command import Run, l10n
from tests.helpers.files import Write
from tests.helpers.po_files import edit

PO = Path("locales/nb_NO.po")
Do = Callable[[Write], object]


def run(line: str) -> Run:
    return l10n(*line.split(), cwd=Path())


def mend(path: Path | str, old: str, new: str) -> None:
    text = Path(path).read_text(encoding="latin-1")
    assert re.search(old, text)
    Path(path).write_text(re.sub(old, new, text), encoding="latin-1")


def translate(text: str) -> None:
    edit(PO, lambda message: replace(message, fuzzy=False, translation=text))


def project(write: Write, *pairs: tuple[str, str]) -> None:
    write("articles/a.md", article(*pairs or (("Nei", "No"), ("Ja", "Yes"))))
    write("articles/b.md", article(("Kanskje", "Maybe")))
    run("extract articles")


def body(write: Write, text: str) -> None:
    """An article with that body, and its PO file."""
    write("articles/a.md", article() + "\n" + text)
    run("extract articles")


def moved(write: Write) -> None:
    project(write)
    shutil.move("articles", "delivery2")


def deleted(write: Write) -> None:
    write("other/c.md", article(("Hei", "Hello")))
    run("extract other")
    project(write)
    shutil.rmtree("articles")


def gone(write: Write) -> None:
    project(write)
    os.unlink("articles/b.md")


def elsewhere(write: Write) -> None:
    project(write)
    shutil.move("articles", "delivery2")
    os.unlink("delivery2/b.md")


def built(write: Write) -> None:
    project(write)
    run("merge locales")
    os.unlink("articles/b.md")
    run("extract articles")


def language(write: Write) -> None:
    project(write)
    mend(PO, "Language: nb_NO", "Language: de")


def without(pattern: str) -> Do:
    def take_out(write: Write) -> None:
        project(write)
        mend(PO, pattern, "")

    return take_out


def danish(write: Write) -> None:
    project(write)
    mend("articles/b.md", "nb-NO", "da-DK")


def all_danish(write: Write) -> None:
    project(write)
    for name in ("a", "b"):
        mend(f"articles/{name}.md", "nb-NO", "da-DK")


def nowhere(write: Write) -> None:
    write("articles/a.md", article(("Nei", "No"), locale="xx-YY"))


def without_locale(write: Write) -> None:
    write("articles/a.md", re.sub("ms.contentlocale.*\n", "", article(("Nei", "No"))))


def new_unit(write: Write) -> None:
    project(write)
    write("articles/b.md", article(("Kanskje", "Maybe"), ("Ny", "New")))


def table(write: Write) -> None:
    body(write, f"| a | b |\n|---|---|\n| {unit('En', 'One')} | b |\n")
    translate("En | To")


def dated(write: Write) -> None:
    project(write, ("Vi flyttet.", "On July 21 we moved."))
    edit(PO, lambda message: replace(message, fuzzy=False, translation="21. juli flyttet vi."))


def strict(write: Write) -> None:
    project(write, ("Vent 15", "Wait 15"))
    edit(
        PO, lambda message: replace(message, fuzzy=False, translation=message.translation.replace("15", "51"))
    )


def renamed_po(write: Write) -> None:
    project(write)
    shutil.move(PO, "locales/norsk.po")


def copied_po(write: Write) -> None:
    project(write)
    shutil.copy(PO, "locales/nb_NO (copy).po")


def absolute(write: Write) -> None:
    project(write)
    mend(PO, r"X-Poedit-Basepath: \.\.", "X-Poedit-Basepath: /srv/articles")


def other_split(write: Write) -> None:
    project(write)
    write("articles/in/b.md", article(("Ja", "Yes")))
    run("extract articles")


def overwritten(write: Write) -> None:
    write("nb-NO/a.md", article(("Nei", "No")))
    os.chdir("nb-NO")
    run("extract .")


def windows(write: Write) -> None:
    write("articles/a.md", article(("Nei", "No")).replace("Nei", "Bl\udce5"))


def utf8(write: Write) -> None:
    text = Path("articles/a.md").read_bytes().decode("latin-1")
    Path("articles/a.md").write_text(text, encoding="utf-8")


def breaks(write: Write) -> None:
    body(write, f"> {unit('Nei' + chr(10) + '> ', 'No' + chr(10) + '> ')}\n")
    edit(PO, lambda message: replace(message, fuzzy=False, translation="Niks"))


def put(old: str, new: str) -> Do:
    """A PO file in which somebody wrote `new`."""

    def damaged(write: Write) -> None:
        project(write)
        mend(PO, old, new)

    return damaged


def twice(write: Write) -> None:
    project(write)
    PO.write_text(f'{PO.read_text()}\nmsgid "No"\nmsgstr "Niks"\n')


def without_header(write: Write) -> None:
    project(write)
    text = PO.read_text()
    PO.write_text(text[text.index("\n\n") :].lstrip("\n"))
    PO.write_text(re.sub(r"(?m)^#.*\n", "", PO.read_text()))


HEADER = 'msgid ""\nmsgstr "Language: nb_NO\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    ("setup", "command", "code", "said", "remedy"),
    [
        (moved, "merge locales", "missing-article", "the folder that it is in now", "extract delivery2"),
        (deleted, "merge locales", "missing-article", "with --prune if it was", "extract other --prune"),
        (gone, "merge locales", "missing-article", "l10n extract articles again", "extract articles"),
        (
            elsewhere,
            "merge locales --articles delivery2",
            "missing-article",
            "run l10n extract delivery2 --prune",
            "extract delivery2 --prune",
        ),
        (built, "merge locales", "left-over", "run l10n merge with --clean", "merge locales --clean"),
        (
            language,
            "merge locales",
            "other-language",
            "write Language: nb_NO into its header",
            lambda _: mend(PO, "Language: de", "Language: nb_NO"),
        ),
        (
            without('"Language: .*\n'),
            "merge locales",
            "bad-po",
            "write Language: nb_NO into its header",
            lambda _: mend(PO, '"MIME', r'"Language: nb_NO\\n"\n"MIME'),
        ),
        (
            without('"X-Poedit-Basepath.*\n'),
            "merge locales",
            "missing-field",
            "run l10n extract with the folder of the articles",
            "extract articles",
        ),
        (
            without('"X-L10n-Articles.*\n'),
            "merge locales",
            "missing-field",
            "run l10n extract with the folder of the articles",
            "extract articles",
        ),
        (
            without('"X-L10n-Articles.*\n|#: .*\n'),
            "merge locales",
            "missing-field",
            "run l10n extract with the folder of the articles",
            "extract articles",
        ),
        (danish, "merge locales/nb_NO.po", "other-locale", "run l10n extract again", "extract articles"),
        (
            all_danish,
            "merge locales/nb_NO.po",
            "other-language",
            "or run l10n extract again if it is theirs that changed",
            "extract articles",
        ),
        (new_unit, "merge locales", "no-message", "run l10n extract again", "extract articles"),
        (table, "merge locales", "refused-target", r"write \|", lambda _: translate(r"En \| To")),
        (
            dated,
            "merge locales",
            "refused-target",
            r"21\. juli",
            lambda _: translate(r"21\. juli flyttet vi."),
        ),
        (
            strict,
            "merge locales --strict",
            "strict-target",
            "number 51 should be 15",
            lambda _: mend(PO, "51", "15"),
        ),
        (
            renamed_po,
            "extract articles",
            "other-name",
            "rename the file to nb_NO.po",
            lambda _: shutil.move("locales/norsk.po", PO),
        ),
        (
            renamed_po,
            "extract articles",
            "other-name",
            "or move it away",
            lambda _: shutil.move("locales/norsk.po", "norsk.po"),
        ),
        (
            copied_po,
            "merge locales",
            "claimed-twice",
            "name only one of them",
            lambda _: os.unlink("locales/nb_NO (copy).po"),
        ),
        (
            windows,
            "extract articles",
            "not-utf8",
            "save the article as UTF-8",
            utf8,
        ),
        (
            put('msgid "No"', '<<<<<<< ours\nmsgid "No"'),
            "merge locales",
            "bad-po",
            "delete the marks",
            lambda _: mend(PO, "<<<<<<< ours\n", ""),
        ),
        (
            put('"Nei"', '"Ne"i"'),
            "merge locales",
            "bad-po",
            r"write a quote in a text as \"",
            lambda _: mend(PO, 'Ne"i', r'Ne\\"i'),
        ),
        (
            put('"Nei"', r'"C:\\dir"'),
            "merge locales",
            "bad-po",
            r"write a backslash in a text as \\",
            lambda _: mend(PO, r"C:\\dir", r"C:\\\\dir"),
        ),
        (
            put('"Nei"', '"Nei'),
            "merge locales",
            "bad-po",
            "begin and end its text with a quote",
            lambda _: mend(PO, '"Nei', '"Nei"'),
        ),
        (
            put('"Nei"', "'Nei'"),
            "merge locales",
            "bad-po",
            "begin and end its text with a quote",
            lambda _: mend(PO, "'Nei'", '"Nei"'),
        ),
        (
            put('msgid "No"', 'a note\nmsgid "No"'),
            "merge locales",
            "bad-po",
            "make it a comment with #",
            lambda _: mend(PO, "a note", "# a note"),
        ),
        (
            put('\nmsgid "No"', '\n"x"\nmsgid "No"'),
            "merge locales",
            "bad-po",
            "delete it",
            lambda _: mend(PO, '\n"x"', ""),
        ),
        (
            put('msgstr "Nei"\n', ""),
            "merge locales",
            "bad-po",
            "write one of each, in this order",
            lambda _: mend(PO, 'msgid "No"\n', 'msgid "No"\nmsgstr "Nei"\n'),
        ),
        (
            put('"Nei"', '"Nei\0"'),
            "merge locales",
            "bad-po",
            "it holds a NUL character: delete it",
            lambda _: mend(PO, "\0", ""),
        ),
        (
            twice,
            "merge locales",
            "bad-po",
            "delete one of them",
            lambda _: mend(PO, 'msgid "No"\nmsgstr "Niks"\n', ""),
        ),
        (
            without_header,
            "extract articles",
            "bad-po",
            r'"Language: nb_NO\nContent-Type: text/plain; charset=UTF-8\n"',
            lambda _: PO.write_text(HEADER + PO.read_text()),
        ),
    ],
)
def test_the_advice_helps(
    here: Path, write: Write, setup: Do, command: str, code: str, said: str, remedy: str | Do
) -> None:
    setup(write)
    before = run(f"{command} --json").json["problems"]
    assert code in {problem["code"] for problem in before}
    assert all(said in problem["message"] for problem in before if problem["code"] == code)
    if isinstance(remedy, str):
        run(remedy)
    else:
        remedy(write)
    after = {problem["code"] for problem in run(f"{command} --json").json["problems"]}
    # What an earlier merge made of the deleted article is another problem, with advice of its own.
    is_left = setup is deleted and code == "missing-article"
    assert after == ({"left-over"} if is_left else set())


@pytest.mark.parametrize(
    ("setup", "command", "code", "instead"),
    [
        (nowhere, "extract articles", "unknown-locale", "extract articles --locale nb-NO"),
        (without_locale, "extract articles", "no-locale", "extract articles --locale nb-NO"),
        (
            other_split,
            "extract articles/in --split folder",
            "other-split",
            "extract articles --split folder",
        ),
        (absolute, "merge locales", "outside-folder", "merge locales --articles articles"),
        (
            overwritten,
            "merge locales -o ..",
            "cannot-write",
            "merge locales -o ../site",
        ),
        (moved, "merge locales", "missing-article", "merge locales --articles delivery2"),
        (lambda write: write("media/a.png", ""), "extract media", "no-articles", "extract articles"),
        (project, "merge articles", "no-catalogues", "merge locales"),
    ],
)
def test_what_is_advised_instead_of_a_command_has_not_that_problem(
    here: Path, write: Write, setup: Do, command: str, code: str, instead: str
) -> None:
    write("articles/x.md", article(("Hei", "Hello")))
    setup(write)
    assert code in {problem["code"] for problem in run(f"{command} --json").json["problems"]}
    assert run(f"{instead} --json").json["problems"] == []
