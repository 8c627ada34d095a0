"""Compare `l10n export` and `import` with translate-toolkit's po2tmx and po2xliff on the same PO file.

    python -m benchmarks.exchange [MESSAGES]

The PO file has the sentences of made articles, numbered so that each is another message; a third of them has
Markdown. Half of them are reviewed: po2tmx writes no others, so `--only reviewed` is what compares with it.
Seconds are elapsed seconds of whole processes, the median of three rounds that alternate.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import Lane, Step, alternate, ratio
from l10n import po
from l10n.catalogue import Catalogue, Message, Note, Place, fingerprint
from l10n.catalogue.header import new_header
from l10n.exchange.formats import FORMAT_NAMES

MESSAGES = 200_000
ROUNDS = 3
_WORDS = (
    "the",
    "device",
    "account",
    "settings",
    "in",
    "your",
    "mail",
    "open",
    "password",
    "change",
    "a",
    "team",
)
_MARKUP = ("**Yes**", "`Get-Device`", "[link](https://contoso.example/a)")
_TOOL = [sys.executable, "-m", "l10n"]
_PEERS = {"export tmx reviewed": "po2tmx", "export xliff": "po2xliff"}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "nb_NO.po").write_bytes(po.write(_catalogue(count)))
        size = (folder / "nb_NO.po").stat().st_size / 1e6
        print(f"{count:,} messages, {size:.0f} MB of PO\n")
        lanes = _lanes(folder)
        alternate(lanes, ROUNDS)
    by_name = {lane.name: lane for lane in lanes}
    print("| command | seconds | peak MB | times as fast as translate-toolkit |")
    print("|---|--:|--:|--:|")
    for lane in lanes:
        if lane.error:
            print(f"| {lane.name} | {lane.error} | | |")
            continue
        seconds = statistics.median(cost.seconds for cost in lane.costs["run"])
        peer = by_name.get(_PEERS.get(lane.name, ""))
        times = f"{ratio(peer.costs['run'], lane.costs['run']):.1f}" if peer and not peer.error else ""
        print(f"| {lane.name} | {seconds:.1f} | {lane.peak():,.0f} | {times} |")


def _catalogue(count: int) -> Catalogue:
    dice = random.Random("exchange")
    messages = []
    for number in range(count):
        texts = []
        for _ in range(2):
            words = dice.choices(_WORDS, k=12)
            if number % 3 == 0:
                words[5] = dice.choice(_MARKUP)
            texts.append(f"{' '.join(words)} {number}.")
        note = Note("paragraph", f"5be70-{number}", False, fingerprint(texts[1]), "Delete a device")
        places = [Place(f"articles/nb-NO/a{number // 100}.md", number % 100 + 1)]
        messages.append(Message(texts[0], texts[1], fuzzy=number % 2 == 0, places=places, note=note))
    return Catalogue(messages, new_header("nb_NO", "articles", ["02/27/2020"]))


def _lanes(folder: Path) -> list[Lane]:
    lanes = []
    for name in FORMAT_NAMES:
        command = [*_TOOL, "export", "nb_NO.po", "--to", name, "-o", f"out.{name}"]
        lanes.append(_lane(f"export {name}", command, folder, folder / f"out.{name}"))
    command = [*_TOOL, "export", "nb_NO.po", "--to", "tmx", "--only", "reviewed", "-o", "reviewed.tmx"]
    lanes.append(_lane("export tmx reviewed", command, folder, folder / "reviewed.tmx"))
    for name in ("xliff", "xliff2"):
        command = [*_TOOL, "import", f"out.{name}", "--into", "nb_NO.po"]
        lanes.append(_lane(f"import {name}", command, folder))
    for name in ("po2tmx", "po2xliff"):
        script = f"from translate.convert.{name} import main; main()"
        arguments = ["-l", "nb"] if name == "po2tmx" else []
        command = [sys.executable, "-c", script, *arguments, "--progress=none", "nb_NO.po", f"out.{name}"]
        lanes.append(_lane(name, command, folder))
    return lanes


def _lane(name: str, command: list[str], folder: Path, output: Path | None = None) -> Lane:
    def prepare() -> None:
        if output:
            output.unlink(missing_ok=True)

    return Lane(name, [Step("run", command, folder, prepare)])


if __name__ == "__main__":
    main()
