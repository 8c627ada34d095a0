"""A repository that makes git run programs, fetch, hang or take all memory: nothing of it does.

"git does not read the repository's configuration at all" (l10n/english/git.py).
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import zlib
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path

import pytest

from l10n import L10nError
from l10n.english import git as reading
from l10n.english.gitblobs import Blobs
from l10n.english.repository import GitError, Repository
from l10n.limits import ARTICLE_BYTES
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.git import annotated, git

ENGLISH = "---\ntitle: A\n---\n\nText.\n"

# Keys of git-config(1) that name a program, a helper, a file to write to or another file to read.
PROGRAM_KEYS = """
core.fsmonitor core.sshCommand core.hooksPath core.pager core.editor core.askPass core.gitProxy
core.alternateRefsCommand core.attributesFile core.excludesFile pager.log pager.rev-list pager.cat-file
diff.external diff.x.command diff.x.textconv merge.x.driver filter.x.clean filter.x.smudge filter.x.process
gpg.program gpg.openpgp.program gpg.x509.program gpg.ssh.program gpg.ssh.defaultKeyCommand credential.helper
uploadpack.packObjectsHook remote.origin.uploadpack remote.origin.receivepack remote.origin.vcs
remote.origin.proxy sequence.editor interactive.diffFilter web.browser browser.x.cmd man.x.cmd
difftool.x.cmd mergetool.x.cmd sendemail.smtpserver trailer.x.command trailer.x.cmd init.templateDir
http.proxy ssh.variant alias.log alias.rev-list alias.cat-file alias.diff-tree trace2.eventTarget
trace2.normalTarget trace2.perfTarget include.path includeIf.gitdir:**.path
""".split()  # noqa: SIM905


@pytest.fixture
def trap(here: Path, write: Write) -> Path:
    """A cloned project, its English repository beside the articles and named by its settings."""
    write("docs/a.md", ENGLISH)
    git(here, "init", "-q", "-b", "main", "docs")
    git(here / "docs", "add", ".")
    git(here / "docs", "commit", "-qm", "one")
    start = git(here / "docs", "rev-parse", "HEAD")
    write("docs/a.md", ENGLISH + "More.\n")
    git(here / "docs", "commit", "-qam", "two")
    git(here, "clone", "-q", "--bare", "docs", "english.git")
    write("articles/a.md", annotated(ENGLISH, start))
    write("l10n.toml", 'english = "english.git"\n')
    return here


def program(trap: Path) -> str:
    """A program that leaves a mark when it is run."""
    path = trap / "run.sh"
    path.write_text(f"#!/bin/sh\necho run >> {trap}/mark\nexit 1\n")
    path.chmod(0o755)
    return str(path)


def sign(repository: Path) -> None:
    """Give the newest commit a signature, which `git log` would have a program verify."""
    body = git(repository, "cat-file", "commit", "HEAD")
    head, _, message = body.partition("\n\n")
    signed = (
        f"{head}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----\n\n{message}\n"
    )
    command = ["git", "-C", str(repository), "hash-object", "-t", "commit", "-w", "--stdin"]
    done = subprocess.run(command, input=signed, capture_output=True, text=True, check=True)
    git(repository, "update-ref", "HEAD", done.stdout.strip())


def all_commands(trap: Path) -> list[tuple[int, str]]:
    extracted = l10n("extract", "articles", "--json", cwd=trap)
    merged = l10n("merge", "locales", "--json", cwd=trap)
    told = l10n("status", "--json", cwd=trap)
    assert told.json["stale"], told.json
    return [(done.code, done.err) for done in (extracted, merged, told)]


def test_no_program_is_run_whatever_the_repository_s_configuration_names(trap: Path) -> None:
    repository = trap / "english.git"
    script = program(trap)
    sign(repository)
    for key in PROGRAM_KEYS:
        value = str(trap / "more.config") if key.startswith("include") else script
        git(repository, "config", "--file", str(repository / "config"), "--add", key, value)
    for key, value in (
        ("log.showSignature", "true"),
        ("protocol.allow", "always"),
        ("protocol.ext.allow", "always"),
        ("remote.origin.url", f"ext::{script}"),
        ("remote.origin.promisor", "true"),
        ("extensions.partialClone", "origin"),
        ("extensions.worktreeConfig", "true"),
        ("core.repositoryFormatVersion", "1"),
        ("uploadpack.allowFilter", "true"),
    ):
        git(trap, "config", "--file", str(repository / "config"), key, value)
    (trap / "more.config").write_text(f"[log]\n\tshowSignature = true\n[gpg]\n\tprogram = {script}\n")
    (repository / "config.worktree").write_text(f"[core]\n\tfsmonitor = {script}\n")
    (repository / "info/attributes").write_text("* diff=x filter=x merge=x\n")
    for hook in ("post-checkout", "pre-auto-gc", "reference-transaction", "post-index-change"):
        (repository / "hooks").mkdir(exist_ok=True)
        (repository / "hooks" / hook).symlink_to(script)
    assert all_commands(trap) == [(0, "")] * 3
    assert not (trap / "mark").exists()


def test_the_trap_works(trap: Path) -> None:
    """git itself runs the program; without that the test above would say nothing."""
    repository = trap / "english.git"
    sign(repository)
    git(repository, "config", "log.showSignature", "true")
    git(repository, "config", "gpg.program", program(trap))
    git(repository, "log")
    assert (trap / "mark").exists()


def test_an_object_that_is_not_here_is_not_fetched(trap: Path) -> None:
    repository = trap / "english.git"
    git(repository, "config", "core.repositoryFormatVersion", "1")
    git(repository, "config", "extensions.partialClone", "origin")
    git(repository, "config", "remote.origin.promisor", "true")
    git(repository, "config", "protocol.ext.allow", "always")
    git(repository, "config", "remote.origin.url", f"ext::{program(trap)}")
    start = git(repository, "rev-parse", "HEAD~1")
    blob = git(repository, "rev-parse", "HEAD~1:a.md")
    (repository / "objects" / blob[:2] / blob[2:]).unlink()
    with Blobs(repository) as blobs:
        assert blobs.read(start, "a.md") is None
    assert not (trap / "mark").exists()


def _cyclic_grafts(repository: Path) -> None:
    head, first = git(repository, "rev-parse", "HEAD"), git(repository, "rev-parse", "HEAD~1")
    (repository / "info/grafts").write_text(f"{head} {first}\n{first} {head}\n")


def _replaced(repository: Path) -> None:
    git(repository, "replace", git(repository, "rev-parse", "HEAD~1"), git(repository, "rev-parse", "HEAD"))


def _named_pipes(repository: Path) -> None:
    for name in ("shallow", "commondir", "info/grafts", "config", "config.worktree"):
        (repository / name).unlink(missing_ok=True)
        os.mkfifo(repository / name)


@pytest.mark.parametrize("change", [_cyclic_grafts, _replaced, _named_pipes])
def test_what_stands_beside_the_objects_changes_nothing(trap: Path, change: Callable[[Path], None]) -> None:
    before = all_commands(trap)
    change(trap / "english.git")
    assert all_commands(trap) == before == [(0, "")] * 3


def test_an_object_that_is_a_named_pipe_is_not_waited_for_without_end(
    trap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = trap / "english.git"
    commit = git(repository, "rev-parse", "HEAD")
    path = repository / "objects" / commit[:2] / commit[2:]
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(reading, "GIT_SECONDS", 0.5)
    with Blobs(repository) as blobs, pytest.raises(GitError, match="did not answer"):
        blobs.read(commit, "a.md")
    with pytest.raises(GitError, match="did not answer"):
        reading.output(Repository.at(repository), "rev-list", commit)


def test_a_file_that_says_that_it_is_huge_is_not_read(trap: Path) -> None:
    docs = trap / "docs"
    data = zlib.compress(b"x" * (ARTICLE_BYTES + 1))
    assert len(data) < 100_000
    (docs / "a.md").write_bytes(zlib.decompress(data))
    git(docs, "commit", "-qam", "huge")
    with Blobs(docs) as blobs, pytest.raises(L10nError) as raised:
        blobs.read(git(docs, "rev-parse", "HEAD"), "a.md")
    assert raised.value.problem.code == "too-large"
    git(trap, "clone", "-q", "--bare", "docs", "large.git")
    (trap / "l10n.toml").write_text('english = "large.git"\n')
    all_commands(trap)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can bound the memory of another process")
def test_an_object_that_lies_about_its_size_takes_no_more_memory_than_allowed(
    trap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = trap / "english.git"
    body = b"tree " + b"0" * 40 + b"\n" + b"x" * (256 << 20)
    raw = b"commit %d\0" % len(body) + body
    name = sha1(raw).hexdigest()
    folder = repository / "objects" / name[:2]
    folder.mkdir(exist_ok=True)
    (folder / name[2:]).write_bytes(zlib.compress(raw, 1))
    monkeypatch.setattr(reading, "GIT_MEMORY_BYTES", 128 << 20)
    with pytest.raises(GitError):
        reading.output(Repository.at(repository), "rev-list", "--parents", name)


def test_output_without_end_is_stopped(trap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "GIT_OUTPUT_BYTES", 100)
    repository = Repository.at(trap / "english.git")
    with pytest.raises(GitError, match="git said more than 100 bytes"):
        reading.output(repository, "cat-file", "--batch-all-objects", "--batch")


@pytest.mark.parametrize(
    "gitdir", ["gitdir: /nowhere", "gitdir: .", "gitdir: ../docs", "\0", "x" * 100_000, ""]
)
def test_a_git_file_that_leads_nowhere_is_one_clear_problem(trap: Path, gitdir: str) -> None:
    (trap / "sub").mkdir()
    (trap / "sub/.git").write_text(gitdir)
    with pytest.raises(GitError, match="not a git repository"):
        Repository.at(trap / "sub")


@pytest.mark.parametrize(
    "head",
    ["", "ref: refs/heads/none", "ref: ../../etc/passwd", "ref: refs/../../x", "\0", "ref: refs/heads/a b"],
)
def test_a_head_that_names_no_commit_is_one_clear_problem(trap: Path, head: str) -> None:
    (trap / "english.git/HEAD").write_text(head)
    l10n("extract", "articles", cwd=trap)
    done = l10n("status", "--json", cwd=trap)
    assert done.codes == ["no-english"]
    assert "its HEAD names no commit" in done.json["problems"][0]["message"]


def test_a_reference_that_leads_to_itself_ends(trap: Path) -> None:
    (trap / "english.git/refs/heads/main").write_text("ref: refs/heads/main")
    with pytest.raises(GitError, match="names no commit"):
        Repository.at(trap / "english.git").head()


@pytest.mark.parametrize("form", ["packed", "detached", "shallow", "worktree", "submodule", "alternates"])
def test_every_form_of_a_repository_is_read(trap: Path, form: str) -> None:
    english = trap / "english.git"
    wanted = git(english, "rev-parse", "HEAD")
    if form == "packed":
        git(english, "gc", "-q")
        git(english, "pack-refs", "--all")
    elif form == "detached":
        (english / "HEAD").write_text(wanted + "\n")
    elif form == "shallow":
        git(trap, "clone", "-q", "--depth", "1", f"file://{trap}/docs", "english")
        english = trap / "english"
    elif form == "worktree":
        git(trap / "docs", "worktree", "add", "-q", "--detach", str(trap / "english"))
        english = trap / "english"
    elif form == "submodule":
        git(trap, "init", "-q", "-b", "main", "top")
        git(
            trap / "top",
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            f"{trap}/docs",
            "sub",
        )
        english = trap / "top/sub"
    else:
        git(trap, "clone", "-q", "--shared", "docs", "english")
        english = trap / "english"
    assert Repository.at(english).head() == wanted
    with Blobs(english) as blobs:
        assert blobs.read(wanted, "a.md") == (ENGLISH + "More.\n").encode()
    commits = reading.output(Repository.at(english), "rev-list", wanted).split()
    assert len(commits) == (1 if form == "shallow" else 2)


def test_a_repository_with_sha_256_names_is_one_clear_problem(trap: Path) -> None:
    git(trap, "init", "-q", "--object-format=sha256", "other")
    with pytest.raises(GitError, match="SHA-256"):
        Repository.at(trap / "other")


def test_git_is_not_taken_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("project", "bin"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "git").write_text("#!/bin/sh\n")
        (tmp_path / folder / "git").chmod(stat.S_IRWXU)
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "../project", str(tmp_path / "bin")]))
    assert reading.find_program("git") == str(tmp_path / "bin/git")
    monkeypatch.setenv("PATH", os.pathsep.join(["", "."]))
    assert reading.find_program("git") is None
    with pytest.raises(GitError, match="not installed"):
        reading.start(Repository(tmp_path, tmp_path), "version")
