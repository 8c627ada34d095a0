"""Read the files that articles include, in both languages, as merge would write them now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path

from l10n.article import Article, Form, parse
from l10n.article.frontmatter import body_start
from l10n.english.english import English, EnglishFile
from l10n.files import Root
from l10n.jobs.rebuild_article import Rebuilder, Task
from l10n.pages.linked_files import Included
from l10n.pages.marks import clean
from l10n.problems import L10nError

_LARGEST = 1 << 20
_SUFFIXES = (".md", ".txt")


class IncludeReader:
    """Reads included files, each one once."""

    def __init__(
        self, rebuilder: Rebuilder, key_of_messages: Callable[[Task], bytes], english: English | None
    ) -> None:
        """`key_of_messages` returns what changes when the messages of an article do.

        The look-ups of English files count for nothing: each included file is an article as well.
        """
        self._rebuilder, self._key_of_messages, self._english = rebuilder, key_of_messages, english
        self._known: dict[Task, Included | None] = {}

    def read(self, task: Task) -> Included | None:
        """Return an included file; None if it cannot be read or is none."""
        if task not in self._known:
            self._known[task] = self._read(task)
        return self._known[task]

    def _read(self, task: Task) -> Included | None:
        root = self._rebuilder.works[task.work].root
        if not task.reference.lower().endswith(_SUFFIXES) or root.status(task.reference) is None:
            return None
        try:
            return self._included(task, root)
        except L10nError:
            return None  # the page names it

    def _included(self, task: Task, root: Root) -> Included:
        data = clean(root.read(task.reference, _LARGEST).decode("utf-8", "replace")).encode()
        key = blake2b(data, digest_size=16)

        def english(article: Article, path: Path, below: str | None) -> EnglishFile | None:
            found = self._english.of(article, path, below) if self._english else None
            key.update(found.data if found else b"")
            return found

        article: Article | None = None
        targets: Sequence[str] = ()
        if task.reference in self._rebuilder.works[task.work].articles:
            chosen = self._rebuilder.choose(task, data, english)
            article, targets = chosen.article, chosen.targets
            key.update(self._key_of_messages(task))
        if article is None:
            article = parse(data, root.label(task.reference))
            targets = [unit.target for unit in article.units]
        forms: tuple[Form, Form] = ("source", "localized")
        source, localized = (_body(article.rendered_text(form, targets)) for form in forms)
        return Included(task.reference, key.hexdigest(), source, localized)


def _body(text: str) -> str:
    return text[body_start(text) :].strip("\r\n")
