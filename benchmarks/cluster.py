"""Compare a Dask cluster with one computer.

    python benchmarks/cluster.py ARTICLES [RUNS]

Starts a scheduler and one or two workers on this computer. Extracts, merges and checks the folder
ARTICLES with them and with local processes, alternately. Prints the best of RUNS runs each (3):
elapsed seconds, CPU seconds of the client, the scheduler and the workers, and megabytes.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path
from typing import Any

from distributed import Client, Future

from l10n import extract, merge
from l10n.commands.check import check
from l10n.jobs.run import Workers

WAYS = {
    "--jobs 1": Workers(1),
    "--jobs 2": Workers(2),
    "1 worker": Workers(scheduler="1"),
    "2 workers": Workers(scheduler="2"),
    "2 workers, --shared-storage": Workers(scheduler="2", shared_storage=True),
}
"""The ways to do the work; the scheduler is given as the number of its workers."""


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[str]:
    """Start a scheduler with the given number of workers and yield its address."""
    started: list[subprocess.Popen[bytes]] = []

    def start(kind: str, *options: str | Path) -> None:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *map(str, options)]
        command += ["--dashboard-address", "127.0.0.1:0"]
        started.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))

    file = folder / f"{workers}.json"
    start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", file)
    try:
        while not file.exists() or not file.read_text():
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"]
        for _ in range(workers):
            start("worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", folder)
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def spent(address: str) -> tuple[float, float]:
    """Return the CPU seconds that the scheduler and its workers have used."""
    if not address:
        return 0, 0
    with Client(address, set_as_default=False) as client:
        workers = client.run(os.times).values()
        return sum(client.run_on_scheduler(os.times)[:2]), sum(sum(times[:2]) for times in workers)


def once(command: str, articles: Path, folder: Path, workers: Workers) -> dict[str, float]:
    """Return the seconds of a run in this process and its children, and the megabytes sent and received."""
    sent = got = batches = 0
    submit, result = Client.submit, Future.result

    def counted_submit(*arguments: Any, **options: Any) -> Any:
        nonlocal sent, batches
        sent += sum(len(argument) for argument in arguments if isinstance(argument, bytes))
        batches += 1
        return submit(*arguments, **options)

    def counted_result(*arguments: Any, **options: Any) -> Any:
        nonlocal got
        value = result(*arguments, **options)
        got += len(value)
        return value

    setattr(Client, "submit", counted_submit)  # noqa: B010
    setattr(Future, "result", counted_result)  # noqa: B010
    gc.disable()  # as the command does
    begin, before = time.perf_counter(), os.times()
    if command == "extract":
        extract([articles], folder / "locales", workers=workers)
    elif command == "merge":
        merge([folder / "locales"], output=folder / "build", workers=workers)
    else:
        check([articles], workers=workers)
    after = os.times()
    return {
        "wall": time.perf_counter() - begin,
        "client": after.user + after.system - before.user - before.system,
        "workers": after.children_user + after.children_system,
        "batches": batches,
        "sent": sent / 1e6,
        "got": got / 1e6,
    }


def main(articles: Path, runs: int) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        clusters = {str(n): stack.enter_context(cluster(n, folder)) for n in (1, 2)}
        print(f"{'':9}{'':28}  wall client scheduler workers batches  MB sent MB got")
        for command in ("extract", "merge", "check"):
            found: dict[str, list[dict[str, float]]] = {}
            for _, (way, workers) in product(range(runs), WAYS.items()):
                address = clusters.get(workers.scheduler or "", "")
                output = folder / command
                shutil.rmtree(output / ("locales" if command == "extract" else "build"), ignore_errors=True)
                arguments = (command, articles, output, workers.processes, address, workers.shared_storage)
                before = spent(address)
                line = [sys.executable, __file__, "--once", *map(str, arguments)]
                run = json.loads(subprocess.run(line, stdout=subprocess.PIPE, check=True).stdout)
                after = spent(address)
                run["scheduler"] = after[0] - before[0]
                run["workers"] += after[1] - before[1]
                found.setdefault(way, []).append(run)
            if command == "extract":
                shutil.copytree(folder / "extract/locales", folder / "merge/locales")
            for way, measured in found.items():
                best = {name: min(run[name] for run in measured) for name in measured[0]}
                print(
                    f"{command:9}{way:28}{best['wall']:6.1f}{best['client']:7.1f}{best['scheduler']:10.1f}"
                    f"{best['workers']:8.1f}{best['batches']:8}{best['sent']:9.1f}{best['got']:7.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    if sys.argv[1] == "--once":
        command, articles, output, processes, address, shared = sys.argv[2:]
        workers = (
            Workers(scheduler=address, shared_storage=shared == "True")
            if address
            else Workers(int(processes))
        )
        print(json.dumps(once(command, Path(articles), Path(output), workers)))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
