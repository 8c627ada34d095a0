"""What other tools write into a PO file is kept."""

from __future__ import annotations

import codecs
import re

import pytest

from l10n import L10nError, po
from l10n.catalogue import Message
from l10n.catalogue.message import is_own_remark
from l10n.checks.message_checks import MessageChecks
from tests.helpers.foreign_entries import HEAD, SAMPLES, said


def test_the_remarks_that_are_made_anew_are_those_of_the_checks_and_of_changes() -> None:
    message = Message("Wait 15 minutes.", "Vent 51 minutter.")
    found = MessageChecks().notes_for(message, "nb_NO")
    assert found[0].startswith("check number (error): ")
    assert all(map(is_own_remark, [*found, "source changed: 15 → 51"]))
    assert not any(map(is_own_remark, ["check the number", "check number: 15", "a check number (error): 15"]))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_nothing_is_lost_of_what_other_tools_write(name: str, ends: str, mark: bytes) -> None:
    data = SAMPLES[name].replace("\n", ends).encode()
    written = po.write(po.read(mark + data, "x.po"))
    assert said(written) == said(data)
    assert po.write(po.read(written, "x.po")) == written
    assert (b"\r" in written) is (ends != "\n")
    assert not written.startswith(mark or b"\0")


def test_a_bare_comment_sign_stays_and_is_no_comment_of_a_reviewer() -> None:
    data = f'#\n{HEAD}\n#\nmsgid "a"\nmsgstr "b"\n'.encode()
    [message] = po.read(data, "x.po").messages
    assert not message.is_touched or message.is_reviewed
    assert message.comment == ""
    assert po.write(po.read(data, "x.po")) == data


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (HEAD.encode("utf-16"), "it is in UTF-16; save it as UTF-8"),
        (HEAD.encode("utf-16-le"), "it is in UTF-16; save it as UTF-8"),
        (HEAD.replace("UTF-8", "ISO-8859-1").encode(), "msgconv -t UTF-8 -o FILE FILE"),
        (
            HEAD.replace("UTF-8", "windows-1252").encode() + 'msgid "a"\nmsgstr "å"\n'.encode("cp1252"),
            "its header says windows-1252: convert it with `msgconv -t UTF-8 -o FILE FILE`",
        ),
        (HEAD.encode() + 'msgid "a"\nmsgstr "å"\n'.encode("cp1252"), "it is not UTF-8; save it as UTF-8"),
    ],
)
def test_another_charset_is_refused_with_what_to_do(data: bytes, advice: str) -> None:
    with pytest.raises(L10nError, match=re.escape(advice)):
        po.read(data, "x.po")
