"""What merge refuses and lets through: a target is measured by its source, then by what was delivered."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n import extract, merge, parse, refusal
from l10n.checks import Pair
from l10n.commands.fix import mend
from l10n.limits import GROWN_CHARACTERS, GROWTH
from tests.helpers.articles import article, unit
from tests.helpers.files import Write
from tests.helpers.reviews import review


def fault(
    target: str, *, source: str = "We moved", old: str = "Vi flyttet", before: str = "", after: str = ""
) -> str:
    """Why `target` is refused between two texts of an article; empty if it is not."""
    found = parse(f"{before}{unit(old, source)}{after}\n\nEnd\n".encode())
    return refusal(found, found.units[0], target) or ""


FIRST_LINES = {
    "21. juli flyttet vi.": "21\\. juli",
    "1) Vi": "1\\) Vi",
    "- Vi": "\\- Vi",
    "* Vi": "\\* Vi",
    "+ Vi": "\\+ Vi",
    "# 5": "\\# 5",
    "> Vi": "\\> Vi",
    "``` Vi": "",
    "~~~ Vi": "\\~~~ Vi",
    "    Vi": "Vi",
    "<hr> Vi": "\\<hr> Vi",
    "| Vi |": "\\| Vi |",
    "::: moniker": "\\:::",
    "[a]: b": "\\[a]: b",
    "[^a]: b": "\\[^a]: b",
    "---": "\\---",
    "***": "\\***",
    "- - -": "\\- - -",
    "[!NOTE]": "\\[!NOTE]",
}


@pytest.mark.parametrize(("target", "advice"), FIRST_LINES.items())
@pytest.mark.parametrize("before", ["", "- ", "> ", "1. ", "Old\n\n", "# Old\n"])
def test_what_begins_a_block_where_a_block_begins_is_refused_with_how_to_write_it(
    before: str, target: str, advice: str
) -> None:
    reason = fault(target, before=before)
    assert reason
    assert advice in reason
    if advice and before != "> ":  # an alert is one in a quote only, but its text is no heading anywhere
        mended = reason.partition("; write ")[2].rstrip("\u2026")
        assert not fault(mended if len(mended) < 20 else f"{mended} x", before=before)


@pytest.mark.parametrize("target", ["21. juli", "- Vi", "# 5", "[a]: b", "===", "    Vi"])
def test_in_the_middle_of_a_line_nothing_begins_a_block(target: str) -> None:
    assert not fault(target, before="Old. ")
    assert not fault(target, before="## ")


@pytest.mark.parametrize(
    ("target", "is_refused"),
    [
        ("21. juli", False),
        ("1. juli", True),
        ("- Vi", True),
        ("===", True),
        ("[a]: b", False),
        ("  Vi", False),
    ],
)
def test_a_line_that_continues_a_paragraph_begins_only_what_may_interrupt_it(
    target: str, is_refused: bool
) -> None:
    assert bool(fault(target, before="Old\n")) is is_refused


@pytest.mark.parametrize(
    ("before", "after", "target"),
    [
        ("[", "](guide.md)", "C:\\mappe\\"),
        ("[", "](guide.md)", "a ] b"),
        ("[", "](guide.md)", "a [ b"),
        ("![", "](a.png)", "a ] b"),
        ('<a title="', '">x</a>', 'a " b'),
        ("| a | ", " |\n", "C:\\mappe\\"),
        ("| a | ", " |\n", "a | b"),
        ("# ", "", "C #"),
        ("a **", "** b", " Vi"),
        ("a **", "** b", "Vi "),
        ("a**", "**b", "\u300cVi\u300d"),
        ("a `", "` b", "Vi ` b"),
        ("*a ", "*", "b* c"),
        ("_a ", "_", "b_ c"),
        ("~~", "~~", "Vi~"),
        ("a ", "*b*", "Vi \\"),
        (':::image alt-text="', '" source="a":::', 'a " b'),
        ("<b>a</b> ", "", "x</b>"),
        ("a ", "(b)", "[Vi]"),
    ],
)
def test_what_stands_around_a_unit_is_not_changed(before: str, after: str, target: str) -> None:
    assert fault(target, before=before, after=after)
    assert not fault("Den 21. juli (eller senere) n\u00e5", before=before, after=after)


@pytest.mark.parametrize(
    "opened",
    [
        "<!--", "<!-- a", "<script>", "<style>", "<textarea>", "<pre>", "<![CDATA[", "<?php", "<details>",
        "</div>", "<div", '<a title="x', "`", "```", "$$", "<b>", "<title>",
    ],
)  # fmt: skip
def test_what_takes_in_what_follows_is_refused_unless_the_source_or_the_delivered_target_has_it(
    opened: str,
) -> None:
    assert fault(f"Vi {opened} flyttet")
    assert not fault(f"Vi {opened} flyttet", source=f"We {opened} moved")
    assert not fault(f"Vi {opened} flyttet", old=f"Oss {opened} flyttet")
    assert not fault(f"Vi {opened} flyttet", source=f"We {opened} moved", old="Vi flyttet")


@pytest.mark.parametrize(
    "closed", ["<!-- a -->", "<b>a</b>", "`a`", "`<!--`", "<br>", "a<b", "$5", "<navn>", "<p>"]
)
def test_what_is_closed_is_taken(closed: str) -> None:
    assert not fault(f"Vi {closed} flyttet")


REPAIRS = [
    ("| ", " |", r"-Scan \| -Boot", "-Skann | -Start", r"-Skann \| -Start"),
    ("| ", "", "`a`", "`a", "`b`"),
    ("", "", "A\n> b", "A\nb", "B\n> b"),
    ("", "", "A\n- b", "A\nb", "B\n- b"),
    ("", "", "[a](b)", "[a] (b", "[x](b)"),
    ("", "", "a <!-- b -->", "a <!-- b", "x <!-- b -->"),
    ("", "", "1. May", "Mai", "1. mai"),
    ("a **", "**b", "Yes", "\u300cJa\u300d", "Ja"),
    ("[", "](b)", "a", "a]", "b"),
]


@pytest.mark.parametrize(("before", "after", "source", "old", "repair"), REPAIRS)
def test_a_repair_is_let_through_a_fault_may_stay_and_a_new_one_is_refused(
    before: str, after: str, source: str, old: str, repair: str
) -> None:
    assert not fault(repair, source=source, old=old, before=before, after=after)
    assert not fault(f"{old} x", source=source, old=f"{old} y", before=before, after=after)
    assert fault(f"{repair} <?php x", source=source, old=old, before=before, after=after)


def test_marks_of_two_translations_do_not_pair_over_what_stands_between_them() -> None:
    found = parse(f"{unit('Ja', 'Yes')} between {unit('Nei', 'No')}\n".encode())
    first, second = found.units
    assert refusal(found, first, "*Ja") is None
    assert refusal(found, second, "Nei*") is None
    assert refusal(found, second, "Nei*", {first.start: "*Ja"})


def test_an_article_grows_no_further_than_a_bound(here: Path, write: Write) -> None:
    """Law 5: one long translation of many units is a problem, and the article is left as it was."""
    text = article(*[("Ja", "Yes")] * 30, ("Nei", "No"))
    write("articles/a.md", text)
    extract([Path("articles")])
    limit = GROWN_CHARACTERS + GROWTH * len(text)
    for length, codes in ((limit // 30, []), (limit // 30 + 1, ["outgrown-article"])):
        review(here / "locales/nb_NO.po", {"Yes": "x" * length})
        assert [problem.code for problem in merge([Path("locales")]).problems] == codes
    assert (here / "build/nb-NO/a.md").read_text().count("\nJa\n") == 30


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("See <https://a.b/c>.", "Se <https:></https:>.", "Se <https://a.b/c>."),
        ("See https://a.b and https://c.d.", "Se <https:></https:> og https://c.d.", None),
        ("On July 21", "21. juli", "21\\. juli"),
        ("May\n1. First", "1. mai\n1. Første", "1\\. mai\n1. Første"),
        (r"-Scan \| -Boot", "-Skann | -Start", r"-Skann \| -Start"),
    ],
)
def test_a_mend_is_right_or_is_not_made(source: str, target: str, mended: str | None) -> None:
    found = mend(Pair(source, target, "list item", "nb_NO"))
    assert (found and found.target) == mended


def test_a_line_break_at_the_end_may_be_taken_out_but_not_put_in() -> None:
    assert not fault("Oss", source="We\\", old="Vi\\", after="\nmore")
    assert fault("Oss\\", after="\nmore")
    assert fault("Oss  ", after="\nmore")
    assert not fault("Oss", old="Vi  ", after="\nmore")


def test_a_target_in_which_damaged_quotes_begin_stays_or_its_source_would_be_read_otherwise() -> None:
    text = (
        '<span data-ttu-id="1-1">Les <a name="b&quot;>Mappe &quot;A&quot;</span>'
        "<span class=&quot;sxs-lookup&quot;>"
        "<span data-stu-id=&quot;1-1&quot;>Folder &quot;A&quot;</span></span>\n\n"
        '<a name=&quot;b"></a><span data-ttu-id="1-2">Etter</span>'
        '<span class="sxs-lookup"><span data-stu-id="1-2">After</span></span>\n'
    )
    article = parse(text.encode(), "a.md")
    damaged, after = article.units
    assert (damaged.source, after.source) == ('Folder "A"', "After")
    assert "damaged from within" in str(refusal(article, damaged, "Les mappen"))
    assert refusal(article, after, "Siden") is None


LARGE = "".join(f"key{number}: value {number}\n" for number in range(2_000))
"""More YAML than is parsed as a whole."""


@pytest.mark.parametrize(
    ("yaml_text", "target", "is_refused"),
    [
        ("title: {}\n", "Merk: dette", True),
        ("title: {}\n", "Dette#1", False),
        ("title: {}\n", "Dette # to", True),
        ("title: {}\n", "- liste", True),
        ("title: {}\n", "Dette er, [greit] {nok}", False),
        ("title: {}\n", "[greit] nok", True),
        ("title: {}\n", "'et", True),
        ("title: {}\n", "Slutter med:", True),
        ("metadata:\n  title: {}\n  other: x\n", "Merk: dette", True),
        ("metadata:\n  title: {}\n  other: x\n", "Dette", False),
        ("items:\n- {}\n- b\n", "Merk: dette", True),
        ("items:\n- name: a\n  text: {}\n", "Merk: dette", True),
        ("items:\n- name: a\n  text: {}\n", "To", False),
        ("items:\n  - name: a\n\n    text: {}\n  - name: b\n", "# To", True),
        ("text: |\n  One: two\n  {}\n  three\n", "Merk: dette # er greit", False),
        ("text: >-\n  {}\n", "- liste: 'greit'", False),
        ("items:\n- text: |\n    a\n\n    {}\n", "Merk: dette", False),
        ("text: one\n  two {}\n", "Merk: dette", True),
        ("text: one\n  two {}\n", "tre", False),
        ("text: 'one {}'\n", "det's", True),
        ("text: 'one {}'\n", "det", False),
        ("text: 'one\n  two {}'\n", "det's", True),
    ],
)
@pytest.mark.parametrize("around", [("", ""), (LARGE, ""), ("", LARGE), (LARGE, LARGE)])
def test_a_yaml_value_is_kept_whole_however_large_the_file_is(
    yaml_text: str, target: str, is_refused: bool, around: tuple[str, str]
) -> None:
    before, after = around
    text = (
        f"### YamlMime:Hub\nms.contentlocale: nb-NO\n{before}{yaml_text.format(unit('Noe', 'Some'))}{after}"
    )
    article = parse(text.encode(), "a.yml")
    (one,) = article.units
    assert bool(refusal(article, one, target)) is is_refused
