"""The vocabulary app: data and pure functions, no table of its own."""

from __future__ import annotations

from django.apps import AppConfig


class VocabConfig(AppConfig):
    name = "ortaq.vocab"

    def ready(self) -> None:
        from ortaq.engine import terms as engine_terms
        from ortaq.vocab.source import Source

        engine_terms.register(Source())
