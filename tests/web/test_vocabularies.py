"""The pages of the vocabularies: read, proposed to, answered and undone through forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from ortaq.people import actions as people
from ortaq.search.consumer import Consumer
from ortaq.vocab import actions, names, overlay, terms, thesaurus
from ortaq.vocab.models import ACCEPTED, TermProposal
from tests.cast import Cast
from tests.web.posting import form_of, said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
LANGUAGES = ("kk", "az", "ru", "en")
TYPE, CODE = "object_type", "mausoleum"
PAGE = f"vocabularies/{TYPE}/{CODE}"


@pytest.fixture(autouse=True)
def shipped_labels(db: None) -> Iterator[None]:
    yield
    overlay.refresh()


@pytest.fixture
def editor(cast: Cast) -> Any:
    people.give_role(None, cast.users["nigar"], "translator", organisation=cast.reserve, country="AZ")
    return signed_in(cast, "nigar")


def sent(client: Client, address: str, **typed: str) -> Any:
    """The form of a page as it was drawn, with ``typed`` in it; a dot of a name is written ``__``."""
    form = form_of(client.get(address), "_reason")
    return client.post(address, form | {name.replace("__", "."): text for name, text in typed.items()})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_vocabulary_is_listed_in_the_readers_language(cast: Cast, client: Client, lang: str) -> None:
    page = client.get(f"/{lang}/vocabularies")
    text = said(page)
    assert page.status_code == 200
    for name in terms.vocabularies():
        assert f"/{lang}/vocabularies/{name}" in text
    assert names.LABELS[TYPE].at(lang) in text
    assert str(sum(len(t.doubtful) for name in terms.vocabularies() for t in terms.terms(name))) in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_vocabulary_has_all_labels_and_an_anchor_for_each_term(cast: Cast, client: Client, lang: str) -> None:
    text = said(client.get(f"/{lang}/vocabularies/{TYPE}"))
    for term in terms.terms(TYPE):
        assert f'id="{term.code}"' in text
    one = terms.get(TYPE, CODE)
    assert one is not None
    for code, label in one.labels.items():
        assert label in text, code


def test_labels_to_be_checked_can_be_looked_at_alone(cast: Cast, client: Client) -> None:
    doubtful = {t.code for t in terms.terms(TYPE) if t.doubtful}
    assert doubtful and CODE not in doubtful
    text = said(client.get(f"/en/vocabularies/{TYPE}?check=any"))
    assert {t.code for t in terms.terms(TYPE) if f'id="{t.code}"' in text} == doubtful
    lang = min(next(iter(t.doubtful)) for t in terms.terms(TYPE) if t.doubtful)
    text = said(client.get(f"/en/vocabularies/{TYPE}?check={lang}"))
    assert {t.code for t in terms.terms(TYPE) if f'id="{t.code}"' in text} == {
        t.code for t in terms.terms(TYPE) if lang in t.doubtful
    }
    assert f'id="{CODE}"' in said(client.get(f"/en/vocabularies/{TYPE}?q=КЕСЕНЕ"))
    assert "No term is like that" in said(client.get(f"/en/vocabularies/{TYPE}?q=zzzz"))


@pytest.mark.parametrize("address", ["vocabularies/nothing", f"vocabularies/{TYPE}/nothing", "vocabularies/x/y"])
def test_what_is_not_there_is_absent(cast: Cast, client: Client, address: str) -> None:
    assert client.get(f"/en/{address}").status_code == 404


def test_a_term_says_where_it_is_used_as_far_as_the_reader_sees(cast: Cast, client: Client) -> None:
    cast.monument()
    cast.monument(state="draft")
    with Consumer() as consumer:
        consumer.follow()
    text = said(client.get(f"/en/{PAGE}"))
    assert "/en/search?type=mausoleum" in text and "1 record" in text and "2 records" not in text
    assert "2 records" in said(signed_in(cast, "aigerim").get(f"/en/{PAGE}"))


def test_a_stranger_is_asked_to_sign_in(cast: Cast, client: Client) -> None:
    assert "Sign in to propose" in said(client.get(f"/en/{PAGE}"))
    for address in (f"/en/{PAGE}", f"/en/vocabularies/{TYPE}/new-term"):
        answer = client.post(address, {"label.kk": "үлгі", "_reason": "x"})
        assert answer.status_code == 302 and "login" in answer["Location"]
    assert client.get("/en/term-proposals").status_code == 302
    assert not TermProposal.objects.exists()


def test_from_a_proposal_to_the_label_and_back(cast: Cast, editor: Any, client: Client) -> None:
    timur = signed_in(cast, "timur")
    answer = sent(timur, f"/kk/{PAGE}", label__kk="күмбезді кесене", _reason="дәлірек", source="үлгі сөздік")
    proposal = TermProposal.objects.get()
    assert answer["Location"] == f"/kk/term-proposals/{proposal.id}"
    assert proposal.labels == {"kk": "күмбезді кесене"}, "what was left as it is says nothing"
    assert "күмбезді кесене" in said(timur.get("/kk/term-proposals"))
    assert 'value="accept"' not in said(timur.get(answer["Location"]))
    assert "күмбезді кесене" not in said(client.get(f"/kk/{PAGE}"))

    waiting = said(editor.get("/az/term-proposals"))
    assert f"/az/term-proposals/{proposal.id}" in waiting and "дәлірек" in waiting
    assert sent(editor, f"/az/term-proposals/{proposal.id}", _do="accept").status_code == 302
    assert "күмбезді кесене" in said(client.get(f"/kk/vocabularies/{TYPE}"))
    assert "үлгі сөздік" not in said(client.get(f"/kk/vocabularies/{TYPE}"))
    assert "Accepted" in said(timur.get(f"/en/term-proposals/{proposal.id}"))

    undone = sent(editor, f"/en/term-proposals/{proposal.id}", _do="undo")
    assert undone.status_code == 422 and "Say why" in said(undone)
    assert sent(editor, f"/en/term-proposals/{proposal.id}", _do="undo", _reason="қате").status_code == 302
    assert "күмбезді кесене" not in said(client.get(f"/kk/vocabularies/{TYPE}"))
    assert "Undone" in said(timur.get(f"/en/term-proposals/{proposal.id}"))


def test_a_proposal_is_returned_with_a_reason(cast: Cast, editor: Any) -> None:
    proposal = actions.propose(cast.timur, TYPE, CODE, {"az": "nümunə"}, reason="səbəb")
    page = f"/en/term-proposals/{proposal.id}"
    assert sent(editor, page, _do="return").status_code == 422
    assert sent(editor, page, _do="return", _reason="artıq var").status_code == 302
    assert "artıq var" in said(signed_in(cast, "timur").get(page))
    assert sent_to_closed(editor, page) == 422


def sent_to_closed(client: Client, page: str) -> int:
    return client.post(page, {"_do": "accept"}).status_code


def test_who_proposed_takes_it_back_and_still_sees_it(cast: Cast) -> None:
    timur = signed_in(cast, "timur")
    proposal = actions.propose(cast.timur, TYPE, CODE, {"az": "nümunə"}, reason="səbəb")
    page = f"/en/term-proposals/{proposal.id}"
    assert sent(timur, page, _do="withdraw", _reason="қате").status_code == 302
    assert "Taken back" in said(timur.get(page))
    assert signed_in(cast, "aigerim").get(page).status_code == 404


def test_a_proposal_is_seen_by_experts_only(cast: Cast) -> None:
    proposal = actions.propose(cast.aigerim, TYPE, CODE, {"az": "nümunə"}, reason="səbəb")
    page = f"/en/term-proposals/{proposal.id}"
    assert signed_in(cast, "nigar").get(page).status_code == 200
    hidden, absent = (signed_in(cast, "timur").get(a) for a in (page, f"/en/term-proposals/{cast.museum}"))
    assert hidden.status_code == absent.status_code == 404
    assert signed_in(cast, "aigerim").post(page, {"_do": "accept"}).status_code == 422
    assert signed_in(cast, "nigar").post(page, {"_do": "tidy"}).status_code == 404


def test_a_new_term_with_a_mistake_keeps_what_was_typed(cast: Cast, editor: Any) -> None:
    timur, page = signed_in(cast, "timur"), f"/en/vocabularies/{TYPE}/new-term"
    refused = sent(timur, page, code="Sample Type", label__en="sample type", _reason="")
    assert refused.status_code == 422 and "Say why" in said(refused)
    refused = sent(timur, page, code="Sample Type", label__en="sample type", _reason="needed")
    assert refused.status_code == 422 and "small Latin letters" in said(refused)
    assert 'value="sample type"' in said(refused) and 'value="Sample Type"' in said(refused)
    assert sent(timur, page, code="sample_type", label__en="sample type", _reason="needed").status_code == 302
    proposal = TermProposal.objects.get()
    assert "A new term" in said(editor.get(f"/en/term-proposals/{proposal.id}"))
    sent(editor, f"/en/term-proposals/{proposal.id}", _do="accept")
    text = said(timur.get(f"/en/vocabularies/{TYPE}"))
    assert 'id="sample_type"' in text and "added here" in text


def test_a_label_that_was_to_be_checked_is_confirmed_by_a_tick(cast: Cast) -> None:
    term = next(t for t in terms.terms(TYPE) if t.doubtful)
    lang = min(term.doubtful)
    timur, page = signed_in(cast, "timur"), f"/en/vocabularies/{TYPE}/{term.code}"
    assert sent(timur, page, _reason="seen in use").status_code == 422
    assert sent(timur, page, _reason="seen in use", **{f"right__{lang}": "1"}).status_code == 302
    assert TermProposal.objects.get().labels == {lang: term.labels[lang]}
    assert TermProposal.objects.get().verdict != ACCEPTED


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_thesaurus_is_a_tree_with_a_search(cast: Cast, client: Client, lang: str) -> None:
    top = thesaurus.narrower(None)
    text = said(client.get(f"/{lang}/thesaurus"))
    assert all(f"?under={concept.id}" in text and escape(concept.labels[lang]) in text for concept in top)
    brick = thesaurus.get("brick")
    assert brick is not None and brick.broader
    text = said(client.get(f"/{lang}/thesaurus?under=brick"))
    assert all(escape(label) in text for label in brick.labels.values()) and brick.exact_match in text
    assert f"?under={brick.broader}" in text
    assert "?under=brick" in said(client.get(f"/{lang}/thesaurus?q=КІРПІШТЕР"))
    assert "?under=" not in said(client.get(f"/{lang}/thesaurus?q=zzzzzz"))
    assert client.get(f"/{lang}/thesaurus?under=nothing").status_code == 404
