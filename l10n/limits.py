"""How large an input may be, in one place.

Law 5, input is hostile: no input makes time or memory explode. Each limit is far above what
a publisher delivers; whatever exceeds one is reported and left out, and the run goes on.
docs/security.md lists them.
"""

from __future__ import annotations

MIB = 1 << 20

ARTICLE_BYTES = 32 * MIB
"""An article, or the English file behind one. The largest real one has 2.7 MB."""
PO_BYTES = 2048 * MIB
"""A PO file. Two and a half million messages take about 1 GB."""
SETTINGS_BYTES = 1 * MIB
"""A settings file: l10n.toml or pyproject.toml."""
GLOSSARY_BYTES = 16 * MIB
"""A glossary, CSV or TBX."""
BASELINE_BYTES = 256 * MIB
"""A baseline of known findings."""
GROWTH = 4
"""How many times as long as the article its new translations together may be, besides GROWN_CHARACTERS.
All targets of a real article are about a quarter of it."""
GROWN_CHARACTERS = 65_536
"""How long the new translations of an article may be at least, however short it is."""
ENGLISH_PARTS = 64
"""How many folders and names of an article's path its English file is looked for by."""
PATH_CHARACTERS = 4096
"""A path. No system opens a longer one by its plain name (Linux 4096 bytes, macOS 1024)."""
RULE_CHARACTERS = 20_000
"""A source or target that a user's own rule is tried on; longer ones are not, and a finding says so."""
PATTERN_CHARACTERS = 256
"""A pattern of files to leave out, in the settings."""
GIT_SECONDS = 120
"""How long one answer of git is waited for."""
GIT_OUTPUT_BYTES = 256 * MIB
"""What one command of git may say: the commits of a branch, the files that they changed."""
GIT_MEMORY_BYTES = 2048 * MIB
"""The address space of a process of git, where the system can bound it (Linux)."""
