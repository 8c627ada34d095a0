"""Law 5 in the exchange formats: four times the text takes about four times as long, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from l10n.catalogue import Message
from l10n.exchange.homecoming import come_home
from l10n.exchange.inline import source_parts, target_parts
from l10n.exchange.returned import read_returned
from tests.helpers.growth import CONSTRUCTS, repeated, seconds
from tests.property.test_exchange import message, returned

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
        text = "".join(repeated("`a{i}` **b** ", count))
        return partial(returned, form, message(text, text[::-1]))

    assert_linear(read, form)


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
