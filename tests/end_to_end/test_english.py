"""English files: found by path, in folders and in git repositories; proved by their hash; never trusted."""

from __future__ import annotations

from hashlib import sha1
from pathlib import Path

import pytest

from l10n import extract, merge, parse, po
from l10n.english.english import English, is_original
from l10n.english.gitblobs import Blobs
from l10n.english.repository import GitError, find_repository
from l10n.limits import ENGLISH_PARTS
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.git import annotated, git
from tests.helpers.project import PROJECT

OLD = "---\ntitle: Mail\n---\n\n# Mail\n\n![A letter](a.png)\n"
NEW = OLD.replace("letter", "parcel")


@pytest.fixture
def repository(write: Write, tmp_path: Path) -> tuple[Path, str]:
    """A repository whose file has moved on, and the commit that was translated."""
    write("docs/content/mail/a.md", OLD)
    docs = tmp_path / "docs"
    git(docs, "init", "-q", "-b", "main")
    git(docs, "add", ".")
    git(docs, "commit", "-qm", "one")
    commit = git(docs, "rev-parse", "HEAD")
    write("docs/content/mail/a.md", NEW)
    git(docs, "commit", "-qam", "two")
    return docs, commit


def sources(path: Path) -> list[str]:
    return [message.source for message in po.read(path.read_bytes(), path.name).messages]


@pytest.mark.parametrize("where", ["docs/content", "docs.git/content"])
def test_a_repository_is_read_at_the_commit_that_was_translated(
    repository: tuple[Path, str], write: Write, here: Path, where: str
) -> None:
    docs, commit = repository
    git(docs, "clone", "-q", "--bare", ".", str(here / "docs.git"))
    write("articles/nb-NO/mail/a.md", annotated(OLD, commit))
    done = l10n("extract", "articles", "--english", where, cwd=here)
    assert (done.code, done.err) == (0, "")
    assert "English proved" in done.out
    assert "no source" not in done.out
    assert sorted(sources(here / "locales/nb_NO.po")) == ["A letter", "Mail", "Mail"]


def test_the_whole_way_there_and_back(repository: tuple[Path, str], write: Write, here: Path) -> None:
    docs, commit = repository
    path = write("articles/nb-NO/mail/a.md", annotated(OLD, commit))
    english = docs / "content"
    extract([Path("articles")], english=english)
    assert extract([Path("articles")], english=english).written == []
    catalogue = Path("locales/nb_NO.po")
    for form, wanted in (("annotated", path.read_bytes()), ("source", OLD.encode())):
        report = merge([catalogue], form=form, output=Path(form), english=english)  # type: ignore[arg-type]
        assert (report.problems, report.changed) == ([], 0)
        assert Path(form, "nb-NO/mail/a.md").read_bytes() == wanted
    text = (
        catalogue.read_text(encoding="utf-8").replace("#, fuzzy\n", "").replace('"Et brev"', '"Et rart brev"')
    )
    catalogue.write_text(text.replace('msgstr "E-post"', 'msgstr "E-post: alt"'), encoding="utf-8")
    report = merge([catalogue], in_place=True, english=english)
    assert (report.problems, report.changed) == ([], 2)
    assert path.read_text(encoding="utf-8") == annotated(OLD, commit).replace(
        "Et brev", "Et rart brev"
    ).replace("title: E-post", "title: 'E-post: alt'")
    assert extract([Path("articles")], english=english).written == []


def test_another_version_is_reported_with_both_hashes_and_not_used(write: Write, here: Path) -> None:
    write("articles/nb-NO/mail/a.md", annotated(OLD, "0" * 40))
    write("english/mail/a.md", NEW)
    done = l10n("extract", "articles", "--english", "english", "--json", cwd=here)
    assert done.code == 1
    (problem,) = done.json["problems"]
    assert (problem["code"], problem["line"]) == ("english-mismatch", 3)
    assert sha1(OLD.encode()).hexdigest() in problem["message"]
    assert sha1(NEW.encode()).hexdigest() in problem["message"]
    assert done.json["english"] == {"proved": 0, "unproved": 0, "mismatched": 1, "missing": []}
    assert done.json["unsourced"] == 2
    assert sources(here / "locales/nb_NO.po") == ["Mail"]


def test_a_missing_one_is_counted_and_listed_on_request(write: Write, here: Path) -> None:
    write("articles/nb-NO/mail/a.md", annotated(OLD, "0" * 40))
    (here / "english").mkdir()
    done = l10n("extract", "articles", "--english", "english", cwd=here)
    assert done.code == 0
    assert "2 translated strings have no source here\n" in done.out
    done = l10n("extract", "articles", "--english", "english", "--json", cwd=here)
    counts = {"proved": 0, "unproved": 0, "mismatched": 0}
    assert done.json["english"] == counts | {"missing": ["articles/nb-NO/mail/a.md"]}


def test_a_file_of_the_same_name_elsewhere_is_missing_not_mismatched(write: Write, here: Path) -> None:
    write("articles/nb-NO/mail/a.md", annotated(OLD, "0" * 40))
    write("articles/nb-NO/news/readme.md", annotated("other", "0" * 40))
    write("english/mail/a.md", OLD)
    write("english/readme.md", NEW)
    done = l10n("extract", "articles", "--english", "english", "--json", cwd=here)
    assert done.json["english"]["missing"] == ["articles/nb-NO/news/readme.md"]
    assert done.json["english"]["proved"] == 1


def test_line_ends_do_not_matter_for_the_proof() -> None:
    crlf = OLD.replace("\n", "\r\n").encode()
    assert is_original(crlf, sha1(OLD.encode()).hexdigest())
    assert is_original(OLD.encode(), sha1(crlf).hexdigest())
    assert is_original(OLD.encode(), sha1(OLD.encode()).hexdigest())
    assert not is_original(NEW.encode(), sha1(OLD.encode()).hexdigest())


def test_merge_without_english_leaves_what_it_does_not_know(
    repository: tuple[Path, str], write: Write, here: Path
) -> None:
    docs, commit = repository
    path = write("articles/nb-NO/mail/a.md", annotated(OLD, commit))
    extract([Path("articles")], english=docs / "content")
    report = merge([Path("locales")], form="annotated")
    assert (report.problems, report.unsourced) == ([], 2)
    assert Path("build/nb-NO/mail/a.md").read_bytes() == path.read_bytes()


def test_work_on_translated_strings_survives_an_extract_without_english(
    repository: tuple[Path, str], write: Write, here: Path
) -> None:
    docs, commit = repository
    write("articles/nb-NO/mail/a.md", annotated(OLD, commit))
    extract([Path("articles")], english=docs / "content")
    catalogue = Path("locales/nb_NO.po")
    catalogue.write_bytes(
        catalogue.read_bytes().replace(b"#, fuzzy\n", b"").replace(b"Et brev", b"Et flott brev")
    )
    assert extract([Path("articles")]).obsolete == 2
    extract([Path("articles")], english=docs / "content")
    messages = {m.source: m for m in po.read(catalogue.read_bytes(), "a.po").messages}
    assert messages["A letter"].translation == "Et flott brev"
    assert messages["A letter"].is_reviewed


def test_a_title_that_is_the_heading_is_one_message_and_both_are_written(write: Write, here: Path) -> None:
    text = annotated(OLD, "0" * 40).replace("title: E-post", "title: Posten")
    path = write("articles/a.md", text)
    report = extract([Path("articles")])
    assert (report.units, report.messages, report.unsourced) == (2, 1, 1)
    catalogue = Path("locales/nb_NO.po")
    (message,) = po.read(catalogue.read_bytes(), "a.po").messages
    assert [place.line for place in message.places] == [2, 8]
    data = (
        catalogue.read_text(encoding="utf-8").replace("#, fuzzy\n", "").replace('"Posten"', '"Post: e-post"')
    )
    catalogue.write_text(data, encoding="utf-8")
    assert merge([catalogue], in_place=True).changed == 2
    assert path.read_text(encoding="utf-8") == text.replace("title: Posten", "title: 'Post: e-post'").replace(
        "Posten</span>", "Post: e-post</span>"
    )
    assert extract([Path("articles")]).written == []


HOSTILE = [
    "../secret.md",
    "/etc/passwd",
    "a\nb.md",
    "a\0b.md",
    "",
    "..",
    "\udcff.md",
]


@pytest.mark.parametrize("path", HOSTILE, ids=repr)
def test_git_is_never_asked_for_a_path_that_leads_out_or_is_two(
    repository: tuple[Path, str], path: str
) -> None:
    docs, commit = repository
    with Blobs(docs) as blobs:
        assert blobs.read(commit, path) is None
        assert blobs._sizes is None
        assert blobs.read(commit, "content/mail/a.md") == OLD.encode()


@pytest.mark.parametrize(
    "commit", ["HEAD", "main", "-h", "--batch-all-objects", "0" * 39, "0" * 41, "0" * 40 + "\n", "", "é" * 40]
)
def test_git_is_asked_for_nothing_but_a_full_commit_id(repository: tuple[Path, str], commit: str) -> None:
    with Blobs(repository[0]) as blobs:
        assert blobs.read(commit, "content/mail/a.md") is None
        assert blobs._sizes is None


def test_the_same_processes_read_all_and_end_with_their_context(repository: tuple[Path, str]) -> None:
    docs, commit = repository
    with Blobs(docs) as blobs:
        assert blobs.read(commit, "content/mail/a.md") == OLD.encode()
        assert blobs._sizes and blobs._contents
        processes = [blobs._sizes._process, blobs._contents._process]
        assert blobs.read("1" * 40, "content/mail/a.md") is None
        assert blobs.read(commit, "content/mail/b.md") is None
        assert blobs.read(commit, "content/mail") is None  # a folder
        assert blobs.read(commit, "-h") is None
        assert blobs.read(commit, "content/mail/a.md") == OLD.encode()
        assert [blobs._sizes._process, blobs._contents._process] == processes
    assert [process.returncode for process in processes] == [0, 0]


def test_a_link_in_the_repository_is_not_followed(repository: tuple[Path, str], write: Write) -> None:
    docs, _ = repository
    write("secret.md", OLD)
    (docs / "content/mail/link.md").symlink_to("../../../secret.md")
    git(docs, "add", ".")
    git(docs, "commit", "-qm", "link")
    article = parse(annotated(OLD, git(docs, "rev-parse", "HEAD")).encode(), "link.md")
    with English(docs / "content") as files:
        assert files.of(article, Path("/articles/mail/link.md")) is None


def test_a_broken_repository_is_reported_once_if_it_matters(write: Write, here: Path) -> None:
    write("english/.git/HEAD", "nonsense\n")
    for name in "ab":
        write(f"articles/{name}.md", annotated(OLD, "0" * 40))
    write("english/a.md", OLD)
    done = l10n("extract", "articles", "--english", "english", "--json", cwd=here)
    assert done.codes == ["no-english"]
    assert "not a git repository" in done.json["problems"][0]["message"]
    assert done.json["english"] == {"proved": 1, "unproved": 0, "mismatched": 0, "missing": ["articles/b.md"]}
    write("english/b.md", OLD)
    done = l10n("extract", "articles", "--english", "english", "--json", cwd=here)
    assert (done.code, done.json["english"]["proved"]) == (0, 2)


def test_a_process_that_dies_says_why(repository: tuple[Path, str]) -> None:
    docs, commit = repository
    with Blobs(docs) as blobs:
        blobs.read(commit, "content/mail/a.md")
        assert blobs._sizes
        blobs._sizes._process.kill()
        blobs._sizes._process.wait()
        with pytest.raises(GitError):
            blobs.read(commit, "content/mail/a.md")


def test_what_is_no_folder_and_in_no_repository_is_wrong_usage(write: Write, here: Path) -> None:
    write("articles/a.md", annotated(OLD, "0" * 40))
    for command in (("extract", "articles"), ("merge", "articles")):
        done = l10n(*command, "--english", "nowhere", cwd=here)
        assert done.code == 2
        assert "neither a folder nor in a git repository" in done.err
    with pytest.raises(ValueError, match="neither"):
        extract([Path("articles")], english=Path("nowhere"))


def test_the_repository_of_a_path(repository: tuple[Path, str], tmp_path: Path) -> None:
    docs, _ = repository
    assert find_repository(docs / "content") == (docs.resolve(), "content")
    assert find_repository(docs / "gone/since") == (docs.resolve(), "gone/since")
    assert find_repository(docs) == (docs.resolve(), "")
    assert find_repository(tmp_path) is None


def test_the_environment_of_the_caller_s_git_does_no_harm(
    repository: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    docs, commit = repository
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    with Blobs(docs) as blobs:
        assert blobs.read(commit, "content/mail/a.md") == OLD.encode()


def test_the_sample_articles_prove_their_english_through_the_command(here: Path) -> None:
    english = PROJECT / "tests/english"
    done = l10n("extract", PROJECT / "articles", "--english", english, "--json", cwd=here)
    assert done.json["english"] == {"proved": 17, "unproved": 0, "mismatched": 0, "missing": []}
    assert done.json["unsourced"] == 0


@pytest.mark.parametrize("is_repository", [True, False])
def test_a_file_far_longer_than_the_article_is_not_read_and_said(
    here: Path, write: Write, is_repository: bool
) -> None:
    """Law 5: any number of articles may tell that they were translated from one huge file."""
    commit = "0" * 40
    fits, long = ("x" * size for size in (60_000, 90_000))
    for name, text in (("fits", fits), ("long", long)):
        write(f"english/{name}.md", text)
    if is_repository:
        git(here / "english", "init", "-q")
        git(here / "english", "add", ".")
        git(here / "english", "commit", "-qm", "x")
        commit = git(here / "english", "rev-parse", "HEAD").strip()
        for name in ("fits", "long"):
            (here / f"english/{name}.md").unlink()
    for name, text in (("fits", fits), ("long", long)):
        write(f"articles/{name}.md", annotated(text, commit))
    done = l10n("extract", "articles", "--english", "english", "--json", cwd=here)
    assert [(problem["path"], problem["code"]) for problem in done.json["problems"]] == [
        ("articles/long.md", "english-mismatch")
    ]
    assert "far more than the article" in done.json["problems"][0]["message"]
    assert done.json["english"] == {"proved": 1, "unproved": 0, "mismatched": 1, "missing": []}


def test_a_file_is_looked_for_by_the_end_of_a_deep_path(here: Path, write: Write) -> None:
    write("articles/" + "a/" * 200 + "b/c.md", annotated(OLD, "0" * 40))
    write("english/" + "a/" * (ENGLISH_PARTS - 2) + "b/c.md", OLD)
    done = l10n("extract", "articles", "--english", "english", "--json", cwd=here)
    assert done.json["english"]["proved"] == 1
