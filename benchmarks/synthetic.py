"""Synthetic annotated articles in the publisher's format, of any number and size.

The same seed gives the same bytes. Each article is made in three forms, so that the output of a tool can be
compared with a form that no tool made. The company in the articles is invented. docs/format.md describes the
format.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ALERTS = ("NOTE", "TIP", "IMPORTANT", "WARNING")

Pair = tuple[str, str]
"""Source and target."""
Line = list[str | Pair]
"""A line of an article: markup, and texts in both languages."""

_THINGS = {
    "mailbox": "postboksen", "calendar": "kalenderen", "code": "koden", "device": "enheten",
    "license": "lisensen", "group": "gruppen", "folder": "mappen", "printer": "skriveren",
    "invitation": "invitasjonen", "message": "meldingen", "policy": "policyen", "summary": "rapporten",
    "backup": "sikkerhetskopien", "account": "kontoen", "page": "siden", "task": "oppgaven",
    "channel": "kanalen", "file": "filen", "template": "malen", "rule": "regelen",
}  # fmt: skip
_WAYS = {
    "shared": "delte", "new": "nye", "old": "gamle", "hidden": "skjulte", "external": "eksterne",
    "private": "private", "default": "vanlige", "expired": "utløpte", "blocked": "blokkerte",
    "empty": "tomme", "local": "lokale", "temporary": "midlertidige", "second": "andre",
}  # fmt: skip
_PLACES = {
    "in the admin center": "i administrasjonssenteret",
    "on your phone": "på telefonen din",
    "in Contoso Mail": "i Contoso Mail",
    "on the start page": "på startsiden",
    "in the side panel": "i sidepanelet",
    "before you sign out": "før du logger av",
}
_SENTENCES = (
    ("You can open the {way} {thing} {place}.", "Du kan åpne den {way} {thing} {place}."),
    ("It takes up to {number} minutes until the {way} {thing} is updated {place}.",
     "Det tar opptil {number} minutter før den {way} {thing} er oppdatert {place}."),
    ("Run `Get-Contoso -Id {number}` if the {thing} isn't shown {place}.",
     "Kjør `Get-Contoso -Id {number}` hvis {thing} ikke vises {place}."),
    ("For more information about the {way} {thing}, see [Article {number}](article-{number}.md).",
     "Du finner mer informasjon om den {way} {thing} i [Artikkel {number}](article-{number}.md)."),
    ("Select **Settings** > **{number}**, and then choose the {way} {thing}.",
     "Velg **Innstillinger** > **{number}**, og velg deretter den {way} {thing}."),
    ("The {way} {thing} {place} can't be restored after {number} days.",
     "Den {way} {thing} {place} kan ikke gjenopprettes etter {number} dager."),
)  # fmt: skip
_TAIL = (
    ", unless the {way} {thing} has been in use {place} for more than {number} hours.",
    ", med mindre den {way} {thing} har vært i bruk {place} i mer enn {number} timer.",
)
_BOILERPLATE = (
    ("If the problem remains, contact your administrator.",
     "Kontakt administratoren hvis problemet vedvarer."),
    ("Sign in with your work account.", "Logg på med jobbkontoen."),
    ("You don't need to call the help desk.", "Du trenger ikke å ringe brukerstøtten."),
)  # fmt: skip
_TITLE = ("Manage the {way} {thing} {number}", "Behandle den {way} {thing} {number}")
_HEADING = ("Restore the {way} {thing} {number}", "Gjenopprett den {way} {thing} {number}")
_ITEM = ("Open the {thing} {number} {place}", "Åpne {thing} {number} {place}")
_CELL = ("The {thing} {number}", "Verdien av {thing} {number}")


class Article(NamedTuple):
    """One article in three forms, each UTF-8."""

    annotated: bytes
    """Both languages, as delivered."""
    localized: bytes
    """The targets alone, as readers get it."""
    english: bytes
    """The English original, without anchors and the publisher's keys."""


def articles(count: int, units: int, seed: int = 0) -> Iterator[Article]:
    """Return `count` articles of `units` units each, the same for the same seed.

    Every third article is a human translation, the others are machine translations. One text in
    eight is one of a few that occur in many articles.
    """
    for number in range(count):
        yield article(units, random.Random(f"{seed} {units} {number}"), is_human=number % 3 == 0)


def write(folder: Path, count: int, units: int, seed: int = 0) -> None:
    """Write `articles` to `folder`/annotated, /plain (the localized form) and /english."""
    for name in ("annotated", "plain", "english"):
        (folder / name).mkdir(parents=True)
    for number, made in enumerate(articles(count, units, seed)):
        file = f"{number:06}.md"
        (folder / "annotated" / file).write_bytes(made.annotated)
        (folder / "plain" / file).write_bytes(made.localized)
        (folder / "english" / file).write_bytes(made.english)


def article(units: int, dice: random.Random, *, is_human: bool) -> Article:
    """Return one article of `units` units."""
    title, description = _pair(_TITLE, dice), _pair(_SENTENCES[0], dice)
    lines: list[Line] = [["# ", title], []]
    left = units - 1
    while left > 0:
        for block in dice.sample(_BLOCKS, len(_BLOCKS)):
            made = block(dice)
            if _texts(made) > left:
                made = [[_sentence(dice)] for _ in range(min(left, 1))]
            left -= _texts(made)
            lines += [*made, []] if made else []
    own = (
        "---\ntitle: {}\ndescription: {}\n"
        f"author: kari\nms.date: 0{dice.randint(1, 9)}/1{dice.randint(0, 9)}/2020\nms.topic: article\n"
        f'ms.custom:\n- "{dice.randint(1000, 9999)}"\n'
    )
    english = f"{own.format(title[0], description[0])}---\n\n{_body(lines, lambda pair: pair[0])}".encode()
    head = own.format(title[1], description[1]) + (
        f"ms.openlocfilehash: {hashlib.sha1(english).hexdigest()}\n"
        f"ms.sourcegitcommit: {dice.randbytes(20).hex()}\n"
        f"ms.translationtype: {'HT' if is_human else 'MT'}\nms.contentlocale: nb-NO\n"
        f'ms.lasthandoff: 03/1{dice.randint(0, 9)}/2020\nms.locfileid: "{dice.randint(10**7, 10**8)}"\n---\n'
    )
    anchored = [_anchored(line) for line in lines]
    prefix = f"{dice.randrange(16**5):05x}"
    numbers = iter(range(103, 103 + units))
    annotated = _body(anchored, lambda pair: _unit(pair, f"{prefix}-{next(numbers)}"))
    localized = _body(anchored, lambda pair: pair[1])
    return Article((head + annotated).encode(), (head + localized).encode(), english)


def _body(lines: list[Line], text: Callable[[Pair], str]) -> str:
    made = ("".join(part if isinstance(part, str) else text(part) for part in line) for line in lines)
    return "\n".join(made).rstrip("\n") + "\n"


def _unit(pair: Pair, identifier: str) -> str:
    return (
        f'<span data-ttu-id="{identifier}">{pair[1]}</span>'
        f'<span class="sxs-lookup"><span data-stu-id="{identifier}">{pair[0]}</span></span>'
    )


def _anchored(line: Line) -> Line:
    if line and isinstance(line[0], str) and line[0].startswith("#") and isinstance(line[1], tuple):
        slug = re.sub(r"[^a-z0-9_-]", "", line[1][0].lower().replace(" ", "-"))
        return [line[0], f'<a name="{slug}"></a>', *line[1:]]
    return line


def _texts(lines: list[Line]) -> int:
    return sum(isinstance(part, tuple) for line in lines for part in line)


def _pair(template: Pair, dice: random.Random) -> Pair:
    number = dice.randint(2, 9999)
    chosen = [dice.choice(list(words.items())) for words in (_THINGS, _WAYS, _PLACES)]
    source, target = (
        template[side].format(
            number=number, thing=chosen[0][side], way=chosen[1][side], place=chosen[2][side]
        )
        for side in (0, 1)
    )
    return source, target


def _sentence(dice: random.Random) -> Pair:
    if dice.random() < 1 / 8:
        return dice.choice(_BOILERPLATE)
    first, last = _pair(dice.choice(_SENTENCES), dice), _pair(_TAIL, dice)
    return first[0][:-1] + last[0], first[1][:-1] + last[1]


def _heading(dice: random.Random) -> list[Line]:
    return [["## ", _pair(_HEADING, dice)]]


def _paragraph(dice: random.Random) -> list[Line]:
    return [[_sentence(dice), " ", _sentence(dice)]]


def _alert(dice: random.Random) -> list[Line]:
    return [[f"> [!{dice.choice(ALERTS)}]"], ["> ", _sentence(dice)]]


def _steps(dice: random.Random) -> list[Line]:
    return [["1. ", _pair(_ITEM, dice)], ["2. ", _sentence(dice)], [], ["   ", _sentence(dice)]]


def _bullets(dice: random.Random) -> list[Line]:
    return [["- [", _pair(_ITEM, dice), f"](article-{dice.randint(2, 9999)}.md)"] for _ in range(2)]


def _table(dice: random.Random) -> list[Line]:
    rows: list[Line] = [["|", _pair(_CELL, dice), "|", _pair(_CELL, dice), "|"] for _ in range(2)]
    return [rows[0], ["|---|---|"], rows[1]]


def _code(dice: random.Random) -> list[Line]:
    return [["```powershell"], [f"Set-Contoso -Id {dice.randint(2, 9999)}"], ["```"]]


_BLOCKS = (_heading, _paragraph, _alert, _steps, _table, _code, _bullets)
