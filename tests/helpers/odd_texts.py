"""Texts that no PO file should have to hold."""

from __future__ import annotations

from hypothesis import strategies as st

ODD = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA1)), "\u2028", "\u2029", "\u2068", "\u2069", "\u202e"]
ODD += ["\udcff", "\ud800", "\ufeff", "\ufffe", "\U000e0041", "·", " · ", "…", "%0A", "%", '"', "\\", "\\n"]
ODD += ["#~ ", "charset=", 'msgid "', "\U0001f600", "\u3000", "\u200b", "e", "a"]
odd_texts = st.lists(st.sampled_from(ODD) | st.characters(), max_size=6).map("".join)
