"""The real Poedit on a screen of its own: opened, driven by its keys, saved, quit.

For the tests and for `docs/screenshot.py`. Needs Python alone and the programs in `PACKAGES`.
No wait goes by the clock: each one polls for what it waits for, and fails with a picture of
the screen. Whatever is started here ends with its `Screen`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Self

PACKAGES = {
    "poedit": "poedit",
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "dbus-daemon": "dbus-x11",
    "xdotool": "xdotool",
    "xclip": "xclip",
    "xprop": "x11-utils",
    "import": "imagemagick",
    "msgfmt": "gettext",
}
"""The programs that are needed, and the Debian package of each."""
TRANSLATOR = "Kari Nordmann <kari@contoso.example>"
"""What Poedit writes as Last-Translator."""

_PATIENCE = 90.0
"""Seconds after which a wait has failed; a loaded machine needs a few."""
_PAUSE = 0.03
_CONFIG = """\
version=3.2.2
focus_to_text=1
compile_mo={compile_mo:d}
enable_spellchecking=0
translator_name=Kari Nordmann
translator_email=kari@contoso.example
sort_by=file-order
sort_errors_first=0
sort_untrans_first=0
[TM]
search_paths=/nonexistent
"""


def missing_packages() -> list[str]:
    """The Debian packages whose programs are not here."""
    return sorted(package for program, package in PACKAGES.items() if shutil.which(program) is None)


class PoeditError(Exception):
    """What was waited for did not happen; the message names a picture of the screen."""


class Picture(NamedTuple):
    """The screen: three bytes, red, green and blue, for each pixel."""

    width: int
    height: int
    rgb: bytes

    def points(self, colour: Callable[[int, int, int], bool], step: int = 8) -> dict[int, list[int]]:
        """By row, where along it pixels have a colour; only each `step`th pixel of a row is looked at."""
        found = {}
        for y in range(self.height):
            row = self.rgb[3 * self.width * y : 3 * self.width * (y + 1)]
            pixels = zip(row[:: 3 * step], row[1 :: 3 * step], row[2 :: 3 * step], strict=True)
            if columns := [step * x for x, pixel in enumerate(pixels) if colour(*pixel)]:
                found[y] = columns
        return found


class Screen:
    """A display with its own window manager, session bus, clipboard and home folder."""

    def __init__(self, width: int = 1300, height: int = 950, *, compile_mo: bool = False) -> None:
        self.width, self.height = width, height
        self._compile_mo = compile_mo
        self._group: int | None = None
        self._processes: list[subprocess.Popen[bytes]] = []
        self._environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
            stack.callback(self._end)
            self._environment = _environment(home)
            settings = home / ".config/poedit/config"
            settings.parent.mkdir()
            settings.write_text(_CONFIG.format(compile_mo=self._compile_mo), encoding="utf-8")
            size = f"{self.width}x{self.height}x24"
            number = self._start_telling("Xvfb", "-displayfd", "1", "-noreset", "-screen", "0", size)
            self._environment["DISPLAY"] = f":{number}"
            address = self._start_telling("dbus-daemon", "--session", "--nofork", "--print-address=1")
            self._environment["DBUS_SESSION_BUS_ADDRESS"] = address
            self.start("openbox")
            manager = ("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
            self.wait("the window manager", lambda: b"window id" in self.run(*manager))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def start(
        self, *command: str | Path, cwd: Path | None = None, output: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        """Start a program on this screen; it ends with it."""
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            process_group=self._group or 0,
        )
        self._group = self._group or process.pid
        self._processes.append(process)
        return process

    def _start_telling(self, *command: str) -> str:
        """Start a program; its first line of output."""
        process = self.start(*command, output=subprocess.PIPE)
        assert process.stdout is not None
        with process.stdout as output:
            line = output.readline().decode().strip()
        if not line:
            raise PoeditError(f"{command[0]} did not start")
        return line

    def _end(self) -> None:
        if self._group is None:
            return
        for end in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._group, end)
            with contextlib.suppress(subprocess.TimeoutExpired):
                for process in self._processes:
                    process.wait(5)

    def run(self, *command: str, data: bytes | None = None) -> bytes:
        """What a program on this screen writes; nothing if it fails."""
        done = subprocess.run(
            command,
            env=self._environment,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=_PATIENCE,
        )
        return done.stdout

    def wait(self, what: str, condition: Callable[[], bool]) -> None:
        """Wait for `condition`; raises PoeditError, with a picture, if it does not come about."""
        end = time.monotonic() + _PATIENCE
        while not condition():
            if time.monotonic() > end:
                handle, name = tempfile.mkstemp(prefix="l10n-poedit-", suffix=".png")
                os.close(handle)
                self.save_picture(Path(name))
                raise PoeditError(f"waited in vain for {what}; the screen is in {name}")
            time.sleep(_PAUSE)

    def key(self, *keys: str) -> None:
        """Press keys, each such as `ctrl+s`, in the window that has the focus.

        Programs get them in order, so what was pressed before need not be waited for.
        """
        self.run("xdotool", "key", *keys)

    def copied(self, *keys: str) -> str:
        """What `keys` put on the clipboard, which must be something."""
        owner = self.put("-")  # until another program copies something
        self.key(*keys)
        self.wait(f"{' '.join(keys)} to copy", lambda: owner.poll() is not None and bool(self.clipboard()))
        return self.clipboard()

    def put(self, text: str) -> subprocess.Popen[bytes]:
        """Put `text` on the clipboard: xdotool drops letters outside ASCII when it types.

        Returns the program that holds it there; it ends when another one takes the clipboard.
        """
        process = subprocess.Popen(
            ["xclip", "-selection", "clipboard", "-in", "-quiet"],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=self._group,
        )
        self._processes.append(process)
        assert process.stdin is not None
        with process.stdin as stdin:
            stdin.write(text.encode())
        self.wait("xclip", lambda: self.clipboard() == text)
        return process

    def clipboard(self) -> str:
        """The text on the clipboard."""
        return self.run("xclip", "-selection", "clipboard", "-out").decode()

    def windows(self, pattern: str) -> list[str]:
        """The numbers of the windows to be seen whose title matches a regular expression."""
        return self.run("xdotool", "search", "--onlyvisible", "--name", pattern).decode().split()

    def activate(self, window: str) -> None:
        """Give a window the focus."""

        def is_active() -> bool:
            self.run("xdotool", "windowactivate", window)
            return self.run("xdotool", "getactivewindow").decode().strip() == window

        self.wait("a window to get the focus", is_active)

    def place(self, window: str, x: int, y: int, width: int, height: int) -> None:
        """Move a window's content to `x`, `y` and give it a size, in pixels."""
        self.run("xdotool", "windowmove", window, str(x), str(y))
        self.run("xdotool", "windowsize", window, str(width), str(height))
        expected = f"WIDTH={width}\nHEIGHT={height}\n".encode()
        self.wait(
            "a window to be resized",
            lambda: expected in self.run("xdotool", "getwindowgeometry", "--shell", window),
        )

    def click(self, x: int, y: int, times: int) -> None:
        """Click the left button at a point."""
        self.run("xdotool", "mousemove", str(x), str(y), "click", "--repeat", str(times), "1")

    def picture(self) -> Picture:
        """The screen as it is now."""
        _, size, _, rgb = self.run("import", "-window", "root", "-depth", "8", "ppm:-").split(b"\n", 3)
        width, height = map(int, size.split())
        return Picture(width, height, rgb)

    def save_picture(self, path: Path) -> None:
        """Write the screen to a PNG file, without the time and other traces of the run."""
        self.run("import", "-window", "root", "-strip", "-define", "png:exclude-chunks=date,time", str(path))

    def wait_until_still(self) -> None:
        """Wait until a program has drawn what it had to draw: two pictures that are the same."""
        last: Picture | None = None

        def is_still() -> bool:
            nonlocal last
            before, last = last, self.picture()
            return before == last

        self.wait("the screen to be still", is_still)


def _environment(home: Path) -> dict[str, str]:
    """The variables of the programs on a screen: nothing of the user's settings gets in."""
    folders = {
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local/share",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_RUNTIME_DIR": home / ".run",
    }
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "GDK_BACKEND": "x11",
        "GSETTINGS_BACKEND": "memory",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "NO_AT_BRIDGE": "1",
    } | {name: str(folder) for name, folder in folders.items()}


class Poedit:
    """Poedit with one PO file open. The keys are those of a reviewer; see `Screen` for the waits."""

    def __init__(self, screen: Screen, path: Path) -> None:
        """Open `path`; the first message is selected, the cursor in the field for its translation."""
        self._screen = screen
        self._path = path
        self._process = screen.start("poedit", path, cwd=path.parent)
        pattern = f"^{path.name.replace('.', '[.]')}.* - Poedit$"
        screen.wait("Poedit's window", lambda: bool(screen.windows(pattern)))
        (self._window,) = screen.windows(pattern)
        screen.activate(self._window)
        # Below the title bar of the window manager.
        screen.place(self._window, 0, 0, screen.width - 2, screen.height - 24)
        screen.wait_until_still()
        screen.click(100, screen.height - 70, 1)  # the field: it has the focus, but not from the first moment
        self.translation()

    def title(self) -> str:
        """The title of the window."""
        return self._screen.run("xdotool", "getwindowname", self._window).decode().strip()

    def translation(self) -> str:
        """The translation of the selected message, which must have one."""
        return self._screen.copied("ctrl+a", "ctrl+c")

    def go_to(self, translation: str) -> None:
        """Go down to the message with that translation; neighbours on the way must have different ones."""
        while (current := self.translation()) != translation:
            self._move("ctrl+Down", current)

    def accept(self) -> None:
        """Done with the selected message, and on to another: its translation is right as it is."""
        self._move("ctrl+Return", self.translation())

    def _move(self, key: str, current: str) -> None:
        self._screen.key(key)
        self._screen.wait(f"another message than {current!r}", lambda: self.translation() != current)

    def retype(self, text: str) -> None:
        """Replace the translation of the selected message."""

        def is_retyped() -> bool:
            self._screen.put(text)
            self._screen.key("ctrl+a", "ctrl+v")
            # Poedit fetches the text in its own time, and `translation` takes the clipboard.
            self._screen.wait_until_still()
            return self.translation() == text

        self._screen.wait("the new translation", is_retyped)

    def toggle_needs_work(self) -> None:
        """Mark the selected message as needing work, or take the mark away."""
        self._screen.key("ctrl+u")

    def is_right_to_left(self) -> bool:
        """Whether the translation, which must be one short line, stands at the right of its field."""
        self.translation()  # selects it
        lower = 3 * self._screen.height // 4
        selected: list[int] = []

        def is_selected() -> bool:
            blue = self._screen.picture().points(lambda red, green, blue: red < 100 and blue > 200)
            selected[:] = [x for y, columns in blue.items() if y > lower for x in columns]
            return bool(selected)

        self._screen.wait("the selected translation", is_selected)
        return min(selected) > self._screen.width // 4

    def save(self) -> None:
        """Save what was changed."""
        self._screen.wait("Poedit to see a change", lambda: "(modified)" in self.title())
        before = self._path.read_bytes()
        self._screen.key("ctrl+s")
        self._screen.wait(
            "Poedit to save",
            lambda: "(modified)" not in self.title() and self._path.read_bytes() != before,
        )

    def quit(self) -> None:
        """Quit, which goes without a question only when all is saved; raises PoeditError if it fails."""
        self._screen.activate(self._window)
        self._screen.key("ctrl+q")
        self._screen.wait("Poedit to quit", lambda: self._process.poll() is not None)
        if self._process.returncode:
            raise PoeditError(f"Poedit ended with {self._process.returncode}")

    def code_occurrence(self) -> tuple[str, str]:
        """What View › Code Occurrences shows of the selected message: the article, and the line marked in it.

        The window is closed again.
        """
        screen = self._screen
        screen.activate(self._window)
        screen.key("alt+v")
        screen.wait("the menu", lambda: bool(screen.windows("^Poedit$")))
        # The second of the items with that letter: Sort by Source, Show Code Occurrences.
        screen.key("s", "s", "Return")
        screen.wait("Code Occurrences", lambda: bool(screen.windows("^Code Occurrences$")))
        (window,) = screen.windows("^Code Occurrences$")
        screen.activate(window)
        screen.place(window, 0, 0, screen.width - 2, screen.height - 24)
        screen.wait_until_still()
        screen.wait("a marked line", lambda: bool(_yellow_line(screen.picture())))
        # Copying goes through the web view, so after it the view has its new size.
        aside = (screen.width // 2, screen.height // 2)
        screen.click(*aside, 1)
        article = screen.copied("ctrl+a", "ctrl+c")
        line = ""

        def is_read() -> bool:
            nonlocal line
            screen.wait_until_still()
            if not (marked := _yellow_line(screen.picture())):
                screen.click(*aside, 1)  # the selection is over it
                return False
            screen.click(*marked[len(marked) // 2], 3)
            line = screen.copied("ctrl+c")
            screen.click(*aside, 1)
            screen.wait_until_still()
            return marked == _yellow_line(screen.picture())  # else it moved, and another one was copied

        screen.wait("the marked line", is_read)
        screen.key("alt+F4")  # of the window manager; Escape does nothing here
        screen.wait("Code Occurrences to close", lambda: not screen.windows("^Code Occurrences$"))
        return article, line


def _yellow_line(picture: Picture) -> list[tuple[int, int]]:
    """A point, right of the line number, in each row of pixels of the line that Poedit marks in yellow."""
    yellow = picture.points(lambda red, green, blue: red > 240 and green > 215 and blue < 200)
    return [(columns[len(columns) // 2], y) for y, columns in yellow.items() if len(columns) > 8]
