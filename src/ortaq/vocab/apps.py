"""The vocabulary app: shipped data, pure functions over it, and what people propose for it."""

from __future__ import annotations

from django.apps import AppConfig


class VocabConfig(AppConfig):
    name = "ortaq.vocab"

    def ready(self) -> None:
        from ortaq.engine import terms as engine_terms
        from ortaq.vocab.source import Source

        engine_terms.register(Source())
