"""Schemas and foreign readers of the exchange formats, from Debian's packages."""

from __future__ import annotations

import os
import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_SCHEMAS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
_OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
_PACKAGES = {_SCHEMAS: "php-symfony-translation", _OMEGAT: "omegat"}
_PROJECT = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>EN-US</source_lang><target_lang>NB-NO</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""
_MEMORY = """\
<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.1"><header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
creationtoolversion="3.6.0" segtype="paragraph" srclang="EN-US"/><body>{pairs}</body></tmx>
"""
_PAIR = '<tu><tuv lang="EN-US"><seg>{0}</seg></tuv><tuv lang="NB-NO"><seg>{1}</seg></tuv></tu>'


def missing_packages() -> list[str]:
    """Return the Debian packages that are not installed."""
    return sorted(package for path, package in _PACKAGES.items() if not path.exists())


def xliff_schema(version: str) -> etree.XMLSchema:
    """Return OASIS's schema of XLIFF 1.2 (strict) or 2.0."""
    from lxml import etree

    name = "xliff-core-1.2-strict.xsd" if version == "1.2" else "xliff-core-2.0.xsd"
    # It imports the schema of `xml:lang` from the web; the package has it in the same folder.
    text = re.sub(
        r'schemaLocation="[^"]*/xml[.]xsd"', 'schemaLocation="xml.xsd"', (_SCHEMAS / name).read_text()
    )
    return etree.XMLSchema(etree.fromstring(text.encode(), base_url=str(_SCHEMAS / name)))


def tmx_dtd() -> etree.DTD:
    """Return the DTD of TMX 1.4b."""
    from lxml import etree

    with zipfile.ZipFile(_OMEGAT) as jar:
        return etree.DTD(BytesIO(jar.read("schemas/tmx14.dtd")))


def translate_in_omegat(folder: Path, document: Path, translations: dict[str, str]) -> Path:
    """Let the real OmegaT translate an XLIFF document in a project in `folder`; return its translation.

    OmegaT 3.6 translates the text in `<target>`, which the translations are by.
    """
    for name in ("source", "target", "omegat", "tm", "glossary", "dictionary", "home"):
        (folder / name).mkdir(parents=True)
    (folder / "omegat.project").write_text(_PROJECT)
    pairs = "".join(_PAIR.format(*pair) for pair in translations.items())
    (folder / "omegat/project_save.tmx").write_text(_MEMORY.format(pairs=pairs), encoding="utf-8")
    (folder / "source" / document.name).write_bytes(document.read_bytes())
    subprocess.run(
        ["java", f"-Duser.home={folder / 'home'}", "-jar", _OMEGAT, folder, "--mode=console-translate"],
        check=True,
        capture_output=True,
        timeout=300,
        env=os.environ | {"HOME": str(folder / "home"), "LC_ALL": "C.UTF-8"},
    )
    return folder / "target" / document.name
