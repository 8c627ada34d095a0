"""What `verify` and `refusal` say of targets that would not be read back."""

from __future__ import annotations

import pytest

from l10n import L10nError, parse, refusal, verify
from tests.helpers.articles import article, unit


def test_verify_tells_targets_that_would_not_be_read_back() -> None:
    before = parse(article(("Ja", "Yes")).encode())
    with pytest.raises(L10nError, match="cannot-verify"):
        verify(before, before.render(targets=[unit("a", "b")]), [unit("a", "b")])


@pytest.mark.parametrize(
    ("prefix", "translation", "reason"),
    [
        ("| ", "a | b", "begins another cell"),
        ("| ", "a\nb", "line break"),
        ("# ", "a\nb", "line break"),
        ("![", "a\nb", "line break"),
        ("", "a\n\nb", "blank line"),
        ("", "a\n# b", "block of its own"),
        ("> ", "a\n- b", "block of its own"),
        ("", "a</span>", "other half"),
        ("", "<span>a", "other half"),
        ("", '<span data-ttu-id="x">a', "annotation markup"),
        ("", unit("a", "b"), "annotation markup"),
        ("", '<a name="x&quot;>', "annotation markup"),
        ("", "\ud800", "UTF-8"),
    ],
)
def test_what_would_break_the_article_is_refused(prefix: str, translation: str, reason: str) -> None:
    found = parse(article(("Ja", "Yes"), prefix=prefix).encode())
    assert reason in (refusal(found, found.units[0], translation) or "")


@pytest.mark.parametrize(
    ("line", "translation", "reason"),
    [
        ("title: {}", "Ja: nei", "break the YAML"),
        ("title: {}", "Ja #1", "break the YAML"),
        ("title: {}", '"Ja" nei', "break the YAML"),
        ("title: {}", "[Ja", "break the YAML"),
        ("title: '{}'", "det's", "break the YAML"),
        ("title: '{}'", "Ja: nei", None),
        ("title: {}", "to\nlinjer", "line break"),
        ("title: {}", "Nei", None),
    ],
)
def test_front_matter_stays_yaml(line: str, translation: str, reason: str | None) -> None:
    data = f"---\n{line.format(unit('Ja', 'Yes'))}\nms.contentlocale: nb-NO\n---\n".encode()
    found = parse(data)
    why = refusal(found, found.units[0], translation)
    assert reason in why if why and reason else why == reason, why


def test_headings_and_cells_in_yaml_files_keep_their_line() -> None:
    markup = unit("Ja", "Yes").replace('"', '\\"')
    found = parse(f'a: "# {markup}\\n\\n| {markup} |\\n\\n{markup}"\n'.encode(), "a.yml")
    assert [unit.kind for unit in found.units] == ["heading", "table cell", "paragraph"]
    assert [bool(refusal(found, unit, "a\nb")) for unit in found.units] == [True, True, False]


@pytest.mark.parametrize(
    ("prefix", "translation"),
    [
        ("| ", r"a \| b"),
        ("", "a | b"),
        ("", "a\nb"),
        ("- ", "a\n  b"),
        ("", "<span>a</span>"),
        ("# ", ""),
        ("", '"Ja" & <b>nei</b>'),
    ],
)
def test_what_does_not_break_the_article_is_taken(prefix: str, translation: str) -> None:
    found = parse(article(("Ja", "Yes"), prefix=prefix).encode())
    assert refusal(found, found.units[0], translation) is None


def test_as_many_targets_as_units_are_wanted() -> None:
    with pytest.raises(ValueError, match="zip"):
        parse(article(("Ja", "Yes")).encode()).render(targets=[])
