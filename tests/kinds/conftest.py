"""The fixture ``kind``: every kind of the project, and the one of docs/howto/add-a-kind.md."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ortaq.engine.kinds import KINDS, Kind
from tests.kinds.example import example_kind


def every_kind() -> list[type[Kind]]:
    own = [kind for kind in KINDS.values() if kind.__module__.startswith("ortaq.kinds.")]
    return [*sorted(own, key=lambda kind: kind.slug), example_kind()]


@pytest.fixture(params=every_kind(), ids=lambda kind: str(kind.slug))
def kind(request: pytest.FixtureRequest) -> Iterator[type[Kind]]:
    """A kind, known to the registry while its test runs."""
    found: type[Kind] = request.param
    added = found.slug not in KINDS
    KINDS.setdefault(found.slug, found)
    yield found
    if added:
        KINDS.pop(found.slug)
