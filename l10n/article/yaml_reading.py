"""Read YAML as events, without objects or aliases (law 5). The only module that knows PyYAML.

PyYAML takes long to load and few articles need it, so this module is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import yaml

Scalar = tuple[str, int, int, str]
"""The path of a value, its range and its text."""
_DEEPEST = 12
_LONGEST_PATH = 256
"""Longest path of keys to a value, in characters: each value of a list has its own path (law 5)."""


def events(yaml_text: str) -> list[tuple[str, str]] | None:
    """Return the type and value of each event; None for a text that is not YAML."""
    try:
        return [(type(event).__name__, getattr(event, "value", "")) for event in _parsed(yaml_text)]
    except (yaml.YAMLError, UnicodeError):
        return None


def values_of(keys: Collection[str], yaml_text: str) -> dict[str, str]:
    """Return the values of `keys` at any depth; for a text that is not YAML those before the error."""
    found = {}
    key = None
    try:
        for event in _parsed(yaml_text):
            if isinstance(event, yaml.ScalarEvent):
                if key is not None:
                    found[key] = event.value
                key = event.value if key is None and event.value in keys else None
            else:
                key = None
    except (yaml.YAMLError, UnicodeError):
        pass  # unusual front matter has no metadata; a missing locale is reported where it is needed
    return found


def scalars(yaml_text: str) -> list[Scalar]:
    """Return the values of block mappings and block lists; none for a text that is not YAML."""
    shift = len(yaml_text) - len(yaml_text.lstrip("\ufeff"))
    try:
        return [
            scalar
            for path, event in _values(_parsed(yaml_text))
            if (scalar := _scalar(yaml_text, shift, path, event))
        ]
    except (yaml.YAMLError, UnicodeError):
        return []


def is_plain_string(text: str) -> bool:
    """Return True if YAML reads `text`, without quotes, as exactly this string."""
    try:
        node = yaml.compose(f"k: {text}\n", Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeError):
        return False
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        return False
    value = node.value[0][1]
    is_string = isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:str"
    return is_string and not value.style and bool(value.value == text)


def _parsed(yaml_text: str) -> Iterator[yaml.Event]:
    return yaml.parse(yaml_text.lstrip("\ufeff"), Loader=yaml.CSafeLoader)


@dataclass(slots=True)
class _Frame:
    """A collection that is being read."""

    path: str
    is_mapping: bool
    is_left_out: bool
    count: int = 0
    key: str | None = None  # None where a key comes next


def _values(events: Iterable[yaml.Event]) -> Iterator[tuple[str, yaml.ScalarEvent]]:
    """Yield values of block mappings and items of block lists, with their paths."""
    frames: list[_Frame] = []
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            frames.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        frame = frames[-1] if frames else None
        path = ""
        is_key = False
        if frame and frame.is_mapping and frame.key is None:
            is_key = True
            frame.key = event.value if isinstance(event, yaml.ScalarEvent) else "?"
        elif frame:
            frame.count += 1
            path = f"{frame.path}{frame.key if frame.is_mapping else frame.count}/"
            frame.key = None
        is_left_out = is_key or (frame is not None and frame.is_left_out)
        if isinstance(event, yaml.CollectionStartEvent):
            is_left_out |= bool(event.flow_style) or len(frames) >= _DEEPEST or len(path) > _LONGEST_PATH
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            frames.append(_Frame("" if is_left_out else path, is_mapping, is_left_out))
        elif isinstance(event, yaml.ScalarEvent) and frame and not is_left_out:
            yield path[:-1], event


def _scalar(yaml_text: str, shift: int, name: str, event: yaml.ScalarEvent) -> Scalar | None:
    if event.start_mark is None or event.end_mark is None:
        return None
    start, end = event.start_mark.index + shift, event.end_mark.index + shift
    raw = yaml_text[start:end].rstrip()
    value = event.value.rstrip("\n") if raw[:1] in "|>" else event.value
    if not value.strip() or event.tag is not None or event.anchor is not None:
        return None
    return name, start, start + len(raw), value
