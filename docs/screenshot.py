#!/usr/bin/env python3
"""Makes docs/poedit.png, the sample PO file in the real Poedit: `python3 docs/screenshot.py [FILE]`.

Needs no more than Python 3.11 and a fresh clone, on a Debian with the packages that it names.
"""

import shutil
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from tests.helpers.poedit import Poedit, Screen, missing_packages  # noqa: E402

SHOWN = "Du trenger Windows 10, versjon 1909 eller nyere."
BELOW = "Last ned klienten fra [programvaresenteret][center]."
"""The selected translation, which has a fault to find, and the last one to be seen below it."""


def main() -> None:
    """Make the picture."""
    if missing := missing_packages():
        sys.exit(f"First run: apt-get install --no-install-recommends {' '.join(missing)}")
    picture = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "docs/poedit.png"
    with tempfile.TemporaryDirectory() as folder, Screen(1200, 760) as screen:
        for name in ("articles", "locales"):
            shutil.copytree(PROJECT / name, Path(folder, name))
        poedit = Poedit(screen, Path(folder, "locales/nb_NO.po"))
        poedit.go_to(BELOW)
        screen.key("ctrl+Up", "ctrl+Up")
        poedit.go_to(SHOWN)
        screen.key("Right")  # the text is selected no more, the cursor stands at its end
        screen.wait_until_still()
        screen.save_picture(picture)
        poedit.quit()


if __name__ == "__main__":
    main()
