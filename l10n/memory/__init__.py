"""Translation memories: pairs of other projects and tools, to start new messages from.

`reading` reads the files (PO, TMX, XLIFF), `memory` finds the matches of a source, `filling` gives them to
new messages, `analysis` counts them as an agency's quote does. `reading` is not imported here: polib and lxml
take long to load, and few runs have a memory.
"""

from l10n.memory.filling import Filler, is_fillable, is_filled
from l10n.memory.memory import Memory, MemoryMatch, Translation

__all__ = [
    "Filler",
    "Memory",
    "MemoryMatch",
    "Translation",
    "is_fillable",
    "is_filled",
]
