"""Articles in which names are kept and lost."""

from __future__ import annotations

KEPT = [(f"Åpne Exchange {n}.", f"Open Exchange in step {n}.") for n in range(8)]
LOST = [(f"Åpne utveksling {n}.", f"Now open Exchange in way {n}.") for n in range(4)]
REST = [(f"Et vanlig ord {n} her.", f"A common word {n} here.") for n in range(40)]
