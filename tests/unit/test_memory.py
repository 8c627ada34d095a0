"""Translation memories: the files that are read, the matches found, the messages filled."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from l10n import extract, po
from l10n.catalogue import Message
from l10n.memory import Memory, MemoryMatch, Translation
from l10n.memory.index import _COMPARED, _LOOKED_AT
from l10n.memory.reading import find_memory_files, read_memory
from l10n.problems import Problem
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.steps import steps_of

TMX = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en"/><body>
<tu><prop type="x">y</prop><note xml:lang="en">n</note>
  <tuv xml:lang="en-US"><seg>Save</seg></tuv><tuv xml:lang="de"><seg>Sichern</seg></tuv>
  <tuv xml:lang="nb-NO"><seg>Lagre</seg></tuv></tu>
<!-- a remark -->
<tu><tuv lang="NB"><seg>Velg <bpt i="1">**</bpt>Neste<ept i="1">**</ept>.</seg></tuv>
  <tuv lang="EN"><seg>Select <bpt i="1">**</bpt>Next<ept i="1">**</ept>.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>One <ph x="1"/></seg></tuv><tuv xml:lang="nb"><seg>En <ph x="1"/></seg></tuv></tu>
</body></tmx>
"""
FUZZY = TMX.replace(
    "</body>",
    """\
<tu><tuv xml:lang="en"><seg>Select the nexts.</seg></tuv><tuv xml:lang="nb"><seg>Velg x.</seg></tuv></tu>
</body>""",
)
XLIFF_1 = """\
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="en" target-language="nb" original="a" datatype="plaintext"><body><group>
<trans-unit id="1" approved="yes"><source>Save</source><target state="final">Lagre</target></trans-unit>
<trans-unit id="2"><source>Open <ph id="1">`x`</ph></source><target>Åpne <ph id="1">`x`</ph></target>
  <alt-trans><target>Opne</target></alt-trans></trans-unit>
<trans-unit id="3"><source>Bad</source><target state="needs-review-translation">Mt</target></trans-unit>
<trans-unit id="4" approved="no"><source>Bad</source><target>Mt</target></trans-unit>
<trans-unit id="5"><source>Bold <g id="1">x</g></source><target>Fet <g id="1">x</g></target></trans-unit>
<trans-unit id="6"><source>None</source></trans-unit>
</group></body></file></xliff>
"""
XLIFF_2 = """\
<xliff version="2.1" srcLang="en" trgLang="nb" xmlns="urn:oasis:names:tc:xliff:document:2.0">
<file id="f"><unit id="1"><originalData><data id="d">**</data></originalData>
<segment state="final"><source>Select <pc id="1" dataRefStart="d" dataRefEnd="d">Next</pc>.</source>
<target>Velg <pc id="1" dataRefStart="d" dataRefEnd="d">Neste</pc>.</target></segment>
<segment state="initial"><source>Bad</source><target>Mt</target></segment>
<segment subState="poedit:fuzzy" state="translated"><source>Bad</source><target>Mt</target></segment>
</unit></file></xliff>
"""
PO_LATIN = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=ISO-8859-1\\n"
"Language: nb\\n"

# a comment
#, python-format
#| msgid "old"
msgid "Save"
msgstr "Lagre på nytt"

msgid ""
"%d file\\u2028"
msgid_plural ""
"%d "
"files"
msgstr[0] "%d fil"
msgstr[1] "%d filer"

#, fuzzy
msgid "Bad"
msgstr "Mt"

#~ msgid "Gone"
#~ msgstr "Borte"
"""
WITHOUT_HEADER = 'msgid "Save"\nmsgstr "Lagre"\n'


def pairs_of(path: Path, *wanted: str, locale: str = "nb_NO") -> dict[str, str]:
    problems: list[Problem] = []
    memory = Memory({locale: wanted}, 100)
    read_memory(find_memory_files([path], problems), memory, problems)
    assert problems == []
    found = {source: memory.match(source, locale) for source in wanted}
    return {source: match.translations[0].target for source, match in found.items() if match}


def test_a_tmx_file(here: Path, write: Write) -> None:
    path = write("old.tmx", TMX)
    wanted = ("Save", "Select **Next**.", "One ")
    assert pairs_of(path, *wanted) == {"Save": "Lagre", "Select **Next**.": "Velg **Neste**."}
    assert pairs_of(path, *wanted, locale="de_AT") == {"Save": "Sichern"}
    path.write_bytes(TMX.replace("UTF-8", "UTF-16").encode("utf-16"))
    assert pairs_of(path, "Save") == {"Save": "Lagre"}


def test_xliff_files(here: Path, write: Write) -> None:
    wanted = ("Save", "Open `x`", "Bad", "Bold x", "None", "Select **Next**.")
    assert pairs_of(write("a.xlf", XLIFF_1), *wanted) == {"Save": "Lagre", "Open `x`": "Åpne `x`"}
    assert pairs_of(write("b.xliff", XLIFF_2), *wanted) == {"Select **Next**.": "Velg **Neste**."}


def test_po_files_of_other_tools(here: Path, write: Write) -> None:
    Path("other.po").write_bytes(PO_LATIN.replace("\\u2028", "").encode("latin-1"))
    wanted = ("Save", "%d file", "%d files", "Bad", "Gone", "old")
    assert pairs_of(Path("other.po"), *wanted) == {
        "Save": "Lagre på nytt",
        "%d file": "%d fil",
        "%d files": "%d filer",
        "Gone": "Borte",
    }
    text = PO_LATIN.replace("ISO-8859-1", "UTF-8").replace("\\u2028", "\u2028\x85")
    assert pairs_of(write("other.po", text), "%d file\u2028\x85") == {"%d file\u2028\x85": "%d fil"}
    for name in ("nb.po", "nb_NO/app.po"):
        write(f"po/{name}", WITHOUT_HEADER)
        assert pairs_of(Path("po"), "Save") == {"Save": "Lagre"}
        Path("po", name).unlink()


def test_in_a_folder_only_files_of_the_same_locale_count(here: Path, write: Write) -> None:
    for name, word in (("nb", "Lagre"), ("de", "Sichern"), ("nn_NO", "Lagra")):
        write(f"other/{name}.po", WITHOUT_HEADER.replace("Lagre", word))
    assert pairs_of(Path("other"), "Save") == {"Save": "Lagre"}


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
TU = '<tu><tuv xml:lang="en"><seg>&e8;</seg></tuv><tuv xml:lang="nb"><seg>&e8;</seg></tuv></tu>'


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.tmx", f'<!DOCTYPE tmx [<!ENTITY e0 "ha">{BOMB}]><tmx>{TU}</tmx>', "it declares"),
        ("a.tmx", f'<!DOCTYPE tmx [<!ENTITY e8 SYSTEM "file:///etc/passwd">]><tmx>{TU}</tmx>', "it declares"),
        ("a.tmx", "<tmx>" + "<a>" * 5000 + "</a>" * 5000 + "</tmx>", "it is not XML"),
        ("a.tmx", "<tmx><body></tmx>", "it is not XML"),
        ("a.tmx", "<html/>", "it is XML, but its root is neither"),
        ("a.tmx", f"<tmx>{'<a/>' * 5_000_000}</tmx>", "no unit ends within 16 MiB"),
        ("a.po", 'msgid "a"\nmsgstring "b"\n', "it is not the syntax"),
        ("a.po", WITHOUT_HEADER, "its header names no Language"),
        ("a.po", '"charset=idna\\n"' + WITHOUT_HEADER, "its charset 'idna' is not known"),
        ("a.po", '"charset=ascii\\n"\n# å\n' + WITHOUT_HEADER, "it is not ascii"),
        ("empty/readme.txt", "", "there are no PO, TMX or XLIFF files here"),
    ],
)
def test_what_is_hostile_or_broken_is_left_out_and_said(
    here: Path, write: Write, name: str, text: str, reason: str
) -> None:
    path = write(name, text)
    problems: list[Problem] = []
    memory = Memory({"nb_NO": ["Save"]}, 75)
    read_memory(find_memory_files([path.parent if "/" in name else path], problems), memory, problems)
    (problem,) = problems
    assert problem.code == "bad-memory"
    assert problem.message.startswith(reason)
    assert memory.pairs == 0


def test_a_po_file_named_in_a_po_file_is_not_read(here: Path, write: Write) -> None:
    """polib takes a text for the name of a file if there is such a file."""
    write("secret", WITHOUT_HEADER)
    problems: list[Problem] = []
    memory = Memory({"nb_NO": ["Save"]}, 75)
    read_memory(find_memory_files([write("nb.po", "secret")], problems), memory, problems)
    assert [problem.code for problem in problems] == ["bad-memory"]


@pytest.mark.parametrize("line", ['"a"', "# a", "#. a", "#: a:1", '#~ "a"', '#| "a"', '"a\\n"'])
def test_the_time_for_a_po_file_of_another_tool_grows_with_its_size(
    here: Path, write: Write, line: str
) -> None:
    text = 'msgid ""\nmsgstr ""\n"Language: nb\\n"\n\nmsgid ""\n{}msgid "x"\nmsgid_plural "y"\n'

    def steps(times: int) -> int:
        path = write("nb.po", text.format(f"{line}\n" * times))
        files = find_memory_files([path], [])
        return steps_of(lambda: read_memory(files, Memory({"nb_NO": ["Save"]}, 75), []))

    assert steps(4_000) < 5 * steps(1_000)


def test_the_best_match_and_the_most_frequent_translation() -> None:
    memory = Memory({"nb_NO": ["Save the file now", "No", "Quite another text"]}, 75)
    for source, target, origin in [
        ("Save the files now", "Lagre filene nå", "a"),
        ("Save a file now", "Lagre en fil nå", "a"),
        ("No", "Nei", "b"),
        ("No", "Antall", "a"),
        ("No", "Nei", "a"),
        ("No", "bad\0", "a"),
    ]:
        memory.add(source, target, "nb", origin)
    assert memory.match("Save the file now", "nb_NO") == MemoryMatch(
        97, "Save the files now", (Translation("Lagre filene nå", "a"),)
    )
    assert memory.match("No", "nb_NO") == MemoryMatch(
        100, "No", (Translation("Nei", "a"), Translation("Antall", "a"))
    )
    assert memory.match("Quite another text", "nb_NO") is None
    assert memory.match("No", "de") is None


def test_a_source_is_compared_with_a_fixed_number_of_others() -> None:
    def steps(times: int) -> int:
        memory = Memory({"nb_NO": ["save the file"]}, 75)
        for number in range(times):
            memory.add(f"save the file {number}", "x", "nb", "a")
        memory.match("save the file", "nb_NO")
        return steps_of(lambda: memory._match("save the file", "nb_NO"))

    assert steps(20 * _LOOKED_AT) < 2 * steps(_LOOKED_AT) + 50 * _COMPARED


def filled(locale: str = "nb_NO") -> dict[str, Message]:
    path = f"locales/{locale}.po"
    return {m.source: m for m in po.read(Path(path).read_bytes(), path).messages}


def test_extract_fills_new_messages_and_never_a_review(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Spar", "Save"), ("Velg neste.", "Select the next."), ("Ja", "Yes")))
    write("old.tmx", FUZZY)
    report = extract([Path("articles")], memory=[Path("old.tmx")])
    assert report.memory is not None
    counts = [
        (t.messages, t.words) for t in (report.memory.exact, report.memory.fuzzy, report.memory.without)
    ]
    assert counts == [(1, 1), (1, 3), (1, 1)]
    messages = filled()
    assert (messages["Save"].translation, messages["Save"].fuzzy) == ("Lagre", True)
    assert messages["Save"].hints == ("memory: 100 %, old.tmx",)
    assert messages["Select the next."].previous_source == "Select the nexts."
    assert messages["Select the next."].hints == ("memory: 96 %, old.tmx",)
    assert messages["Yes"].translation == "Ja"
    assert extract([Path("articles")], memory=[Path("old.tmx")]).written == []
    assert extract([Path("articles")]).written == []
    path = Path("locales/nb_NO.po")
    path.write_text(path.read_text().replace('#, fuzzy\nmsgid "Yes"', 'msgid "Yes"'))
    write("old.tmx", TMX.replace(">Save<", ">Yes<"))
    report = extract([Path("articles")], memory=[Path("old.tmx")])
    assert (report.written, filled()["Yes"].translation) == ([], "Ja")


def test_no_fuzzy_leaves_out_fuzzy_matches(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Velg neste.", "Select the next.")))
    write("old.tmx", FUZZY)
    extract([Path("articles")], memory=[Path("old.tmx")], fuzzy=False)
    assert filled()["Select the next."].translation == "Velg neste."


def test_a_source_with_several_translations_keeps_the_one_that_the_memory_has(
    here: Path, write: Write
) -> None:
    write("articles/a.md", article(("Antall", "No"), ("Nei", "No"), ("Nr", "No")))
    both = WITHOUT_HEADER.replace("Save", "No")
    write("old/a/nb.po", both.replace("Lagre", "Nei"))
    write("old/b/nb.po", both.replace("Lagre", "Antall"))
    write("old/c/nb.po", both.replace("Lagre", "Antall"))
    extract([Path("articles")], memory=[Path("old")])
    catalogue = po.read(Path("locales/nb_NO.po").read_bytes(), "nb_NO.po")
    assert sorted((m.context or "", m.translation) for m in catalogue.messages) == [
        ("Antall", "Antall"),
        ("Nei", "Nei"),
        ("Nr", "Antall"),
    ]
    assert extract([Path("articles")], memory=[Path("old")]).written == []


def test_the_files_in_another_order_give_the_same_bytes(here: Path, write: Write) -> None:
    dice = random.Random(5)
    words = ["save", "open", "close", "the", "a", "file", "mail", "folder", "now", "then", "here"]
    sources = sorted({" ".join(dice.choices(words, k=5)) for _ in range(60)})
    write("articles/a.md", article(*((f"mt {n}", source) for n, source in enumerate(sources[:30]))))
    names = []
    for name in "abc":
        body = "".join(
            f'msgid "{one}"\nmsgstr "{dice.randint(1, 3)} {one}"\n\n' for one in dice.sample(sources, 25)
        )
        names.append(write(f"{name}/nb.po", body))
    extract([Path("articles")], Path("one"), memory=names)
    extract([Path("articles")], Path("two"), memory=names[::-1])
    data = Path("one/nb_NO.po").read_bytes()
    assert data == Path("two/nb_NO.po").read_bytes()
    assert data.count(b"#. memory: 100 %") > 10
    assert re.search(rb"#. memory: [789]\d %", data)


def test_the_command_counts_matches_and_says_how_long_reading_took(here: Path, write: Write) -> None:
    write("articles/a.md", article(("Spar", "Save"), ("Velg neste.", "Select the next."), ("Ja", "Yes")))
    write("old.tmx", FUZZY)
    write("empty/readme.txt", "")
    run = l10n("extract", "articles", "--memory", "old.tmx", "--memory", "empty", cwd=here)
    assert run.code == 1
    assert run.err == "empty:1:1: bad-memory: there are no PO, TMX or XLIFF files here; it was left out\n"
    rows = [re.split(r"  +", line.strip()) for line in run.out.splitlines()]
    start = next(number for number, row in enumerate(rows) if row[0].startswith("memory, read in "))
    assert rows[start][1] == "3"
    assert rows[start + 1 : start + 5] == [
        ["exact matches", "1", "1 words"],
        ["fuzzy matches", "1", "3 words"],
        ["without a match", "1", "1 words"],
        ["with codes that are not in the file", "1"],
    ]
    found = l10n("extract", "articles", "--memory", "old.tmx", "--json", cwd=here).json["memory"]
    assert (found["pairs"], found["left_out"], found["exact"]) == (3, 1, {"messages": 0, "words": 0})
