"""The benchmarks run, and count right. None of these tests has a verdict on time."""

from __future__ import annotations

from xml.etree import ElementTree

from benchmarks import page, scale, tools
from benchmarks.timing import Cost, Lane

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
    assert "{" not in text
    for line in text.splitlines():
        assert not line.startswith("|") or line.replace("\\|", "").count("|") in {7, 11}


def test_the_three_lines_tell_the_same() -> None:
    lines = page.three_lines(made_up()).splitlines()
    assert len(lines) == 3
    assert lines[0] == "- Of 1,000 articles come back byte for byte: l10n 1,000, po4a 0."
    assert "l10n 500, po4a 200" in lines[1]
    assert "over 10,000 units: `extract` 0.50" in lines[2]


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
