"""Files of a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Write = Callable[[str, str], Path]
"""Write a text, just as it is given, to a file below the folder of the test."""
