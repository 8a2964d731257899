"""Papers are searched before they are set: what is said on them is all that the typesetter is given."""

from __future__ import annotations

from typing import Any

import pytest

from ortaq.documents import typeset


class Unset:
    """Gives the words of a paper instead of a PDF, whose fonts would hide them from a search."""

    def __init__(self, paper: Any, format_: str = "pdf", seconds: int = 0) -> None:
        self._said = paper.json().encode()
        self._picture = format_ != "pdf"

    def done(self) -> bool:
        return True

    def result(self) -> bytes:
        return b"" if self._picture else self._said

    def close(self) -> None:
        return


@pytest.fixture(autouse=True)
def papers_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "Typesetting", Unset)
