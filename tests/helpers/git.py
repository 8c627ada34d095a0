"""Git repositories for tests, and an article that names a commit."""

from __future__ import annotations

import os
import subprocess
from hashlib import sha1
from pathlib import Path

from tests.helpers.articles import unit


def git(folder: Path, *arguments: str) -> str:
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b.example", "GIT_CONFIG_GLOBAL": os.devnull}
    who |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b.example", "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | who)
    return done.stdout.strip()


def annotated(english: str, commit: str) -> str:
    return (
        "---\ntitle: E-post\n"
        f"ms.openlocfilehash: {sha1(english.encode()).hexdigest()}\nms.sourcegitcommit: {commit}\n"
        "ms.translationtype: MT\nms.contentlocale: nb-NO\n---\n"
        f'# <a name="mail"></a>{unit("Posten", "Mail")}\n\n![Et brev](a.png)\n'
    )
