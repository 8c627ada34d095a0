"""Compare l10n with other tools and gettext, alternately on the same work; write a page and a chart.

    python -m benchmarks.peers [--articles N] [--out docs] [CORPUS ...]

Needs Debian's po4a and gettext. The first run installs the other tools from PyPI into `--environments`.
Each CORPUS is a folder of annotated articles, or has `annotated` and, if available, `plain`, the publisher's
localized articles. Writes `benchmarks.md` and `benchmarks.svg` into `--out` and prints the three lines for
the README. It takes some minutes on two cores.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import page, scale, starting, synthetic, tools
from benchmarks.timing import Lane, alternate
from l10n import parse


def main(arguments: list[str] | None = None) -> None:
    options = _options(arguments)
    if missing := tools.missing_packages():
        sys.exit(f"First run: apt-get install {' '.join(missing)}")
    environments = options.environments.absolute()
    errors = tools.install(environments)
    tools.compile_own()
    figures = measure(options, environments, errors)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "benchmarks.md").write_text(page.page(figures, "benchmarks.svg"), "utf-8")
    (options.out / "benchmarks.svg").write_bytes(page.picture(figures))
    print(page.three_lines(figures), end="")


def measure(options: argparse.Namespace, environments: Path, errors: dict[str, str]) -> page.Figures:
    """Measure all tools; `errors` says why a tool is not installed. Progress is printed on stderr."""
    versions = tools.versions(environments)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        scratch = Path(name)
        sets = []
        for number, corpus in enumerate([None, *options.corpus]):
            _say(f"the peers, {corpus.name if corpus else 'articles made for this'}")
            work = scratch / f"set-{number}"
            if corpus is None:
                synthetic.write(work, options.articles, options.units)
            else:
                _copy(corpus, work)
            title = corpus.resolve().name if corpus else "Articles made for this"
            sets.append(_set(title, work, tools.peers(work, environments), versions, errors, options.rounds))
        _say("gettext, and more of the same")
        sizes = scale.sizes(scratch, options.base, options.scale, options.units, options.rounds, _say)
        _say("one small article")
        alone = starting.measure(scratch, options.units, options.rounds)
        _say("one large article")
        large = scale.large(scratch, options.large, options.units, options.rounds)
    python = platform.python_version()
    versions["Python"] = python
    return page.Figures(machine(), versions, options.rounds, sets, sizes, alone, large)


def machine() -> str:
    """Return the processor, cores, memory and system; neither name nor path."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    model = models[0] if models else platform.machine()
    return f"{model}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GB, {system}"


def _set(
    title: str,
    work: Path,
    peers: list[tools.Peer],
    versions: dict[str, str],
    errors: dict[str, str],
    rounds: int,
) -> page.Set:
    for peer in peers:
        peer.lane.error = errors.get(peer.lane.name)
    lanes: list[Lane] = [peer.lane for peer in peers]
    alternate(lanes, rounds)
    annotated = list((work / "annotated").iterdir())
    megabytes = sum(path.stat().st_size for path in annotated) / 1e6
    rows = [
        page.Row(
            peer.lane,
            versions.get(peer.lane.name, ""),
            tools.faithfulness(peer.articles, peer.rebuilt),
        )
        for peer in peers
    ]
    return page.Set(title, len(annotated), megabytes, rows)


def _copy(corpus: Path, work: Path) -> None:
    """Copy the Markdown articles of a corpus, renamed to numbers, so that no tool fails on a name."""
    annotated = corpus / "annotated" if (corpus / "annotated").is_dir() else corpus
    for name in ("annotated", "plain"):
        (work / name).mkdir(parents=True)
    for number, path in enumerate(sorted(annotated.rglob("*.md"))):
        data = path.read_bytes()
        published = corpus / "plain" / path.relative_to(annotated)
        localized = (
            published.read_bytes() if published.is_file() else parse(data, path.name).render("localized")
        )
        (work / "annotated" / f"{number:06}.md").write_bytes(data)
        (work / "plain" / f"{number:06}.md").write_bytes(localized)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers")
    parser.add_argument("corpus", nargs="*", type=Path, metavar="CORPUS")
    parser.add_argument(
        "--articles", type=int, default=1000, help="number of articles to make for the comparison"
    )
    parser.add_argument("--units", type=int, default=10, help="units of each article")
    parser.add_argument("--base", type=int, default=100, help="articles of the smallest set for gettext")
    parser.add_argument(
        "--scale",
        type=int,
        nargs="+",
        default=[1, 10, 100],
        help="sizes of the sets for gettext, as multiples of --base",
    )
    parser.add_argument("--large", type=int, default=10_000, help="units of the large article")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("docs"))
    parser.add_argument(
        "--environments", type=Path, default=Path(".venv-peers"), help="folder for translate-toolkit and mdpo"
    )
    return parser.parse_args(arguments)


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
