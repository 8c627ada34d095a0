"""Terms and letters to search for."""

from __future__ import annotations

from hypothesis import strategies as st

LETTERS = "aAbsSßİıiIéε\u0301ſｶﾞのカガ가\u1112\u1161漢ก่وا-' _.1\U0001f600\ufb01…"
terms = st.text(st.sampled_from(LETTERS), min_size=1, max_size=4).filter(lambda t: any(map(str.isalnum, t)))
