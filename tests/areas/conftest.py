"""Papers that need not be set."""

from tests.documents.conftest import quick_papers

__all__ = ["quick_papers"]
