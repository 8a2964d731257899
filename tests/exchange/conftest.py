"""The second folder of the travel tests: one process for the module, emptied for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.exchange.second import Second, second_folder


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Second]:
    with second_folder(tmp_path_factory.mktemp("second")) as second:
        yield second


@pytest.fixture
def second(running: Second) -> Second:
    running.fresh()
    return running
