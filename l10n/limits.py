"""Size limits of all inputs.

Law 5, input is hostile: no input makes time or memory explode. Each limit is far above what a publisher
delivers; an input that exceeds one is reported and left out, and the run goes on. docs/security.md lists
them.
"""

from __future__ import annotations

MIB = 1 << 20

ARTICLE_BYTES = 32 * MIB
"""An article, or its English file. The largest real one has 2.7 MB."""
PO_BYTES = 2048 * MIB
"""A PO file. Two and a half million messages take about 1 GB."""
XLIFF_BYTES = 1024 * MIB
"""An XLIFF file that comes back. Two hundred thousand messages take about 130 MB."""
SETTINGS_BYTES = 1 * MIB
"""A settings file: l10n.toml or pyproject.toml."""
GLOSSARY_BYTES = 16 * MIB
"""A glossary, CSV or TBX."""
MEMORY_BYTES = 16_384 * MIB
"""A translation memory in XML, which is read piece by piece."""
COPIED_BYTES = 16_384 * MIB
"""A file that is copied, piece by piece."""
FOREIGN_PO_BYTES = 256 * MIB
"""A PO file of another tool in a translation memory; it takes about ten times as much memory."""
BASELINE_BYTES = 256 * MIB
"""A baseline of known findings."""
CACHE_BYTES = 2048 * MIB
"""All caches of a user together. One of 200,000 units takes about 60 MB."""
CACHE_DAYS = 60
"""Days after which a cache that no run used is removed."""
GROWTH = 4
"""Maximum length of an article's new translations together, in lengths of the article, in addition to
GROWN_CHARACTERS. All targets of a real article are about a quarter of it."""
GROWN_CHARACTERS = 65_536
"""Length that the new translations of an article may always have, however short it is."""
ENGLISH_PARTS = 64
"""Maximum number of parts (folders and name) of an article's path used to find its English file."""
PATH_CHARACTERS = 4096
"""A path. No system opens a longer one by its plain name (Linux 4096 bytes, macOS 1024)."""
RULE_CHARACTERS = 20_000
"""A source or target tested against a user's own rule; longer ones are not, and a finding reports it."""
PATTERN_CHARACTERS = 256
"""A pattern of files to exclude."""
PATTERN_FOLDERS = 16
"""Parts of such a pattern: a path may have two thousand, each of which may be where the pattern begins."""
PATTERNS = 100
"""Patterns of files to exclude: each article is compared with each of them."""
GIT_SECONDS = 120
"""Maximum time for one answer of git."""
GIT_OUTPUT_BYTES = 256 * MIB
"""The output of one git command: the commits of a branch, the files that they changed."""
GIT_MEMORY_BYTES = 2048 * MIB
"""The address space of a git process, where the system can limit it (Linux)."""
