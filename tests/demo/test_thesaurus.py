"""The questions of ``bench/thesaurus_queries.tsv`` over the demo: other names bring more, and hardly anything wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from bench import thesaurus
from bench.thesaurus import Ask
from ortaq.search.consumer import Consumer
from tests.demo.conftest import Demo

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ask(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    before, settings.ORTAQ_DATA = settings.ORTAQ_DATA, tmp_path_factory.mktemp("thesaurus")
    try:
        with Consumer() as consumer:
            consumer.follow()
        yield thesaurus.asker()
    finally:
        settings.ORTAQ_DATA = before


def test_the_questions_are_25_in_each_language_and_every_answer_was_judged() -> None:
    asked = thesaurus.read()
    assert [sum(one.lang == lang for one in asked) for lang in thesaurus.LANGS] == [25] * 4
    assert len({(one.lang, one.text) for one in asked}) == 100
    assert all(one.right and one.right <= thesaurus.judged() for one in asked)


def test_what_was_judged_is_in_the_demo(ask: Ask, demo: Demo) -> None:
    assert thesaurus.judged() <= set(thesaurus.refs().values())


def test_other_names_raise_recall_and_keep_precision(ask: Ask) -> None:
    found = thesaurus.measure(ask)
    for lang in thesaurus.LANGS:
        typed, meant, narrower = (found[lang][way] for way in thesaurus.WAYS)
        assert meant.recall >= typed.recall + 0.15, (lang, typed, meant)
        assert meant.recall >= 0.85 and narrower.recall >= meant.recall, (lang, meant, narrower)
        assert meant.precision >= 0.78 and meant.precision >= typed.precision - 0.03, (lang, typed, meant)
