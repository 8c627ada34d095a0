"""The risk of a message, from the checks and from the human translations at hand."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.risk import Edit, measure
from l10n import extract, status
from l10n import risk as module
from l10n.catalogue import Message
from l10n.checks.message_checks import MessageChecks
from l10n.risk import CharacterModel, RiskModel, learned, model_of, risks
from tests.helpers.articles import article
from tests.helpers.command import l10n
from tests.helpers.files import Write
from tests.helpers.status import po
from tests.helpers.steps import steps_of

CHECKS = MessageChecks()
WORDS = [
    "filen",
    "mappen",
    "brukeren",
    "velg",
    "åpne",
    "lukk",
    "skriv",
    "i",
    "og",
    "på",
    "den",
    "nye",
    "siden",
]


def human(count: int = 60, seed: int = 1) -> list[Message]:
    """Return reviewed messages of a few words."""
    dice = random.Random(seed)
    texts = [" ".join(dice.choices(WORDS, k=8)) for _ in range(count)]
    return [Message("The source of the file", text) for text in texts]


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few texts be enough to learn from."""
    monkeypatch.setattr(module, "LEAST", 1_000)


def to_review(source: str, target: str) -> Message:
    return Message(source, target, fuzzy=True)


LIKE = to_review("Open the new page", "åpne den nye siden")
UNLIKE = to_review("Open the new page", "unngå xenofob quiz")
BROKEN = to_review("Wait 15 minutes.", "Vent 51 minutter.")


def test_what_reads_unlike_the_human_translations_has_the_higher_risk(little: None) -> None:
    messages = [LIKE, UNLIKE, BROKEN, *human()]
    found = risks(messages, "nb_NO", CHECKS, model_of(messages))
    assert found[2] == 1
    assert 0 < found[0] < found[1] < 1
    assert set(found[3:]) == {0}


def test_the_order_of_the_messages_changes_no_risk(little: None) -> None:
    messages = [*human(), LIKE, UNLIKE, BROKEN, *(replace(m, fuzzy=True) for m in human(20, seed=2))]
    expected = dict(
        zip(map(repr, messages), risks(messages, "nb_NO", CHECKS, model_of(messages)), strict=True)
    )
    for seed in range(5):
        random.Random(seed).shuffle(messages)
        found = risks(messages, "nb_NO", CHECKS, model_of(messages))
        assert dict(zip(map(repr, messages), found, strict=True)) == expected


def test_with_too_little_human_text_the_checks_decide() -> None:
    spaced = to_review("Save the file.", "Lagre  filen.")
    messages = [LIKE, spaced, BROKEN, *human(5)]
    assert model_of(messages) is None
    assert risks(messages, "nb_NO", CHECKS, None) == [1 / 3, 2 / 3, 1, *[0] * 5]


def test_only_what_is_reviewed_is_learned_and_each_text_once(little: None) -> None:
    unreviewed = [replace(message, fuzzy=True) for message in human()]
    obsolete = [replace(message, obsolete=True) for message in human()]
    assert model_of(unreviewed) is None
    assert model_of(obsolete) is None
    assert learned(["den nye siden"] * 1_000, []) is None


def test_what_has_no_translation_is_certain_and_what_is_obsolete_has_no_risk() -> None:
    messages = [Message("No", ""), replace(BROKEN, obsolete=True), replace(BROKEN, fuzzy=False)]
    assert risks(messages, "nb_NO", CHECKS, None) == [1, 0, 1]


def test_the_probabilities_of_the_next_character_add_up_to_one() -> None:
    model = CharacterModel(message.translation for message in human(10))
    characters = {character for message in human(10) for character in message.translation} | {"\x03", "☃"}
    for before in ("\x02" * 5, "\x02\x02\x02fi", "velge", "zzzzz"):
        whole = sum(model._probability(before + character) for character in characters)
        assert whole == pytest.approx(1)


@pytest.mark.parametrize("text", ["", "\x02\x03", "a" * 100_000, "\U0001f600 ☃"])
def test_any_text_has_a_score(text: str) -> None:
    model = RiskModel([message.translation for message in human(5)], [])
    assert isinstance(model.score(text, text), float)
    assert isinstance(RiskModel([], []).score(text, text), float)


def test_the_work_grows_with_the_text_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def steps(count: int) -> int:
        texts = [message.translation for message in human(count)]
        return steps_of(lambda: RiskModel(texts, texts).score(texts[0], texts[0]))

    assert steps(400) < 2.5 * steps(200)
    monkeypatch.setattr(module, "_MOST", 2_000)
    assert steps(400) < 1.5 * steps(200)


def test_the_benchmark_counts_right() -> None:
    assert Edit("", "en to tre fire", "en to tre fem").size == 0.25
    sizes = [0.0, 0.1, 0.2, 0.2, 0.1, 0.4, 0.5, 0.6, 0.9, 1.0]
    assert measure(sizes, sizes) == (1, 1, 1)
    assert measure([1.0] * 10, sizes) == pytest.approx((0.5, 0.5, 0.2))


def test_articles_are_listed_by_words_times_risk(here: Path, write: Write, little: None) -> None:
    texts = [f"Velg {message.translation}" for message in human()]
    write("articles/done.md", article(*((text, f"Select {text}") for text in texts), kind="HT"))
    write("articles/safe.md", article(("Velg den nye siden.", "Select the new page.")))
    write("articles/odd.md", article(("Quiz xerox jawohl hm.", "Select the other page.")))
    write("articles/broken.md", article(("Vent 51 minutter nå.", "Wait 15 minutes now.")))
    extract([Path("articles")])
    assert status().articles is None
    found = status(by_article=True)
    assert found.problems == []
    assert [(one.path, one.risk, one.certain, one.percent) for one in found.articles or ()] == [
        ("articles/broken.md", 4, 1, 0),
        ("articles/odd.md", 3, 0, 0),
        ("articles/safe.md", 1, 0, 0),
        ("articles/done.md", 0, 0, 100),
    ]
    run = l10n("status", "--by", "article", "--json", cwd=here)
    first = run.json["articles"][0]
    assert (first["path"], first["file"], first["words"]) == ("articles/broken.md", "locales/nb_NO.po", 4)
    lines = l10n("status", "--by", "article", cwd=here).out.splitlines()
    assert lines[2].split() == ["4", "4", "1", "0", "articles/broken.md", "locales/nb_NO.po"]


def test_messages_without_references_are_listed_under_their_po_file(here: Path, write: Write) -> None:
    write("locales/nb_NO.po", po(body='\nmsgid "No"\nmsgstr "Nei"\n'))
    assert [one.path for one in status(by_article=True).articles or ()] == ["locales/nb_NO.po"]
