"""Articles made of a few words."""

from __future__ import annotations


def unit(target: str, source: str, number: int | str = 102) -> str:
    """Return the markup of a unit."""
    identifier = f"1a2b3-{number}"
    return (
        f'<span data-ttu-id="{identifier}">{target}</span>'
        f'<span class="sxs-lookup"><span data-stu-id="{identifier}">{source}</span></span>'
    )


def article(*pairs: tuple[str, str], locale: str = "nb-NO", kind: str = "MT", prefix: str = "") -> str:
    """Return an article with a paragraph for each (target, source)."""
    lines = [f"{prefix}{unit(target, source, 102 + n)}\n" for n, (target, source) in enumerate(pairs)]
    head = f"---\ntitle: Tittel\nms.translationtype: {kind}\nms.contentlocale: {locale}\n---\n"
    return head + "\n" + "\n".join(lines)
