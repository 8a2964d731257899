"""One thing that a check found."""

from __future__ import annotations

from dataclasses import dataclass

REMARKS = frozenset({"erased", "file_extra"})


@dataclass(frozen=True)
class Finding:
    """``code`` for programs, ``where`` the entry, row or file, ``message`` in the active language."""

    code: str
    where: str
    message: str

    @property
    def fault(self) -> bool:
        """Whether something is wrong; an erased body, or a file left over by a crash, is not."""
        return self.code not in REMARKS

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"
