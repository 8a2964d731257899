"""Writing through the pages, as a browser without JavaScript does it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation

from ortaq.engine import access, actions, kinds
from ortaq.engine.models import Answer, Proposal, Record
from ortaq.engine.outputs import form
from tests.cast import Cast, entries
from tests.web.posting import form_of, page, said, signed_in


@pytest.fixture
def aigerim(cast: Cast) -> Any:
    return signed_in(cast, "aigerim")


@pytest.mark.parametrize("slug", sorted(kinds.KINDS) or ["heritage_object"])
@pytest.mark.parametrize("lang", ["kk", "en"])
def test_every_example_survives_the_form_unchanged(cast: Cast, aigerim: Any, slug: str, lang: str) -> None:
    kind = kinds.KINDS[slug]
    record = actions.create(cast.aigerim, slug, kind.example, owner=cast.museum)
    before = access.get(cast.aigerim, record.id).data
    address = page(record, "edit", lang)
    answer = aigerim.post(address, form_of(aigerim.get(address)))
    assert answer.status_code == 302, said(answer)
    view = access.get(cast.aigerim, record.id)
    assert view.record.revision == 2
    assert view.data == before
    assert view.record.parts == record.parts


def test_a_new_record_is_kept_as_a_draft_and_submitted(cast: Cast, aigerim: Any) -> None:
    address = "/kk/new/heritage_object"
    posted = form_of(aigerim.get(address), "_owner")
    posted |= {"country": ["KZ"], "names.0.name.text": ["Жаңа кесене"], "names.0.name.lang": ["kk"]}
    answer = aigerim.post(address, posted | {"_do": ["draft"]})
    assert answer.status_code == 302, said(answer)
    draft = Record.objects.get(id=answer.url.rpartition("/")[2])
    assert (draft.state, draft.owner, draft.title) == ("draft", cast.museum, {"kk": "Жаңа кесене"})
    refused = aigerim.post(address, posted | {"_do": ["submit"]})
    assert refused.status_code == 422
    assert 'href="#f-object_type"' in said(refused)
    assert 'value="Жаңа кесене"' in said(refused)


def test_another_occurrence_comes_without_saving(cast: Cast, aigerim: Any) -> None:
    record = cast.monument()
    before = entries()
    posted = form_of(aigerim.get(page(record, "edit")))
    posted["names.4.name.text"] = ["Arystanbab"]
    answer = aigerim.post(page(record, "edit"), posted | {"_add": ["names"]})
    again = form_of(answer)
    assert answer.status_code == 200
    assert again["names.4.name.text"] == ["Arystanbab"]
    assert again["names.5.name.text"] == [""]
    assert entries() == before


def test_a_ticked_occurrence_is_removed(cast: Cast, aigerim: Any) -> None:
    record = cast.monument()
    posted = form_of(aigerim.get(page(record, "edit"))) | {"names.2.remove": ["1"]}
    assert aigerim.post(page(record, "edit"), posted).status_code == 302
    left = [row["_id"] for row in access.get(cast.aigerim, record.id).data["names"]]
    assert left == ["namekk", "nameaz", "nameen"]


SELF_CROSSING = "POLYGON((68 42, 69 43, 69 42, 68 43, 68 42))"


@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"use.0.visitors": ["many"]}, "use.0.visitors"),
        ({"nonsense.text": ["x"]}, ""),
        ({"summary.ru": ["я" * 5_000_000]}, "summary.ru"),
        ({"dating.0.date.text": ["31 February 1405"], "dating.0.date.lang": ["en"]}, "dating.0.date"),
        ({"dating.0.date.edtf": ["1405-02-31"]}, "dating.0.date"),
        ({"place.text": [SELF_CROSSING]}, "place"),
        ({"place.text": ["68.271234, 42.851234"]}, "place"),
    ],
    ids=["type", "key", "10MB", "date", "edtf", "crossing", "swapped"],
)
def test_bad_input_is_refused_with_everything_kept(
    cast: Cast, aigerim: Any, changes: dict[str, list[str]], field: str, lang: str
) -> None:
    record = cast.monument(use=[{"_id": "use222", "use": "pilgrimage"}])
    before = entries()
    posted = form_of(aigerim.get(page(record, "edit", lang))) | changes
    answer = aigerim.post(page(record, "edit", lang), posted)
    text = said(answer)
    assert answer.status_code == 422
    assert entries() == before
    assert 'role="alert"' in text
    if field:
        assert f'href="#f-{field}"' in text and f'id="f-{field}"' in text
        kept = form_of(answer)
        assert {**kept, "csrfmiddlewaretoken": posted["csrfmiddlewaretoken"]} == posted
    with translation.override(lang):
        asked = form.take(kinds.KINDS["heritage_object"], _query(posted), access.get(cast.aigerim, record.id))
        (problem,) = _problems(cast, record, asked)
        assert problem in _plain(text)


def _query(posted: dict[str, list[str]]) -> Any:
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    for key, values in posted.items():
        query.setlist(key, values)
    return query


def _problems(cast: Cast, record: Record, asked: dict[str, Any]) -> list[str]:
    from ortaq.engine.problems import Problems

    with pytest.raises(Problems) as caught:
        actions.revise(cast.aigerim, record.id, asked, base_revision=record.revision)
    return [p.text for p in caught.value.problems]


def _plain(html: str) -> str:
    from html import unescape

    return unescape(html)


def test_a_place_in_another_system_keeps_its_original(cast: Cast, aigerim: Any) -> None:
    given = {"geometry": {"type": "Point", "coordinates": [440000, 4744000]}, "crs": "EPSG:32642", "precision": "1km"}
    record = cast.monument(place=given)
    before = access.get(cast.aigerim, record.id).data["place"]
    assert before["original"]["crs"] == "EPSG:32642"
    aigerim.post(page(record, "edit"), form_of(aigerim.get(page(record, "edit"))))
    assert access.get(cast.aigerim, record.id).data["place"] == before


def test_a_text_in_turkish_is_not_lost(cast: Cast, aigerim: Any) -> None:
    record = cast.monument(summary={"tr": {"text": "Türkçe özet.", "origin": "human"}})
    aigerim.post(page(record, "edit"), form_of(aigerim.get(page(record, "edit"))))
    assert access.get(cast.aigerim, record.id).data["summary"]["tr"]["text"] == "Türkçe özet."


def test_the_order_of_terms_stays(cast: Cast, aigerim: Any) -> None:
    record = cast.monument(object_type=["mosque", "mausoleum"])
    aigerim.post(page(record, "edit"), form_of(aigerim.get(page(record, "edit"))))
    assert access.get(cast.aigerim, record.id).data["object_type"] == ["mosque", "mausoleum"]


def test_a_changed_date_is_read_anew(cast: Cast, aigerim: Any) -> None:
    record = cast.monument()
    posted = form_of(aigerim.get(page(record, "edit")))
    posted["dating.0.date.text"] = ["XVI в."]
    aigerim.post(page(record, "edit"), posted)
    date = access.get(cast.aigerim, record.id).data["dating"][0]["date"]
    assert date == {"text": "XVI в.", "lang": "ru", "edtf": "1501/1600"}


def test_a_conflict_keeps_both_texts_until_one_is_chosen(cast: Cast, aigerim: Any) -> None:
    record = cast.monument()
    mine = form_of(aigerim.get(page(record, "edit")))
    mine |= {"summary.ru": ["Мой текст."], "history.en": ["Only I wrote this."], "_reason": ["уточнение"]}
    theirs = dict(access.get(cast.bolat, record.id).data)
    theirs["summary"] = {"ru": {"text": "Их текст."}}
    theirs["fabric"] = {"en": {"text": "Only they wrote this."}}
    actions.revise(cast.bolat, record.id, theirs, base_revision=record.revision)
    met = aigerim.post(page(record, "edit"), mine)
    assert met.status_code == 409
    for text in ("Мой текст.", "Их текст.", "Перестроен в начале XX века.", "Only I wrote this.", "уточнение"):
        assert text in _plain(said(met))
    chosen = form_of(met, "_mine")
    assert chosen["_choose.history"] == ["mine"] and chosen["_choose.fabric"] == ["theirs"]
    form_again = aigerim.post(page(record, "edit"), chosen | {"_form": ["1"]})
    assert form_of(form_again)["history.en"] == ["Only I wrote this."]
    done = aigerim.post(page(record, "edit"), chosen | {"_choose.summary": ["mine"]})
    assert done.status_code == 302
    data = access.get(cast.aigerim, record.id).data
    assert data["summary"]["ru"]["text"] == "Мой текст."
    assert data["history"]["en"]["text"] == "Only I wrote this."
    assert data["fabric"]["en"]["text"] == "Only they wrote this."


def test_leyla_proposes_and_aigerim_accepts(cast: Cast, aigerim: Any) -> None:
    record = cast.monument()
    leyla = signed_in(cast, "leyla")
    assert leyla.get(page(record, "edit", "az")).url == page(record, "propose", "az")
    shown = leyla.get(page(record, "propose", "az"))
    assert "68.271234" not in said(shown) and 'name="place.text"' not in said(shown)
    posted = form_of(shown) | {"summary.az": ["Yeni mətn."], "_reason": ["mənbə: arxiv"]}
    assert leyla.post(page(record, "propose", "az"), posted).status_code == 302
    proposal = Proposal.objects.get()
    queue = said(aigerim.get("/kk/review"))
    assert f"/kk/review/{proposal.id}" in queue and "mənbə: arxiv" in queue
    seen = said(aigerim.get(f"/kk/review/{proposal.id}"))
    assert "Yeni mətn." in seen and "closed to you" not in seen and "Şəki qoruğu" in seen
    assert aigerim.post(f"/kk/review/{proposal.id}", {"_do": "accept"}).status_code == 302
    view = access.get(cast.aigerim, record.id)
    assert view.data["summary"]["az"]["text"] == "Yeni mətn."
    assert view.data["place"]["geometry"]["coordinates"] == [68.271234, 42.851234]
    assert "Waiting for an answer" not in said(leyla.get("/en/review"))


def test_a_proposal_is_returned_with_a_reason_or_taken_back(cast: Cast, aigerim: Any) -> None:
    record = cast.monument()
    leyla = signed_in(cast, "leyla")
    ids = [_proposal(cast, record, text) for text in ("Bir", "İki")]
    refused = aigerim.post(f"/en/review/{ids[0]}", {"_do": "return", "_reason": ""})
    assert refused.status_code == 422 and not Answer.objects.exists()
    aigerim.post(f"/en/review/{ids[0]}", {"_do": "return", "_reason": "No source"})
    assert Answer.objects.get().verdict == "returned"
    assert "No source" in said(leyla.get(f"/en/review/{ids[0]}"))
    leyla.post(f"/en/review/{ids[1]}", {"_do": "withdraw", "_reason": "səhv"})
    assert Proposal.objects.get(id=ids[1]).state == "withdrawn"
    assert "Nothing is waiting for you" in said(aigerim.get("/en/review"))


def _proposal(cast: Cast, record: Record, text: str) -> UUID:
    data = {**access.get(cast.leyla, record.id).data, "summary": {"az": {"text": text}}}
    return actions.propose(cast.leyla, record.id, data, base_revision=record.revision, reason="düzəliş").id


def test_many_are_decided_at_once_each_by_itself(cast: Cast, aigerim: Any) -> None:
    one, two = cast.monument(), cast.monument()
    first, clash = _proposal(cast, one, "Bir"), _proposal(cast, two, "İki")
    data = {**access.get(cast.aigerim, two.id).data, "summary": {"kk": {"text": "Басқа."}}}
    actions.revise(cast.aigerim, two.id, data, base_revision=two.revision)
    chosen = [f"p.{first}", f"p.{clash}", "p.nothing"]
    text = said(aigerim.post("/en/review", {"chosen": chosen, "_do": "accept"}))
    assert "Accepted: 1." in text and "changed in the same field" in text
    assert access.get(cast.aigerim, one.id).data["summary"]["az"]["text"] == "Bir"
    assert "az" not in access.get(cast.aigerim, two.id).data["summary"]


def test_the_queue_needs_as_many_queries_for_ten_as_for_one(
    cast: Cast, aigerim: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        _proposal(cast, cast.monument(), "Mətn")
    aigerim.get("/en/review")
    with django_assert_max_num_queries(20):
        aigerim.get("/en/review")


def test_a_record_in_review_is_published_from_the_queue(cast: Cast) -> None:
    record = cast.monument(state="draft")
    actions.submit(cast.aigerim, record.id)
    dana = signed_in(cast, "dana")
    dana.post("/ru/review", {"chosen": [f"r.{record.id}"], "_do": "accept"})
    assert access.get(cast.stranger, record.id).record.state == "published"


@pytest.mark.parametrize(
    "path",
    [
        "o/{key}/edit",
        "o/{key}/propose",
        "o/{key}/manage",
        "review",
        "account",
        "new/heritage_object",
        "o/TEST-999999/edit",
    ],
)
def test_strangers_are_sent_to_sign_in(cast: Cast, client: Any, path: str) -> None:
    record = cast.monument()
    path = path.format(key=record.pid)
    for answer in (client.get(f"/az/{path}"), client.post(f"/az/{path}", {"_reason": "x"})):
        assert answer.status_code == 302
        assert answer.url == f"/az/account/login/?next=/az/{path}"


def test_what_is_hidden_answers_like_what_never_was(cast: Cast) -> None:
    draft = cast.monument(state="draft")
    leyla = signed_in(cast, "leyla")
    for verb in ("edit", "propose", "manage"):
        assert leyla.get(f"/en/o/{draft.id}/{verb}").status_code == 404
    proposal = _proposal(cast, cast.monument(), "Bir")
    assert signed_in(cast, "timur").get(f"/en/review/{proposal}").status_code == 404


def test_posts_without_a_csrf_token_write_nothing(cast: Cast) -> None:
    record = cast.monument()
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.users["aigerim"], backend="allauth.account.auth_backends.AuthenticationBackend")
    before = entries()
    posted = form_of(client.get(page(record, "edit")))
    token = posted.pop("csrfmiddlewaretoken")
    assert client.post(page(record, "edit"), posted).status_code == 403
    for path, body in (
        ("review", {"_do": "accept"}),
        ("account", {"do": "token"}),
        (f"o/{record.pid}/manage", {"do": "withdraw", "sure": "1", "reason": "x"}),
    ):
        assert client.post(f"/en/{path}", body).status_code == 403
    assert entries() == before
    assert client.post(page(record, "edit"), posted | {"csrfmiddlewaretoken": token}).status_code == 302


def test_what_needs_two_persons_can_be_proposed_from_the_same_form(cast: Cast, aigerim: Any) -> None:
    record = cast.monument()
    posted = form_of(aigerim.get(page(record, "edit"))) | {"protection.0.category": ["kz_local"]}
    answer = aigerim.post(page(record, "edit"), posted)
    assert answer.status_code == 422
    assert f'formaction="{page(record, "propose")}"' in said(answer)
    again = form_of(answer) | {"_reason": ["акт приложен"]}
    assert aigerim.post(page(record, "propose"), again).status_code == 302
    assert Proposal.objects.get().data["protection"][0]["category"] == "kz_local"


def test_an_owner_of_another_organisation_is_refused(cast: Cast) -> None:
    leyla = signed_in(cast, "leyla")
    posted = form_of(leyla.get("/az/new/heritage_object"), "_owner")
    posted |= {"_owner": [str(cast.museum)], "_do": ["draft"], "names.0.name.text": ["Ad"]}
    assert leyla.post("/az/new/heritage_object", posted).status_code == 403
