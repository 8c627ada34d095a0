"""Translation memories: pairs of other projects and tools, to start new messages from.

`reading` reads the files (PO, TMX, XLIFF), `memory` finds the matches of a source, `filling` gives them to
new messages, `analysis` counts them as an agency's quote does.
"""

from l10n.memory.filling import Filler, is_fillable, is_filled
from l10n.memory.memory import Memory, MemoryMatch, Translation
from l10n.memory.reading import MemoryFile, find_memory_files, read_memory

__all__ = [
    "Filler",
    "Memory",
    "MemoryFile",
    "MemoryMatch",
    "Translation",
    "find_memory_files",
    "is_fillable",
    "is_filled",
    "read_memory",
]
