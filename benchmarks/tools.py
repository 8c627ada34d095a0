"""Install the compared tools, run them on the same work, and compare their results.

Each tool reads all articles into PO files, and rebuilds them from these with the sources as translations. The
output should equal the input. l10n reads the annotated articles. The others do not know this format and read
the localized ones.

Each works in its fastest way: po4a with one PO file, translate-toolkit and mdpo with one per article (with a
single one, mdpo's time grows with the square of the messages). None wraps lines. mdpo's commands read a
single article or write one PO file, so its library is called, in one process for all articles.
"""

from __future__ import annotations

import compileall
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polib

import l10n
from benchmarks.timing import FailedError, Lane, Step, run
from l10n.article.frontmatter import body_start

EXTRACT, REBUILD = "extract", "rebuild"
TOOL = [sys.executable, "-m", "l10n"]
PACKAGES = {"translate-toolkit": "translate-toolkit[markdown]", "mdpo": "mdpo"}
"""The packages from PyPI, each in a separate environment, since both have a script `md2po`."""
DEBIAN = {"po4a": "po4a", "msgcat": "gettext", "msgmerge": "gettext"}
"""The programs from Debian, and their packages."""

_MDPO_EXTRACT = """\
import sys
from pathlib import Path
from mdpo.md2po import markdown_to_pofile
for article in sorted(Path("plain").iterdir()):
    markdown_to_pofile(str(article), save=True, po_filepath=f"mdpo/po/{article.stem}.po", wrapwidth=0)
"""
_MDPO_REBUILD = """\
from pathlib import Path
from mdpo.po2md import pofile_to_markdown
for article in sorted(Path("plain").iterdir()):
    pofile_to_markdown(
        str(article), [f"mdpo/po/{article.stem}.po"], save=f"mdpo/out/{article.name}", wrapwidth=0
    )
"""
_ALERT = re.compile(rb"^[ \t]*>[ \t]*\[!([A-Za-z]+)\][ \t]*\r?\n(?=[ \t]*>)", re.MULTILINE)
"""The marker of an alert alone on its line, followed by another line of the quote."""


@dataclass(frozen=True)
class Peer:
    """A tool on one set of articles: its processes and the place of its results."""

    lane: Lane
    articles: Path
    """The folder that it reads."""
    rebuilt: Path
    """The folder of the rebuilt articles, under the same names."""


class Faithfulness(NamedTuple):
    """How faithfully a tool rebuilt the articles."""

    articles: int
    identical: int
    """Articles with the same bytes."""
    bodies: int
    """Articles that are the same below their front matter."""
    alerts: int
    broken: int
    """Alerts whose marker is no longer on a separate line, or whose article is missing."""


def missing_packages() -> list[str]:
    """Return the Debian packages whose programs are missing."""
    return sorted({package for program, package in DEBIAN.items() if shutil.which(program) is None})


def install(folder: Path) -> dict[str, str]:
    """Create the missing environments of the tools from PyPI below `folder`.

    Return the reason for each that could not be created.
    """
    errors = {}
    for name, package in PACKAGES.items():
        if (folder / name / "installed").exists():
            continue
        folder.mkdir(parents=True, exist_ok=True)
        make = [sys.executable, "-m", "venv", "--clear", name]
        pip = [str(_python(folder, name)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        try:
            for command in (make, [*pip, package]):
                run(Step("install", command, folder))
            (folder / name / "installed").touch()
        except FailedError as error:
            errors[name] = str(error)
    return errors


def compile_own() -> None:
    """Compile l10n to bytecode, as pip compiles the others: an editable install may have none."""
    compileall.compile_dir(Path(l10n.__file__).parent, quiet=1)


def versions(folder: Path) -> dict[str, str]:
    """Return the version of each available tool."""
    found = {"l10n": _said([*TOOL, "--version"])}
    found |= {"gettext": _said(["msgcat", "--version"]), "po4a": _said(["po4a", "--version"])}
    for name in PACKAGES:
        script = f"import importlib.metadata as m; print(m.version({name!r}))"
        found[name] = _said([str(_python(folder, name)), "-c", script])
    return {name: version for name, version in found.items() if version}


def peers(work: Path, environments: Path) -> list[Peer]:
    """Return l10n and the others for the articles of `work`/annotated and /plain, of the same names."""
    return [_l10n(work), _po4a(work), _toolkit(work, environments), _mdpo(work, environments)]


def faithfulness(before: Path, after: Path) -> Faithfulness:
    """Compare each article of the folder `before` with the one of the same name below `after`."""
    count = identical = bodies = alerts = broken = 0
    rebuilt = {path.name: path for path in after.rglob("*.md")}
    for path in sorted(before.iterdir()):
        data = path.read_bytes()
        result = rebuilt[path.name].read_bytes() if path.name in rebuilt else b""
        count += 1
        identical += result == data
        bodies += _body(result) == _body(data)
        here, there = ([kind.lower() for kind in _ALERT.findall(text)] for text in (data, result))
        alerts += len(here)
        broken += sum(max(0, here.count(kind) - there.count(kind)) for kind in set(here))
    return Faithfulness(count, identical, bodies, alerts, broken)


def _body(data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    return text[body_start(text) :].strip().encode("utf-8", "surrogateescape")


def _l10n(work: Path) -> Peer:
    extract = [*TOOL, "extract", "annotated", "-o", "own/po"]
    merge = [*TOOL, "merge", "own/po", "--form", "annotated", "-o", "own/out"]
    # Exit code 1 means that problems were reported, as in most real articles.
    steps = [
        Step(EXTRACT, extract, work, _fresh(work / "own"), accepted=(0, 1)),
        Step(REBUILD, merge, work, _fresh(work / "own/out"), accepted=(0, 1)),
    ]
    return Peer(Lane("l10n", steps), work / "annotated", work / "own/out")


def _po4a(work: Path) -> Peer:
    folder = work / "po4a"
    options = "-o markdown -o neverwrap -o yfm_keys=title,description,keywords"
    lines = [
        "[po4a_langs] xx",
        "[po4a_paths] po4a/all.pot $lang:po4a/all.po",
        "[options] --keep 0 --wrap-po no --master-charset UTF-8 --localized-charset UTF-8",
        f'[po4a_alias:article] text opt:"{options}"',
        *(f"[type:article] plain/{path.name} $lang:po4a/out/{path.name}" for path in _articles(work)),
    ]
    (work / "po4a.cfg").write_text("\n".join(lines) + "\n")
    extract, rebuild = (
        ["po4a", "--quiet", what, "po4a.cfg"] for what in ("--no-translations", "--no-update")
    )

    def translate() -> None:
        shutil.copy(folder / "all.pot", folder / "all.po")
        _translate(folder)

    steps = [
        Step(EXTRACT, extract, work, _fresh(folder, make=True)),
        Step(REBUILD, rebuild, work, translate),
    ]
    return Peer(Lane("po4a", steps), work / "plain", folder / "out")


def _toolkit(work: Path, environments: Path) -> Peer:
    folder, programs = work / "toolkit", environments / "translate-toolkit/bin"
    options = ["--progress=none", "-m", "0"]
    extract = [str(programs / "md2po"), *options, "-i", "plain", "-o", "toolkit/po"]
    rebuild = [str(programs / "po2md"), *options, "-i", "toolkit/po", "-t", "plain", "-o", "toolkit/out"]
    steps = [
        Step(EXTRACT, extract, work, _fresh(folder, make=True)),
        Step(REBUILD, rebuild, work, lambda: _translate(folder / "po")),
    ]
    return Peer(Lane("translate-toolkit", steps), work / "plain", folder / "out")


def _mdpo(work: Path, environments: Path) -> Peer:
    folder, python = work / "mdpo", str(_python(environments, "mdpo"))

    def prepare() -> None:
        _fresh(folder)()
        for name in ("po", "out"):
            (folder / name).mkdir(parents=True)

    steps = [
        Step(EXTRACT, [python, "-c", _MDPO_EXTRACT], work, prepare),
        Step(REBUILD, [python, "-c", _MDPO_REBUILD], work, lambda: _translate(folder / "po")),
    ]
    return Peer(Lane("mdpo", steps), work / "plain", folder / "out")


def _translate(folder: Path) -> None:
    """Set the translation of each message to its source."""
    for path in sorted(folder.glob("*.po")):
        catalogue = polib.pofile(str(path), wrapwidth=0, encoding="utf-8")
        catalogue.metadata["Content-Type"] = "text/plain; charset=UTF-8"
        catalogue.metadata_is_fuzzy = False
        for entry in catalogue:
            entry.msgstr = entry.msgid
        catalogue.save()


def _fresh(folder: Path, *, make: bool = False) -> Callable[[], None]:
    def prepare() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        if make:
            folder.mkdir(parents=True)

    return prepare


def _articles(work: Path) -> list[Path]:
    return sorted((work / "plain").iterdir())


def _python(environments: Path, name: str) -> Path:
    return environments.absolute() / name / "bin/python"


def _said(command: list[str]) -> str:
    """Return a program's version, the last word of the first line of its output; nothing without output."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.splitlines()[0].split()[-1].rstrip(".") if done.returncode == 0 and done.stdout else ""
