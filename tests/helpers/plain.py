"""Plain articles: the localized text alone, and its English file."""

from __future__ import annotations

from hashlib import sha1

ENGLISH = """\
---
title: Shared mailboxes
description: How to share a mailbox.
---

# Shared mailboxes

A shared mailbox belongs to a team. Every member can read it.

> [!NOTE]
> A shared mailbox has no password.

1. Open the **admin center**.
2. Select [Mailboxes](mailboxes.md), and then **Add**.

| Setting | Value |
|---|---|
| Size | 50 GB |

![The list of mailboxes](list.png)

```powershell
New-Mailbox -Shared
```
"""
NORWEGIAN = """\
---
title: Delte postbokser
description: Slik deler du en postboks.
{keys}---

# Delte postbokser

En delt postboks tilhører et team. Alle medlemmer kan lese den.

> [!NOTE]
> En delt postboks har ikke noe passord.

1. Åpne **administrasjonssenteret**.
2. Velg [Postbokser](mailboxes.md), og deretter **Legg til**.

| Innstilling | Verdi |
|---|---|
| Størrelse | 50 GB |

![Listen over postbokser](list.png)

```powershell
New-Mailbox -Shared
```
"""
SOURCES = [
    "Shared mailboxes",
    "How to share a mailbox.",
    "A shared mailbox belongs to a team.",
    "Every member can read it.",
    "A shared mailbox has no password.",
    "Open the **admin center**.",
    "Select [Mailboxes](mailboxes.md), and then **Add**.",
    "Setting",
    "Value",
    "Size",
    "50 GB",
    "The list of mailboxes",
]
"""The sources of the English article, each once, in order."""


def plain(
    text: str = NORWEGIAN,
    english: str = ENGLISH,
    *,
    kind: str = "MT",
    locale: str = "nb-NO",
    keys: bool = True,
) -> str:
    """Return a plain article with the publisher's keys, or without them."""
    hashed = sha1(english.encode()).hexdigest()
    found = f"ms.openlocfilehash: {hashed}\nms.translationtype: {kind}\nms.contentlocale: {locale}\n"
    return text.replace("{keys}", found if keys else "")
