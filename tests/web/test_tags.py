"""How pages write days and times."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from ortaq.web.templatetags.ortaq import ago, day, moment


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


@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
def test_a_day_is_written_alike_whether_a_moment_or_a_day_is_given(lang: str) -> None:
    when = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
    with translation.override(lang):
        assert day(when) == day(date(2026, 11, 23)) == moment(when).removesuffix(", 09:05 UTC")
        assert day(None) == ""


@pytest.mark.parametrize(
    ("lang", "written"), [("kk", "2 сағат бұрын"), ("az", "2 saat öncə"), ("ru", "2 часа назад"), ("en", "2 hours ago")]
)
def test_what_was_not_long_ago_is_told_from_now(lang: str, written: str) -> None:
    when = timezone.now() - timedelta(hours=2, minutes=1)
    with translation.override(lang):
        drawn = ago(when)
    assert f">{written}</time>" in drawn
    assert f'datetime="{when.isoformat()}"' in drawn and f'{when:%H:%M} UTC"' in drawn
