"""Law 5 in the exchange formats: four times the text takes about four times as long, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest

from l10n.catalogue import Message
from l10n.exchange.homecoming import come_home
from l10n.exchange.inline import source_parts, target_parts
from l10n.exchange.returned import read_returned
from l10n.memory.xml_pairs import xml_pairs
from tests.helpers.growth import CONSTRUCTS, repeated, seconds
from tests.property.test_exchange import message, written

pytestmark = pytest.mark.slow


def assert_linear(action: Callable[[int], Callable[[], object]], name: str) -> None:
    """Four times as much takes less than eight times as long; quadratic time would take sixteen times."""
    for _ in range(4):  # another process can make a measurement longer, none can make it shorter
        small, large = (seconds(action(count)) for count in (1_000, 4_000))
        if large <= 8 * max(small, 0.02):
            return
    raise AssertionError((name, small, large))


@pytest.mark.parametrize("name", sorted(CONSTRUCTS))
def test_a_text_is_cut_in_linear_time(name: str) -> None:
    def cut(count: int) -> Callable[[], object]:
        text = "".join(repeated(CONSTRUCTS[name], count))
        return lambda: target_parts(text[1:], source_parts(text))

    assert_linear(cut, name)


@pytest.mark.parametrize("form", ["xliff", "xliff2"])
def test_placeholders_come_back_in_linear_time(form: str) -> None:
    def read(count: int) -> Callable[[], object]:
        text = "".join(repeated("`a{i}` **b** ", 5 * count))
        (data,), _ = written(form, message(text, text[::-1]))
        return lambda: list(read_returned(data, "a.xlf"))

    assert_linear(read, form)


NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
MEMORIES = {
    "tmx": (
        '<tmx xmlns="urn:x"><body>',
        '<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="nb"><seg>b{}</seg></tuv></tu>',
        "</body></tmx>",
    ),
    "xliff": (
        f'<xliff xmlns="{NAMESPACE}" version="1.2"><file source-language="en" target-language="nb"><body>',
        "<trans-unit><source>a</source><target>b</target>{}</trans-unit>",
        "</body></file></xliff>",
    ),
}


@pytest.mark.parametrize("name", sorted(MEMORIES))
def test_the_units_of_a_memory_are_read_in_linear_time_whatever_they_hold(name: str) -> None:
    begin, unit, end = MEMORIES[name]

    def read(count: int) -> Callable[[], object]:
        data = f"{begin}{3 * unit.format('<ph>x</ph>' * 20 * count)}{end}".encode()
        return lambda: list(xml_pairs(BytesIO(data), "a.tmx"))

    assert_linear(read, name)


@pytest.mark.parametrize(
    "inside", ["<note>n{i}</note>", "<!-- {i} -->", "<x{i}/>", "<alt-trans><target/></alt-trans>"]
)
def test_what_a_unit_or_a_file_holds_is_read_in_linear_time(inside: str) -> None:
    root = '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file target-language="nb">'

    def read(count: int) -> Callable[[], object]:
        many = "".join(repeated(inside, 4 * count))
        unit = f"<trans-unit id='1'><source>a</source><target>b</target>{many}</trans-unit>"
        units = "<trans-unit id='1'><source>a</source></trans-unit>" * count
        data = f"{root}<body>{many}{unit}{units}{many}</body></file></xliff>".encode()

        def take() -> None:
            for one in read_returned(data, "a.xlf"):
                come_home(Message("a", "b"), one)

        return take

    assert_linear(read, inside)
