"""How pages write days and times."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from ortaq.web.templatetags.ortaq import moment


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("kk", "2026 ж. 23 қараша, 09:05 UTC"),
        ("az", "23 noyabr 2026, 09:05 UTC"),
        ("ru", "23 ноября 2026 г., 09:05 UTC"),
        ("en", "23 November 2026, 09:05 UTC"),
    ],
)
def test_a_moment_is_written_as_people_write_it(lang: str, written: str) -> None:
    with translation.override(lang):
        assert moment(datetime(2026, 11, 23, 9, 5, tzinfo=UTC)).replace("\xa0", " ").replace("\u202f", " ") == written
