"""Whatever an article, a path or a header holds: the PO that extract writes is read by all programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n import extract, po
from l10n.catalogue import Catalogue, Place, Segment, is_storable
from l10n.catalogue.header import new_header
from l10n.catalogue.update import update
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.odd_texts import ODD, odd_texts

HAS_GETTEXT = shutil.which("msgcat") is not None
names = st.lists(st.sampled_from(ODD) | st.characters(exclude_characters="/\0"), min_size=1, max_size=4).map(
    "".join
)


def check_readable(data: bytes, folder: Path) -> None:
    """Assert that l10n, polib and gettext read a PO file, and that l10n writes it again as it is."""
    assert po.write(po.read(data, "x.po")) == data
    path = folder / "x.po"
    path.write_bytes(data)
    polib.pofile(str(path), encoding="utf-8")
    if HAS_GETTEXT:
        command = ["msgcat", "--force-po", "--no-wrap", str(path)]
        subprocess.run(command, capture_output=True, check=True)


@st.composite
def articles(draw: st.DrawFn) -> bytes:
    units = draw(st.lists(st.tuples(odd_texts, odd_texts, odd_texts), min_size=1, max_size=4))
    kind = draw(st.sampled_from(["", "# ", "- ", "> "]))
    lines = [
        f'{kind}<span data-ttu-id="1{name}2">{target}</span><span class="sxs-lookup">'
        f'<span data-stu-id="1{name}2">{source}</span></span>'
        for name, target, source in units
    ]
    head = (
        "---\nms.contentlocale: nb-NO\nms.translationtype: "
        + draw(st.sampled_from(["MT", "HT"]))
        + "\n---\n\n"
    )
    return (head + "\n\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


def _name(text: str) -> str:
    """A name that a file can have here."""
    return re.sub(
        "[/\0]",
        "",
        text.encode("utf-8", "surrogateescape" if "\ud800" not in text else "replace").decode(
            "utf-8", "surrogateescape"
        ),
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(names, articles(), min_size=1, max_size=3), names, names)
def test_the_po_of_any_articles_in_any_folder_is_read_by_all(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes], project: str, folder: str
) -> None:
    top = tmp_path_factory.mktemp("top")
    root = top / f"x{_name(project)}"
    here = Path.cwd()
    try:
        inside = root / f"y{_name(folder)}"
        inside.mkdir(parents=True)
        for number, (name, data) in enumerate(files.items()):
            (inside / f"{number}{_name(name)}.md").write_bytes(data)
        (inside / "good.md").write_text(article(("Mål", "Goal")))
    except (OSError, UnicodeEncodeError):
        return  # no such name here
    os.chdir(root)
    try:
        report = extract([inside])
        written = [path.read_bytes() for path in Path("locales").glob("*.po")]
        assert not [problem for problem in report.problems if problem.code == "internal-error"]
        if "bad-file-name" not in {problem.code for problem in report.problems}:
            assert written
        for data in written:
            check_readable(data, top)
        assert extract([inside]).written == []
    finally:
        os.chdir(here)
        shutil.rmtree(top)


records = st.builds(
    Segment,
    st.text(max_size=6).filter(is_storable),
    st.text(max_size=6).filter(is_storable),
    st.builds(Place, names.filter(po.can_refer_to), st.integers(1, 99)),
    st.sampled_from(["paragraph", "image text"]),
    odd_texts,
    st.booleans(),
    odd_texts,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(records, max_size=6), odd_texts)
def test_ids_notes_contexts_references_and_projects_of_any_characters(
    tmp_path: Path, units: list[Segment], project: str
) -> None:
    header = new_header("nb_NO", project, [])
    units.sort(key=lambda unit: unit.place)
    result = update([], units, lambda path: True, covers_all=True)
    data = po.write(Catalogue(result.messages, header))
    check_readable(data, tmp_path)
    again = update(po.read(data, "x.po").messages, units, lambda path: True, covers_all=True)
    assert po.write(Catalogue(again.messages, header)) == data


@pytest.mark.parametrize(
    ("identifier", "shown"),
    [(b"12\x0045-1", "12\ufffd45-1"), (b"12\xff45-1", "12\ufffd45-1"), (b"1\x1b[2J", "1\ufffd[2J")],
)
def test_an_id_of_odd_bytes_is_written_and_no_locale_is_missing(
    here: Path, identifier: bytes, shown: str
) -> None:
    (here / "articles").mkdir()
    for number, locale in enumerate(("ja-JP", "nb-NO", "zh-CN")):
        data = article(("Mål", "Goal"), locale=locale).encode()
        data = data.replace(b"1a2b3-102", identifier) if number == 0 else data
        (here / f"articles/{number}.md").write_bytes(data)
    run = l10n("extract", "articles", cwd=here)
    assert run.code == ("\\xff" in str(identifier)), run.err  # which is told as such: not-utf-8
    assert "internal-error" not in run.err
    assert sorted(path.name for path in (here / "locales").iterdir()) == ["ja_JP.po", "nb_NO.po", "zh_CN.po"]
    assert f"#. paragraph · {shown} · mt " in (here / "locales/ja_JP.po").read_text()
    before = (here / "locales/ja_JP.po").read_bytes()
    assert l10n("extract", "articles", cwd=here).code == run.code
    assert l10n("merge", "locales", cwd=here).code == run.code
    assert (here / "locales/ja_JP.po").read_bytes() == before


@pytest.mark.parametrize(
    "name", ["a\nX-Evil: 1", "charset=latin1", os.fsdecode(b"p\xff"), "a\rb", "a\u2028b"]
)
def test_the_name_of_the_current_folder_writes_no_header_field(here: Path, name: str) -> None:
    project = here / name / "articles"
    project.mkdir(parents=True)
    (project / "a.md").write_text(article(("Mål", "Goal")))
    for _ in range(2):
        run = l10n("extract", ".", cwd=project.parent)
        assert (run.code, run.err) == (0, "")
    data = (project.parent / "locales/nb_NO.po").read_bytes()
    assert list(po.read(data, "x.po").header) == list(new_header("nb_NO", "", []))
    check_readable(data, here)


@pytest.mark.parametrize(
    "line", ['"no colon\\n"', '"\\n"', '" \\n"', '"X: charset=latin1\\n"', '"a\\rb: c\\n"']
)
@pytest.mark.parametrize("field", ["Project-Id-Version", "X-Poedit-Basepath", "Content-Type"])
def test_an_odd_line_in_a_header_stays_and_freezes_no_po(here: Path, line: str, field: str) -> None:
    (here / "articles").mkdir()
    (here / "articles/a.md").write_text(article(("Mål", "Goal")))
    assert l10n("extract", "articles", cwd=here).code == 0
    file = here / "locales/nb_NO.po"
    data = re.sub(rf'^("{field}:.*\n)', lambda m: m[1] + line + "\n", file.read_text(), flags=re.MULTILINE)
    file.write_bytes(data.replace("#, fuzzy\n", "").encode())
    (here / "articles/b.md").write_text(article(("Nytt", "New")))
    for _ in range(2):
        run = l10n("extract", "articles", cwd=here)
        assert (run.code, run.err) == (0, "")
        once = file.read_bytes()
        assert (line.encode() in once) or (line == '" \\n"')
        assert b'"X-Poedit-Basepath: ..\\n"\n' in once
        check_readable(once, here)
    assert l10n("merge", "locales", cwd=here).code == 0
    assert (here / "build/nb-NO/b.md").exists()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_po_with_cr_lf_and_a_byte_order_mark_is_updated_merged_and_stable(here: Path, mark: bytes) -> None:
    (here / "articles").mkdir()
    (here / "articles/a.md").write_text(article(("Mål", "Goal")))
    assert l10n("extract", "articles", cwd=here).code == 0
    file = here / "locales/nb_NO.po"
    plain = file.read_bytes()
    windows = plain.replace(b"\n", b"\r\n")
    file.write_bytes(mark + windows)
    assert l10n("status", "locales", cwd=here).code == 0
    assert l10n("extract", "articles", cwd=here).code == 0
    assert file.read_bytes() == windows
    (here / "articles/b.md").write_text(article(("Nytt", "New")))
    for _ in range(2):
        assert l10n("extract", "articles", cwd=here).code == 0
        data = file.read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n") > windows.count(b"\n")
    assert l10n("merge", "locales", cwd=here).code == 0
    assert l10n("check", "locales", cwd=here).code == 0
