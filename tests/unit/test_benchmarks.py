"""The parts of the benchmarks count right. No test here has a verdict on time."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import alignment, page, scale, synthetic, tools
from benchmarks.timing import Cost, FailedError, Lane, Step, alternate, ratio, run
from l10n import parse


@pytest.mark.parametrize("units", [1, 2, 10, 300])
def test_made_articles_have_the_publishers_shape(units: int) -> None:
    made = list(synthetic.articles(20, units))
    for article in made:
        read = parse(article.annotated, "a.md")
        assert (list(read.problems), len(read.units)) == ([], units)
        assert len({unit.id for unit in read.units}) == units
        assert read.render() == article.annotated
        assert read.render("localized") == article.localized
        assert read.metadata.contentlocale == "nb-NO"
        assert read.metadata.openlocfilehash == hashlib.sha1(article.english).hexdigest()
    assert {parse(article.annotated, "a.md").metadata.is_human for article in made} == {True, False}
    assert any(b"\n> [!" in article.localized for article in made) == (units > 1)


def test_the_same_seed_makes_the_same_articles_and_another_one_others() -> None:
    assert [*synthetic.articles(3, 10)] == [*synthetic.articles(5, 10)][:3]
    assert [*synthetic.articles(3, 10)] != [*synthetic.articles(3, 10, seed=1)]


@pytest.mark.parametrize(
    ("rebuilt", "identical", "bodies", "broken"),
    [
        ("---\ntitle: a\n---\n# A\n\n> [!NOTE]\n> Text.\n", 1, 1, 0),
        ("---\ntitle: 'a'\n---\n\n# A\n\n> [!NOTE]\n> Text.\n", 0, 1, 0),
        ("---\ntitle: a\n---\n# A\n\n> [!note]\n> Text.\n", 0, 0, 0),
        ("---\ntitle: a\n---\n# A\n\n> [!NOTE] Text.\n", 0, 0, 1),
        ("---\ntitle: a\n---\n# A\n\n> \\[!NOTE]\n> Text.\n", 0, 0, 1),
        ("---\ntitle: a\n---\n# A\n\n> [!TIP]\n> Text.\n", 0, 0, 1),
        ("---\ntitle: a\n---\n# A\n\n> [!NOTE]\n\nText.\n", 0, 0, 1),
        (None, 0, 0, 1),
    ],
)
def test_what_came_back_is_counted(
    here: Path, rebuilt: str | None, identical: int, bodies: int, broken: int
) -> None:
    for folder in ("before", "after/nb-NO"):
        (here / folder).mkdir(parents=True)
    (here / "before/a.md").write_text("---\ntitle: a\n---\n# A\n\n> [!NOTE]\n> Text.\n")
    if rebuilt is not None:
        (here / "after/nb-NO/a.md").write_text(rebuilt)
    found = tools.faithfulness(here / "before", here / "after")
    assert found == tools.Faithfulness(1, identical, bodies, 1, broken)


@pytest.mark.slow
def test_the_own_lane_reads_and_rebuilds_all(here: Path) -> None:
    synthetic.write(here, 6, 10)
    own = tools.peers(here, here / "none")[0]
    alternate([own.lane], 2)
    assert own.lane.error is None
    assert [len(costs) for costs in own.lane.costs.values()] == [2, 2]
    found = tools.faithfulness(own.articles, own.rebuilt)
    assert (found.articles, found.identical, found.broken) == (6, 6, 0)
    assert found.alerts > 0


def test_a_tool_that_fails_is_a_row_and_not_the_end(here: Path) -> None:
    fails = [sys.executable, "-c", "print('first'); raise SystemExit('last')"]
    lanes = [
        Lane("gone", [Step("a", ["no-such-program"], here)]),
        Lane("fails", [Step("a", fails, here), Step("b", fails, here)]),
        Lane("crashes", [Step("a", [sys.executable, "-c", "1 / 0"], here, accepted=(0, 1))]),
        Lane("works", [Step("a", [sys.executable, "-c", "pass"], here)]),
    ]
    alternate(lanes, 2)
    gone, fails_, crashes, works = lanes
    assert "no-such-program" in (gone.error or "")
    assert (fails_.error, fails_.costs) == ("last", {"a": []})
    assert crashes.error == "ZeroDivisionError: division by zero"
    assert works.error is None
    assert len(works.costs["a"]) == 2


def test_lanes_take_turns_in_beginning(here: Path) -> None:
    order: list[str] = []

    def lane(name: str) -> Lane:
        return Lane(name, [Step("a", [sys.executable, "-S", "-c", ""], here, lambda: order.append(name))])

    alternate([lane("a"), lane("b")], 2)
    assert order == ["a", "b", "b", "a"]


def test_memory_is_the_programs_own_and_not_that_of_who_started_it(here: Path) -> None:
    held = bytearray(b"x") * (100 << 20)
    small = run(Step("a", [sys.executable, "-S", "-c", ""], here))
    large = run(Step("a", [sys.executable, "-S", "-c", "bytearray(b'x') * (60 << 20)"], here))
    assert small.peak < 40
    assert large.peak > 60
    assert len(held) > 0


def test_a_process_without_a_word_that_fails_tells_its_code(here: Path) -> None:
    with pytest.raises(FailedError, match="exit code 3"):
        run(Step("a", [sys.executable, "-c", "raise SystemExit(3)"], here))


def test_a_ratio_is_the_median_of_those_within_a_round() -> None:
    slow_in_the_second = [Cost(2, 1), Cost(20, 1), Cost(3, 1)]
    assert ratio(slow_in_the_second, [Cost(1, 1), Cost(10, 1), Cost(1, 1)]) == 2


SVG = "{http://www.w3.org/2000/svg}"


def made_up() -> page.Figures:
    """Figures that nobody measured."""

    def lane(name: str, seconds: float, *steps: str) -> Lane:
        return Lane(name, [], costs={step: [Cost(seconds, 100)] * 2 for step in steps or (name,)})

    both = (tools.EXTRACT, tools.REBUILD)
    failed = Lane("mdpo", [], error="no | module in '/home/somebody/work/mdpo.py'")
    rows = [
        page.Row(lane("l10n", 2, *both), "1.0", tools.Faithfulness(1000, 1000, 1000, 50, 0)),
        page.Row(lane("po4a", 5, *both), "0.69", tools.Faithfulness(1000, 0, 130, 50, 4)),
        page.Row(failed, "2.1", tools.Faithfulness(1000, 0, 0, 50, 50)),
    ]

    def size(articles: int) -> scale.Size:
        steps = {step: lane(step, 0.1 + articles / 100) for step in scale.BESIDE}
        gettext = {step: lane(step, 0.2 + articles / 50) for step in (scale.MSGCAT, scale.MSGMERGE)}
        return scale.Size(articles, articles * 10, articles / 10, 500, {**steps, **gettext})

    return page.Figures(
        "a processor, 2 cores",
        {"l10n": "1.0", "po4a": "0.69"},
        2,
        [page.Set("Made up", 1000, 3.0, rows)],
        [size(1), size(100), size(1000)],
        [lane("python -c pass", 0.01), lane("l10n status", 0.1234)],
        (size(1), size(1000)),
    )


def test_the_page_tells_all_figures() -> None:
    text = page.page(made_up(), "picture.svg")
    assert text.startswith("# Benchmarks\n")
    assert "a processor, 2 cores; l10n 1.0, po4a 0.69." in text
    assert "](picture.svg)" in text
    row = "| po4a 0.69 | 5.00 | 2.50 | 5.00 | 2.50 | 200 | 100 | 0 of 1,000 | 130 of 1,000 | 4 of 50 |"
    assert row in text
    assert "| mdpo 2.1 | failed: no \\| module in 'mdpo.py' | | | | | | | | |" in text
    assert "| l10n extract | 10.10 | 100 | msgcat --no-wrap | 0.50 | 1.00 |" in text
    assert "| l10n merge | 1,000 | 1.10 | 100 | 990 | 0.00 |" in text
    assert "One article of 10 units" in text
    assert "| l10n status | 0.123 |" in text
    assert "{" not in text
    for line in text.splitlines():
        assert not line.startswith("|") or line.replace("\\|", "").count("|") in {3, 7, 11}


def test_the_three_lines_tell_the_same() -> None:
    lines = page.three_lines(made_up()).splitlines()
    assert len(lines) == 3
    assert lines[0] == "- Articles that come back byte for byte, of 1,000: l10n 1,000, po4a 0."
    assert "l10n 500, po4a 200" in lines[1]
    assert "Time over 10,000 units, relative to `msgcat --no-wrap`: `extract` 0.50" in lines[2]


def test_the_chart_can_be_read_without_colours_script_or_other_files() -> None:
    data = page.picture(made_up())
    tree = ElementTree.fromstring(data)
    texts = [element.text for element in tree.iter(f"{SVG}text")]
    assert {"l10n", "po4a", "mdpo", "500", "200", "100 %", "0 %", "92 %", "failed"} <= {*texts}
    assert tree.find(f"{SVG}title") is not None
    assert not any(element.tag == f"{SVG}script" for element in tree.iter())
    assert b"prefers-color-scheme: dark" in data
    assert b"href" not in data
    width = float(tree.attrib["width"])
    for bar in tree.iter(f"{SVG}rect"):
        assert float(bar.attrib["x"]) + float(bar.attrib["width"]) <= width


def test_the_alignment_of_plain_articles_is_compared_with_the_annotation(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = [
        ("Åpne siden.", "Open the page."),
        ("Velg så **Ja**.", "Then select **Yes**."),
        ("Ferdig.", "Done."),
    ]
    units = [
        f'<span data-ttu-id="0a1b2-10{n}">{target}</span><span class="sxs-lookup">'
        f'<span data-stu-id="0a1b2-10{n}">{source}</span></span>'
        for n, (target, source) in enumerate(pairs)
    ]
    (here / "set/annotated").mkdir(parents=True)
    (here / "set/annotated/a.md").write_text(f"# {units[0]}\n\n{units[1]} {units[2]}\n", "utf-8")
    monkeypatch.setattr(sys, "argv", ["alignment", "set"])
    alignment.main()
    row = capsys.readouterr().out.splitlines()[-1]
    assert row.startswith("| set | 3 | 1.0000 | 1.0000 | 1.0000 | 0.000% (0) | 100.00% | 100.0% | 100.0% |")
    monkeypatch.setattr(sys, "argv", ["alignment", "set", "--delete", "blocks", "100", "--from", "localized"])
    alignment.main()
    assert "| 100.0% of 3 |" in capsys.readouterr().out
