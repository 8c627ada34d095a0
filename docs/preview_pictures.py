#!/usr/bin/env python3
"""Makes the pictures of docs/preview.md from the sample articles: `python docs/preview_pictures.py [FOLDER]`.

Run it in the environment of the tests, on a computer with Chromium.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from l10n import preview  # noqa: E402
from tests.helpers.chromium import CHROMIUM, browser  # noqa: E402


def main() -> None:
    """Make the pictures."""
    if CHROMIUM is None:
        sys.exit("First run: apt-get install --no-install-recommends chromium")
    pictures = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else PROJECT / "docs"
    with tempfile.TemporaryDirectory() as name, browser() as page:
        folder = Path(name)
        for part in ("articles", "locales"):
            shutil.copytree(PROJECT / part, folder / part)
        os.chdir(folder)  # so that the pages name the articles as a user sees them
        preview([Path("locales")])
        pages = folder / "preview"
        page.resize(1100, 760)
        page.open((pages / "articles/nb-NO/mail/reset-your-password.html").as_uri())
        page.key("f")
        page.screenshot(pictures / "preview-page.png")
        page.resize(1200, 760)  # there is room for both charts, and for the list below them
        page.open((pages / "index.html").as_uri())
        page.screenshot(pictures / "preview-index.png")
        page.resize(1100, 640, dark=True)
        page.open((pages / "articles/ar-SA/mail/change-your-password.html").as_uri())
        page.screenshot(pictures / "preview-dark.png")


if __name__ == "__main__":
    main()
