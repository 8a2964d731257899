"""A folder of exports that is empty, and papers that need not be set."""

from __future__ import annotations

from typing import Any

import pytest

from ortaq.documents import keeping, typeset


@pytest.fixture(autouse=True)
def own_folder() -> None:
    for path in keeping.folder().iterdir():
        path.unlink()


@pytest.fixture
def quick_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a paper would say, instead of the paper."""

    class Said:
        def __init__(self, paper: Any, format_: str = "pdf", seconds: int = 0) -> None:
            self._said = paper.json().encode()

        def done(self) -> bool:
            return True

        def result(self) -> bytes:
            return self._said

        def close(self) -> None:
            return

    monkeypatch.setattr(typeset, "Typesetting", Said)
