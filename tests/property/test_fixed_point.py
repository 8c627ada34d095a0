"""One run of extract is enough: "an update of what an update made is what it made", for all inputs.

And what a reviewer wrote holds while its source does.
"""

from __future__ import annotations

import copy
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import extract, merge, po
from l10n.catalogue import Catalogue, Message, Note, Place, Segment, fingerprint
from l10n.catalogue.deciding import Outcome
from l10n.catalogue.update import _is_at_rest, update
from l10n.commands.fix import fix
from tests.helpers.articles import article, unit
from tests.helpers.files import Write

SOURCES = [
    "No",
    "Yes",
    "Select the file and then close it.",
    "Select the files and then close them.",
    "Select it.",
    "\nNo",
]
TARGETS = ["Nei", "Antall", "Nr.", "Ikke", "", "\nNei"]
PATHS = ["a.md", "b.md", "c.md"]
HEADER = {"Language": "nb_NO", "Content-Type": "text/plain; charset=UTF-8"}


def delivery(dice: random.Random) -> list[Segment]:
    """Units of three articles, in reading order; few sources and targets, so that they meet."""
    by_people = {path: dice.random() < 0.4 for path in PATHS}
    sources = SOURCES[: dice.randint(1, len(SOURCES))]
    targets = TARGETS[: dice.randint(1, len(TARGETS))]
    units = []
    for _ in range(dice.randint(1, 8)):
        path = dice.choice(PATHS)
        place = Place(path, dice.randint(1, 4))
        name = f"1-{dice.randint(1, 9)}"
        pair = dice.choice(sources), dice.choice(targets)
        units.append(Segment(*pair, place, "paragraph", name, by_people[path]))
    return sorted(units, key=lambda record: record.place)


def next_delivery(dice: random.Random, units: list[Segment]) -> list[Segment]:
    """Units gone, moved and added; other targets, edited sources, articles that people translate now."""
    if dice.random() < 0.3:
        return delivery(dice)
    by_people = {path: dice.random() < 0.4 for path in PATHS}
    found = []
    for record in units:
        chance = dice.random()
        if chance < 0.1:
            continue
        if chance < 0.4:
            record = record._replace(target=dice.choice(TARGETS))  # noqa: PLW2901
        if chance > 0.9:
            record = record._replace(source=dice.choice(SOURCES))  # noqa: PLW2901
        if chance > 0.8:
            record = record._replace(place=Place(dice.choice(PATHS), dice.randint(1, 4)))  # noqa: PLW2901
        found.append(record)
    if dice.random() < 0.3:
        found += delivery(dice)[:2]
    found = [record._replace(human=by_people[record.place.path]) for record in found]
    return sorted(found, key=lambda record: record.place)


def work_on(dice: random.Random, messages: list[Message]) -> list[Message]:
    """What a reviewer and other tools make of messages: texts, flags, comments, lost notes and messages."""
    found = []
    for message in messages:
        message = copy.copy(message)  # noqa: PLW2901
        chance = dice.random()
        if chance < 0.3:
            message.translation, message.fuzzy = dice.choice([*TARGETS, "Mitt", "Ditt"]), False
        elif chance < 0.4:
            message.fuzzy = False
        elif chance < 0.5:
            message.fuzzy = bool(message.translation)
        if chance < 0.4:
            message.previous_source = message.previous_context = None
        if dice.random() < 0.1:
            message.comment = dice.choice(["hm", ""])
        if dice.random() < 0.05:
            message.note = None
        if dice.random() < 0.03:
            continue
        message.fuzzy = message.fuzzy and bool(message.translation)
        found.append(message)
    return found


def stored(messages: list[Message]) -> list[Message]:
    """The messages as a PO file holds them."""
    return po.read(po.write(Catalogue(list(messages), dict(HEADER))), "nb_NO.po").messages


def without_lines(messages: list[Message]) -> list[Message]:
    copies = [copy.copy(message) for message in messages]
    for message in copies:
        message.places = sorted({Place(place.path, 0) for place in message.places})
    return copies


def run(
    old: list[Message], units: list[Segment], covered: list[str], has_lines: bool, covers_all: bool
) -> list[Message]:
    """What a run of extract leaves in the PO file."""
    inside = [record for record in units if record.place.path in covered]
    told = None if has_lines else without_lines
    made = update(old, inside, covered.__contains__, covers_all=covers_all, stored=told).messages
    return stored(told(made) if told else made)


@pytest.mark.slow
@settings(max_examples=600)
@given(st.randoms(use_true_random=False), st.booleans())
def test_an_update_of_what_an_update_made_is_what_it_made(dice: random.Random, has_lines: bool) -> None:
    units = delivery(dice)
    old = run([], units, PATHS, has_lines, covers_all=True)
    for _ in range(3):
        units = next_delivery(dice, units)
        covered = PATHS if dice.random() < 0.7 else dice.sample(PATHS, 2)
        covers_all = covered is PATHS and dice.random() < 0.5
        old = run(stored(work_on(dice, old)), units, covered, has_lines, covers_all)
        assert run(old, units, covered, has_lines, covers_all) == old


@settings(max_examples=300)
@given(st.randoms(use_true_random=False))
def test_a_second_extract_of_a_new_po_file_changes_nothing(dice: random.Random) -> None:
    units = delivery(dice)
    for _ in range(dice.randint(0, 3)):
        units = sorted(units + delivery(dice), key=lambda record: record.place)
    made = run([], units, PATHS, has_lines=True, covers_all=True)
    assert run(made, units, PATHS, has_lines=True, covers_all=True) == made


def _message(
    target: str,
    delivered: str | None,
    *places: str,
    fuzzy: bool = False,
    human: bool = False,
    source: str = "No",
) -> Message:
    """A message at places such as `a3`, line 3 of a.md; without `delivered`, it has lost its note."""
    note = None if delivered is None else Note("paragraph", "1-1", human, fingerprint(delivered))
    found = [Place(f"{place[0]}.md", int(place[1:])) for place in places]
    return Message(source, target, delivered or target, fuzzy, places=found, note=note)


def _unit(target: str, place: str, *, human: bool = False, source: str = "No") -> Segment:
    return Segment(source, target, Place(f"{place[0]}.md", int(place[1:])), "paragraph", "1-1", human)


@pytest.mark.parametrize(
    ("old", "units"),
    [
        pytest.param(
            [_message("Nei", None, "b3", "c3")],
            [_unit("Nei", "c3", human=True), _unit("Nr.", "c4", human=True)],
            id="people say two things in one article",
        ),
        pytest.param(
            [
                _message("Nr.", "Nr.", "a2", human=True),
                _message("Nei", "Antall", "b1"),
                _message("Nei", "Nei", "c4", fuzzy=True),
            ],
            [_unit("Nei", "a1")],
            id="an obsolete message has the same translation",
        ),
        pytest.param(
            [_message("Nei", "Nei", "a3", human=True), _message("Antall", "Antall", "b4", fuzzy=True)],
            [_unit("Antall", "a3"), _unit("Antall", "b4", human=True)],
            id="the machine says at one place what people say at another",
        ),
        pytest.param(
            [_message("\nNei", "\nNei", "a2")],
            [_unit("\nNei", "a2", human=True)],
            id="people confirm what gettext refuses as reviewed",
        ),
        pytest.param(
            [_message("Nr.", "Nr.", "c3", source="\nNo")],
            [_unit("Nei", "c3", source="\nNo")],
            id="gettext refuses what was reviewed",
        ),
        pytest.param(
            [_message("\nNei", "Antall", "a3"), _message("Nei", "Nei", "a3", "a4", fuzzy=True)],
            [_unit("Nei", "a1", human=True), _unit("Nei", "a1", human=True)],
            id="two messages stand in one article",
        ),
        pytest.param(
            [],
            [_unit("Nr.", "a1", human=True), _unit("Antall", "c3"), _unit("Nr.", "c3")],
            id="two stand on one line, where nobody knows which came first",
        ),
    ],
)
def test_one_update_is_enough_where(old: list[Message], units: list[Segment]) -> None:
    once = update(old, units, lambda path: True, covers_all=True).messages
    assert update(once, units, lambda path: True, covers_all=True).messages == once


def test_what_rests_is_known_to_rest() -> None:
    """Else an update would be repeated as a whole."""
    pairs = [("No", "Nei", "a1"), ("Yes", "Ja", "a2"), ("Yes", "Jo", "a3"), ("No", "Nr.", "b1")]
    units = [_unit(target, place, source=source) for source, target, place in pairs]
    made = update([], units, lambda path: True).messages
    assert _is_at_rest(made, units, fuzzy=True)


@pytest.mark.slow
@settings(max_examples=400)
@given(st.randoms(use_true_random=False))
def test_what_a_reviewer_wrote_holds_while_its_source_does(dice: random.Random) -> None:
    units = delivery(dice)
    old = update([], units, lambda path: True).messages
    for _ in range(3):
        old = stored(work_on(dice, stored(old)))
        units = next_delivery(dice, units)
        result = update(old, units, lambda path: True, covers_all=True)
        reviewed = {(m.source, m.translation) for m in result.messages if m.is_reviewed}
        active = [message.source for message in old if not message.obsolete]
        for message in old:
            paths = {place.path for place in message.places}
            here = [u for u in units if u.source == message.source and u.place.path in paths]
            is_rewritten = message.is_reviewed and message.is_edited and message.note
            breaks = message.source.startswith("\n") == message.translation.startswith("\n")
            if is_rewritten and breaks and len(here) == 1 and active.count(message.source) == 1:
                assert (message.source, message.translation) in reviewed
        # The counts tell of each message, old or new, once.
        befores = [change.old for change in result.changes if change.old is not None]
        assert len(befores) == len(set(befores))
        assert {number for number, m in enumerate(old) if not m.obsolete} <= set(befores)
        made = {number for number, m in enumerate(result.messages) if not m.obsolete}
        assert made <= {change.new for change in result.changes}
        assert all(result.messages[c.new] == c.message for c in result.changes if c.new is not None)
        old = result.messages


def record(target: str, path: str, human: bool) -> Segment:
    return Segment("Demands for", target, Place(path, 9), "paragraph", "1-1", human)


def test_a_machine_s_new_words_that_people_use_elsewhere_are_no_decision_twice() -> None:
    first = [
        record("Krav til", "a.md", False),
        record("Krav til", "b.md", True),
        record("Krav for", "c.md", False),
    ]
    then = [record("Krav for", "a.md", False), record("Krav for", "b.md", True)]
    old = update([], first, lambda path: True).messages
    once = update(old, then, lambda path: True, covers_all=True).messages
    assert update(once, then, lambda path: True, covers_all=True).messages == once


def test_a_reviewer_s_text_is_not_set_aside_for_that_of_people_in_a_new_article() -> None:
    old = update([], [record("Krav til", "old.md", False)], lambda path: True).messages
    old[0].translation, old[0].fuzzy = "Påkrevd for", False
    then = [record("Krav for", "moved.md", False), record("Krav for", "new.md", True)]
    result = update(old, then, lambda path: True, covers_all=True)
    by_path = {m.places[0].path: m for m in result.messages if m.places}
    assert (by_path["moved.md"].translation, by_path["moved.md"].is_reviewed) == ("Påkrevd for", True)
    assert by_path["new.md"].translation == "Krav for"
    (against,) = [change for change in result.changes if change.outcome is Outcome.KEPT_AGAINST]
    assert against.delivered == ("Krav for",)


def _deliver(dice: random.Random, write: Write) -> None:
    shutil.rmtree("articles", ignore_errors=True)
    for path in PATHS:
        pairs = [(dice.choice(TARGETS[:4]), dice.choice(SOURCES[:5])) for _ in range(dice.randint(1, 4))]
        kind = dice.choice(["MT", "HT"])
        body = article(*pairs, kind=kind)
        write(f"articles/{path}", body.replace("1a2b3", dice.choice(["1a2b3", "4c5d6"])))


def _files() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path("locales").rglob("*.po"))}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("split", ["none", "article", "folder"])
@pytest.mark.parametrize("add_location", ["full", "file", "never"])
def test_a_second_extract_writes_nothing_whatever_came_between(
    here: Path, write: Write, seed: int, split: str, add_location: str
) -> None:
    dice = random.Random(f"{seed}{split}{add_location}")
    for _ in range(4):
        _deliver(dice, write)
        options = {"split": split, "add_location": add_location}
        extract([Path("articles")], **options)  # type: ignore[arg-type]
        before = _files()
        assert extract([Path("articles")], **options).written == []  # type: ignore[arg-type]
        assert _files() == before
        for name in before:
            catalogue = po.read(Path(name).read_bytes(), name)
            catalogue.messages = work_on(dice, catalogue.messages)
            Path(name).write_bytes(po.write(catalogue))
        chance = dice.random()
        if chance < 0.3:
            merge([Path("locales")], in_place=True)
        elif chance < 0.6:
            fix([Path("locales")])
            assert fix([Path("locales")]).mended == 0
        extract([Path("articles")], **options)  # type: ignore[arg-type]
        before = _files()
        assert extract([Path("articles")], **options).written == []  # type: ignore[arg-type]


def test_a_human_target_that_gettext_refuses_is_decided_once(here: Path, write: Write) -> None:
    """It is made fuzzy, and a comment on it is work."""
    head = "---\nms.translationtype: HT\nms.contentlocale: nb-NO\n---\n"
    write("articles/a.md", f"{head}{unit('Nei', chr(10) + 'No')}\n")
    extract([Path("articles")])
    path = Path("locales/nb_NO.po")
    path.write_text(path.read_text().replace("#. paragraph", "# hm\n#. paragraph"))
    extract([Path("articles")])
    before = path.read_bytes()
    assert extract([Path("articles")]).written == []
    assert path.read_bytes() == before
