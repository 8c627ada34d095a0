"""Where processes start anew instead of forked (macOS, Windows), the output is the same.

Each job is pickled there, with all that it holds.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.helpers.articles import article
from tests.helpers.files import Write
from tests.helpers.plain import ENGLISH, NORWEGIAN

SCRIPT = """
import multiprocessing
import types
from pathlib import Path

import l10n.jobs.job
from l10n import Workers, align, check, export, extract, merge, preview
from l10n.jobs.rebuild_article import Wanted

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    l10n.jobs.job.sys = types.SimpleNamespace(platform="darwin")
    for count in (1, 2):
        workers, out = Workers(count), Path(f"out{count}")
        assert extract([Path("articles")], out / "locales", check=True, workers=workers).written
        po = out / "locales/nb_NO.po"
        po.write_text(po.read_text().replace("#, fuzzy\\n", ""))
        merged = merge([po], output=out / "build", strict=True, wanted=Wanted(at_least=1), workers=workers)
        assert len(merged.written) == 60, merged.problems
        found = check([Path("articles"), po], workers=workers)
        assert found.findings
        places = [(one.path[-9:], one.line, one.message) for one in found.findings]
        (out / "findings").write_text(repr(places))
        for name in ("tmx", "xliff", "xliff2", "tsv", "jsonl"):
            assert export([po], name, out / f"x.{name}", workers=workers).written
        aligned = align(Path("en"), Path("nb"), out / "annotated", workers=workers)
        assert len(aligned.written) == 60, aligned.problems
        named = {"english": Path("en"), "english_unproved": True, "workers": workers}
        assert extract([Path("nb")], out / "plain", locale="nb-NO", split="article", **named).units > 60
        pages = preview([po], out / "pages", workers=workers)
        assert len(pages.pages) == 60
"""


def test_the_output_is_the_same_where_processes_are_not_forked(here: Path, write: Write) -> None:
    for number in range(60):
        more = ("Lagre filen og vent. " * 50, "Save the file and wait. " * 50)
        pairs = [
            (f"Vent {number} minutter. {more[0]}{n}", f"Wait {number + n} minutes. {more[1]}{n}")
            for n in range(15)
        ]
        write(f"articles/{number:02}.md", article(*pairs, prefix=str(number)))
        code = f"```\n{'code ' * 8000}\n```\n"  # sets below two megabytes are for one process
        write(f"en/{number}.md", ENGLISH + code)
        write(f"nb/{number}.md", NORWEGIAN.format(keys="") + code)
    write("run.py", SCRIPT)
    done = subprocess.run([sys.executable, "run.py"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    def made(folder: str) -> dict[str, bytes]:
        root = here / folder
        return {
            path.relative_to(root).as_posix(): path.read_bytes().replace(folder.encode(), b"out")
            for path in root.rglob("*")
            if path.is_file()
        }

    one, two = made("out1"), made("out2")
    assert one.keys() == two.keys()
    different = [name for name in one if one[name] != two[name]]
    assert different == ["pages/l10n-preview.json"], "its keys are of the names of the files"
