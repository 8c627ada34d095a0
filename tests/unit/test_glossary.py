"""Reading glossaries: what is good, and what is hostile or broken."""

from __future__ import annotations

import re

import pytest

from l10n import L10nError
from l10n.glossary import Glossary, Term, read_glossary
from tests.helpers.project import PROJECT

CSV = """\
source,target,do_not_translate,forbidden,case,note,locale
Exchange,,yes,Utveksling|Bytte,,a product,
mailbox,postboks|e-postboks,,innboks,,,nb-NO
Word,Word,,,yes,"not a word, a product",sr-Latn
,,,Kontoer,no,,nb

"two
lines",to linjer,,,,,
"""


def examples(language: str) -> list[bytes]:
    """The examples of docs/glossary.md."""
    page = (PROJECT / "docs/glossary.md").read_text(encoding="utf-8")
    return [text.encode() for text in re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)]


def test_the_documented_examples_are_glossaries() -> None:
    found = [read_glossary(data, "g") for language in ("csv", "xml") for data in examples(language)]
    assert [(len(glossary.terms), glossary.problems) for glossary in found] == [(6, ()), (2, ()), (2, ())]


TERMS = (
    Term("Exchange", (), True, ("Utveksling", "Bytte"), True, "a product"),
    Term("mailbox", ("postboks", "e-postboks"), False, ("innboks",), False, "", locale="nb_NO"),
    Term("Word", ("Word",), False, (), True, "not a word, a product", locale="sr@latin"),
    Term("", (), False, ("Kontoer",), False, "", locale="nb"),
    Term("two\nlines", ("to linjer",), False, (), False),
)


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.replace("\n", "\r\n").replace("two\r\n", "two\n").encode(),
    ],
)
def test_a_csv_file_in_the_encodings_that_spreadsheets_write(data: bytes) -> None:
    assert read_glossary(data, "g.csv") == Glossary(TERMS)


def test_a_csv_file_with_semicolons_and_columns_in_another_order() -> None:
    data = b"locale;Do not translate;source\nnb;x;a, b\n;no;c\n"
    assert read_glossary(data, "g.csv").terms == (
        Term("a, b", do_not_translate=True, case=True, locale="nb"),
        Term("c", hides=True),
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,b,maybe,,,,", "do_not_translate is 'maybe'; write yes or no"),
        ("a,b,,,sometimes,,", "case is 'sometimes'; write yes or no"),
        (",b,,,,,", "it has no source"),
        (",b,,c,,,", "without a source it can only forbid"),
        ("a,b,,,,,xx-YY", "'xx-YY' names no language that is known"),
        ("a,-,,,,,", "'-' has no letter or digit, or is too long to be a term"),
        ("a,b,,b,,,", "'b' is demanded and forbidden"),
        ("a,,yes,a,,,", "'a' is demanded and forbidden"),
        (f"{'a' * 201},b,,,,,", f"'{'a' * 40}' has no letter or digit, or is too long to be a term"),
        ("a,b,,,,,,,", 'it has 9 cells, the first row 7: write "…" around a ,'),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_the_others_are_read(row: str, reason: str) -> None:
    header = CSV.partition("\n")[0]
    found = read_glossary(f"{header}\nx,y\n{row}\nz,q\n".encode(), "g.csv")
    assert [str(problem) for problem in found.problems] == [
        f"g.csv:3:1: bad-glossary: {reason}; this entry was left out"
    ]
    assert [term.source for term in found.terms] == ["x", "z"]


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        (b"source,taget\n", "1:1", "column 2 has another name"),
        (b"target\nb\n", "1:1", "a column is missing or stands twice"),
        (b"source,source\na,b\n", "1:1", "a column is missing or stands twice"),
        (b"", "1:1", "a column is missing"),
        (b'source\n"a" b\n', "2:1", "the row that begins here is not CSV"),
        (b'source\na\n"b\n', "3:1", "the row that begins here is not CSV"),
        ("source\nå ".encode() + b"\xff\n", "2:3", "it is not UTF-8"),
    ],
)
def test_a_file_that_is_no_glossary_is_an_error(data: bytes, place: str, reason: str) -> None:
    with pytest.raises(L10nError) as raised:
        read_glossary(data, "g.csv")
    assert str(raised.value).startswith(f"g.csv:{place}: bad-glossary: {reason}")


VERSION_2 = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en-US"><text><body>
<termEntry id="c1">
  <descrip type="subjectField">mail</descrip>
  <langSet xml:lang="en-US"><tig><term>mailbox</term></tig></langSet>
  <langSet xml:lang="nb-NO">
    <tig><term>postboks</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    <ntig><termGrp><term>e-<hi>postboks</hi></term></termGrp></ntig>
    <tig><term>innboks</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
  </langSet>
  <langSet xml:lang="de"><tig><term>Postfach</term></tig></langSet>
</termEntry>
<termEntry><langSet xml:lang="en-US"><tig><term>Exchange</term><termNote type="translationNote">no</termNote>
  </tig></langSet></termEntry>
<termEntry><langSet xml:lang="en-US"><tig><term>alone</term></tig></langSet></termEntry>
<!-- a remark -->
</body></text></martif>
"""

VERSION_3 = """\
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
     xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
<conceptEntry id="c1">
  <langSec xml:lang="en"><termSec><term>mailbox</term></termSec></langSec>
  <langSec xml:lang="nb"><termSec><term>postboks</term></termSec>
    <termSec><term>innboks</term><basic:administrativeStatus>supersededTerm-admn-sts</basic:administrativeStatus>
    </termSec></langSec>
</conceptEntry>
<conceptEntry id="c2"><note>Do not translate</note>
  <langSec xml:lang="en"><termSec><term>Exchange</term></termSec></langSec></conceptEntry>
</body></text></tbx>
"""


def test_a_tbx_file_of_version_2() -> None:
    assert read_glossary(VERSION_2.encode(), "g.tbx") == Glossary(
        (
            Term("mailbox", ("postboks", "e-postboks"), forbidden=("innboks",), locale="nb_NO"),
            Term("mailbox", ("Postfach",), locale="de"),
            Term("Exchange", do_not_translate=True, case=True),
        )
    )


def test_a_tbx_file_of_version_3() -> None:
    assert read_glossary(VERSION_3.encode("utf-16"), "g.tbx") == Glossary(
        (
            Term("mailbox", ("postboks",), forbidden=("innboks",), locale="nb"),
            Term("Exchange", do_not_translate=True, case=True, note="Do not translate"),
        )
    )


def test_a_tbx_entry_that_cannot_be_used_is_told() -> None:
    found = read_glossary(VERSION_2.replace('"de"', '"xx-YY"').encode(), "g.tbx")
    assert [str(problem) for problem in found.problems] == [
        "g.tbx:4:1: bad-glossary: 'xx-YY' names no language that is known; this entry was left out"
    ]
    assert len(found.terms) == 2


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        (f'<!DOCTYPE martif [<!ENTITY e0 "ha">{BOMB}]><martif>&e8;</martif>', "1:1", "it declares"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><martif>&x;</martif>', "1:1", "it declares"),
        (
            '\n <!DOCTYPE a SYSTEM "http://a.invalid/a.dtd" [<!ENTITY % p SYSTEM "b"> %p;]><a/>',
            "2:2",
            "it declares",
        ),
        ("<martif>&unknown;</martif>", "1:", "it is not XML"),
        ("<martif><text></martif>", "1:", "it is not XML"),
        ("<html/>", "1:1", "it is XML, but its root is neither"),
        ("<a>" * 5000 + "</a>" * 5000, "1:", "it is not XML"),
        ("<", "1:", "it is not XML"),
    ],
)
def test_hostile_or_broken_xml_is_refused(text: str, place: str, reason: str) -> None:
    with pytest.raises(L10nError) as raised:
        read_glossary(text.encode(), "g.tbx")
    assert str(raised.value).startswith(f"g.tbx:{place}")
    assert f"bad-glossary: {reason}" in str(raised.value)


def test_a_few_bytes_do_not_become_many_terms() -> None:
    """A thousand sources and as many languages are a million terms."""
    sources = '<langSet xml:lang="en">' + "<tig><term>a</term></tig>" * 1000 + "</langSet>"
    others = '<langSet xml:lang="nb"><tig><term>b</term></tig></langSet>' * 1000
    with pytest.raises(L10nError, match="it has more than 100,000 terms"):
        read_glossary(f"<martif><termEntry>{sources}{others}</termEntry></martif>".encode(), "g.tbx")


def test_the_encoding_is_the_files_own_whatever_it_says() -> None:
    data = VERSION_2.replace('encoding="utf-8"', 'encoding="iso-8859-5"').replace("mailbox", "Größe")
    assert read_glossary(data.encode("utf-16"), "g.tbx").terms[0].source == "Größe"


def test_no_document_type_is_loaded() -> None:
    text = VERSION_2.replace("TBXBasiccoreStructV02.dtd", "file:///etc/passwd")
    assert len(read_glossary(text.encode(), "g.tbx").terms) == 3


@pytest.mark.parametrize(
    ("own", "locale", "holds"),
    [
        (None, "nb_NO", True),
        ("nb_NO", "nb_NO", True),
        ("nb", "nb_NO", True),
        ("nb", "nn_NO", False),
        ("pt_PT", "pt_BR", False),
        ("sr", "sr_RS@latin", False),
        ("sr@latin", "sr_RS@latin", True),
    ],
)
def test_for_which_locales_a_term_holds(own: str | None, locale: str, holds: bool) -> None:
    assert Term("a", ("b",), locale=own).is_for(locale) is holds


def test_the_rows_of_one_source_are_one() -> None:
    glossary = Glossary(
        (
            Term("a", ("b",)),
            Term("a", ("c",), locale="nb"),
            Term("a", ("d",), locale="de"),
            Term("", forbidden=("x",)),
        )
    )
    assert glossary.for_locale("nb_NO") == (Term("a", ("b", "c")), Term("", forbidden=("x",)))


def test_a_mark_in_one_language_of_a_tbx_entry_is_for_that_language() -> None:
    text = VERSION_2.replace(
        '<langSet xml:lang="de"><tig><term>Postfach</term></tig>',
        '<langSet xml:lang="de"><tig><term>mailbox</term>'
        '<termNote type="translationNote">no</termNote></tig>',
    )
    assert read_glossary(text.encode(), "g.tbx").terms[:2] == (
        Term("mailbox", ("postboks", "e-postboks"), forbidden=("innboks",), locale="nb_NO"),
        Term("mailbox", do_not_translate=True, case=True, locale="de"),
    )
