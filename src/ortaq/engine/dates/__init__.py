"""Dates as people write them, as EDTF, and as days that can be compared.

``understand`` reads text in kk, az, ru, en; ``normalise`` checks EDTF; ``bounds``
and ``centuries`` serve search and facets; ``show`` writes a date for people.
"""

from ortaq.engine.dates.edtf import bounds, centuries, normalise, year_of
from ortaq.engine.dates.parse import understand
from ortaq.engine.dates.show import show

__all__ = ["bounds", "centuries", "normalise", "show", "understand", "year_of"]
