"""Every text that people read is translated into every language, with the same placeholders."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from ortaq.engine.labels import LANGUAGES

PACKAGE = Path(__file__).parents[2] / "src" / "ortaq"
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sd%]")


def catalogue(root: Path, lang: str) -> Catalog:
    with (root / "locale" / lang / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=lang)


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_left_untranslated(lang: str) -> None:
    missing = [m.id for m in catalogue(PACKAGE, lang) if m.id and (m.fuzzy or not all(texts(m)))]
    assert missing == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_placeholders_are_kept(lang: str) -> None:
    wrong = []
    for message in catalogue(PACKAGE, lang):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        for text in texts(message) if message.id else []:
            if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(ids[-1])):
                wrong.append((message.id, text))
    assert wrong == []


def test_placeholders_have_names() -> None:
    bare = [m.id for m in catalogue(PACKAGE, "en") if m.id and re.search(r"%[sd]", str(m.id))]
    assert bare == []


@pytest.mark.parametrize("lang", ["kk", "az", "ru"])
def test_a_translation_is_not_the_english_again(lang: str) -> None:
    same = {m.id for m in catalogue(PACKAGE, lang) if isinstance(m.id, str) and m.id and m.string == m.id}
    words = {text for text in same if len(PLACEHOLDER.sub("", text).split()) > 3}
    assert words == set()


def test_the_catalogues_hold_every_text_of_the_source(tmp_path: Path) -> None:
    """Collects the texts anew with GNU gettext and compares."""
    if shutil.which("xgettext") is None:
        pytest.skip("GNU gettext is not on this machine (Debian: apt-get install gettext)")
    copy = tmp_path / "ortaq"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "dist", "*.mo"))
    program = "import os, sys; from pathlib import Path; from ortaq.site import messages; "
    program += f"messages.PACKAGE = Path({str(copy)!r}); sys.exit(messages.main())"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path)
    for lang in LANGUAGES:
        new = {m.id for m in catalogue(copy, lang) if m.id}
        old = {m.id for m in catalogue(PACKAGE, lang) if m.id}
        assert new - old == set()
