"""Cells of foreign files as text. Used by the reading process too, so nothing of Django here."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime, timedelta
from typing import Any

QUOTED_FORMULA = re.compile(r"'(?=[=+\-@\t\r])")  # as our own export writes such cells


def cell(value: Any) -> str:
    """A cell as text. A spreadsheet keeps every number with a fraction, so 12.0 was typed as 12."""
    if isinstance(value, str):
        value = value.replace("\0", "")  # no text has it, and PostgreSQL takes none that does
        return QUOTED_FORMULA.sub("", value.strip(), count=1) if value[:1] == "'" else value.strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "" if math.isnan(value) else str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, date | timedelta):
        return str(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
