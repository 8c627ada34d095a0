"""The merge driver, given three files of any bytes: nothing is lost."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from l10n import L10nError, po
from l10n.catalogue import Catalogue
from l10n.commands.merge_driver import merge_driver
from tests.helpers.mutated import po_files

Edit = Callable[[bytes], bytes]
any_bytes = st.one_of(st.binary(max_size=60), po_files(), st.just(b""))
related = po_files().flatmap(
    lambda data: st.tuples(st.just(data), *[st.one_of(st.just(data), _changed(data))] * 2)
)


def _changed(data: bytes) -> st.SearchStrategy[bytes]:
    """What a reviewer and other tools make of a file."""
    edits: dict[str, Edit] = {
        "review": lambda d: d.replace(b"#, fuzzy\n", b"", 1),
        "edit": lambda d: d.replace(b'msgstr "', b'msgstr "Ny ', 3),
        "flag": lambda d: d.replace(b"#, fuzzy\n", b"#, fuzzy, no-wrap\n"),
        "note": lambda d: d.replace(b"#. ", b"#. theirs\n#. ", 2),
        "comment": lambda d: d.replace(b"\n#. ", b"\n# mine\n#. ", 2),
        "obsolete": lambda d: d + b'\n#~ msgid "gone"\n#~ msgstr "borte"\n',
        "end": lambda d: d + b"\n# the end\n",
        "plural": lambda d: d + b'\nmsgid "1"\nmsgid_plural "2"\nmsgstr[0] "3"\n',
        "windows": lambda d: d.replace(b"\n", b"\r\n"),
        "mark": lambda d: b"\xef\xbb\xbf" + d,
        "nothing": lambda d: b"",
    }
    return st.lists(st.sampled_from(sorted(edits)), min_size=1, max_size=3).map(
        lambda names: _applied(data, names, edits)
    )


def _applied(data: bytes, names: list[str], edits: Mapping[str, Edit]) -> bytes:
    for name in names:
        data = edits[name](data)
    return data


def catalogue_of(data: bytes) -> Catalogue | None:
    try:
        return po.read(data, "x.po")
    except L10nError:
        return None


def check(base: bytes, ours: bytes, theirs: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("base", "ours", "theirs")]
        for path, data in zip(paths, (base, ours, theirs), strict=True):
            path.write_bytes(data)
        result = merge_driver(paths[0], paths[1], paths[2], "x.po")
        merged = paths[1].read_bytes()
        assert [paths[0].read_bytes(), paths[2].read_bytes()] == [base, theirs]
        assert sorted(path.name for path in Path(folder).iterdir()) == ["base", "ours", "theirs"]
    assert 0 <= result.exit_code < 128  # from 128 on git takes it for a failure of its own
    assert {problem.code for problem in result.problems} <= {"bad-po", "po-conflict"}
    if result.exit_code:
        assert result.problems
    versions = [catalogue_of(data) for data in (base, ours, theirs)]
    if not base:
        versions[0] = Catalogue()
    if any(version is None for version in versions):
        # git's own driver did it, or nothing was done.
        assert result.problems
        return
    if result.exit_code and any(v and (v.foreign.plurals or v.foreign.end) for v in versions):
        return  # with git's marks
    back = po.read(merged, "x.po")
    if not any(v and (v.foreign.plurals or v.foreign.end) for v in versions):
        assert po.read(po.write(back), "x.po") == back
    texts = "\n".join(f"{m.translation}\n{m.comment}" for m in back.messages)
    known = {(m.source, m.translation) for m in versions[0].messages} if versions[0] else set()
    for version in versions[1:]:
        for message in version.messages if version else []:
            if message.is_reviewed and (message.source, message.translation) not in known:
                text = message.translation
                assert text in texts or text.isprintable() is False or '"' in text, text


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(any_bytes, any_bytes, any_bytes)
@example(b"", b"", b"")
def test_three_files_of_any_bytes(base: bytes, ours: bytes, theirs: bytes) -> None:
    check(base, ours, theirs)


@pytest.mark.slow
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(related)
def test_three_versions_that_people_and_tools_made_of_one(versions: tuple[bytes, bytes, bytes]) -> None:
    check(*versions)
