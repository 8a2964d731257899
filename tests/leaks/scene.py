"""A node full of secrets, each with a canary that stands nowhere else and the people who may see it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from ortaq.alerts import actions as alerts
from ortaq.alerts import inspecting
from ortaq.documents import actions as exports
from ortaq.documents.work import worker
from ortaq.engine import access, actions
from ortaq.engine.models import Entry, Proposal, Record, Request
from ortaq.imports import jobs
from ortaq.imports.mapping import Mapping
from ortaq.imports.work import worker as Importing
from ortaq.people.models import User
from ortaq.search.consumer import Consumer
from ortaq.vocab import actions as labels
from ortaq.vocab import terms
from ortaq.web import saving
from tests.cast import PEOPLE, Cast, monument_data

SELF = frozenset({"aigerim"})
MUSEUM = frozenset({"aigerim", "bolat"})
COUNTRY = MUSEUM | {"dana"}
REGION = COUNTRY | {"yerlan"}


@dataclass(frozen=True)
class Canary:
    """``text`` may come to ``allowed`` and to nobody else."""

    label: str
    text: str
    allowed: frozenset[str]


@dataclass
class Scene:
    """The cast, what is open, what is hidden, and every canary."""

    cast: Cast
    canaries: list[Canary] = field(default_factory=list)
    public: list[Record] = field(default_factory=list)
    hidden: dict[str, Record] = field(default_factory=dict)
    proposal: Proposal | None = None
    request: Request | None = None
    grant: UUID | None = None
    cases: list[UUID] = field(default_factory=list)
    term_proposal: UUID | None = None
    export: UUID | None = None
    imports: list[UUID] = field(default_factory=list)
    twin: UUID | None = None
    saved: UUID | None = None

    def secret(self, label: str, text: str, allowed: frozenset[str]) -> str:
        self.canaries.append(Canary(label, text, allowed))
        return text

    def may_see(self, name: str, label: str) -> bool:
        return any(name in canary.allowed for canary in self.canaries if canary.label == label)


def open_part(cast: Cast) -> Scene:
    """What everybody sees, before anything is hidden."""
    scene = Scene(cast)
    scene.public.append(cast.monument())
    index()
    return scene


def hide(scene: Scene) -> Scene:
    """Adds every sort of secret to the scene."""
    _hidden_records(scene)
    _closed_parts(scene)
    _past(scene)
    _between_people(scene)
    _damage(scene)
    index()
    _files(scene)
    _import(scene)
    _saved(scene)
    for name, user in scene.cast.users.items():
        scene.secret(f"address of {name}", user.email, frozenset({name}))
    index()
    return scene


def index() -> None:
    with Consumer() as consumer:
        consumer.follow()


def named(text: str, **more: Any) -> dict[str, Any]:
    return monument_data(
        names=[{"_id": "namexx", "name": {"text": f"{text} кесенесі", "lang": "kk"}, "kind": "official"}],
        summary={"kk": {"text": f"{text} туралы"}},
        **{"place": None, "ownership": None, **more},
    )


def zoned(x: float, y: float, regime: str) -> list[dict[str, Any]]:
    """A protection zone around a place that nobody else may learn from it."""
    ring = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    return [{"_id": "zonerw", "zone": "protection_zone", "outline": outline, "regime": {"kk": {"text": regime}}}]


def _keep_hidden(scene: Scene, label: str, record: Record, allowed: frozenset[str]) -> None:
    record.refresh_from_db()
    scene.hidden[label] = record
    scene.secret(f"{label}: id", str(record.id), allowed)
    if record.pid:
        scene.secret(f"{label}: pid", record.pid, allowed)
    for header in Entry.objects.filter(thing=record.id).values_list("header", flat=True):
        body = header.partition('"body":"')[2][:64]
        scene.secret(f"{label}: digest", body, allowed)


def _hidden_records(scene: Scene) -> None:
    cast = scene.cast
    for label, text, state, allowed in (
        ("draft", "zqxdraft", "draft", MUSEUM),
        ("review", "zqxreview", "review", COUNTRY),
    ):
        scene.secret(label, text, allowed)
        data = named(text)
        record = actions.create(cast.aigerim, "heritage_object", data, owner=cast.museum, submit=state == "review")
        _keep_hidden(scene, label, record, allowed)
    narrowed = _published(scene, _placed(scene, named(scene.secret("narrowed", "zqxnarrow", COUNTRY))))
    actions.narrow(cast.aigerim, Record, narrowed.id, ["national:KZ"], reason="zqxnarrowreason")
    scene.secret("narrowed: reason", "zqxnarrowreason", COUNTRY)
    _keep_hidden(scene, "narrowed", narrowed, COUNTRY)
    withdrawn = _published(scene, named(scene.secret("withdrawn", "zqxwithdrawn", MUSEUM)))
    actions.withdraw(cast.aigerim, Record, withdrawn.id, reason="zqxwithdrawreason")
    scene.secret("withdrawn: reason", "zqxwithdrawreason", MUSEUM)
    erased = _published(scene, named(scene.secret("erased", "zqxerased", frozenset())))
    actions.confirm(cast.bolat, actions.request_erasure(cast.aigerim, Record, erased.id, reason="өтініш").id)
    to_public = [{"_id": "relrow", "part_of": {"to": str(scene.public[0].id)}}]
    linker = _published(scene, named(scene.secret("linker", "zqxlinker", COUNTRY)) | {"related": to_public})
    actions.narrow(cast.aigerim, Record, linker.id, ["national:KZ"], reason="қазба")
    _keep_hidden(scene, "linker", linker, COUNTRY)
    pointing = cast.monument(
        related=[{"_id": "relrow", "see_also": {"to": str(narrowed.id)}}], place=None, ownership=None
    )
    scene.public.append(pointing)


def _placed(scene: Scene, data: dict[str, Any]) -> dict[str, Any]:
    """With a place, a zone and a date that nothing else has: for maps, areas, distances and the ends of periods."""
    for number in ("69.314159", "43.271828", "69.3141", "43.2718"):
        scene.secret("narrowed: place", number, COUNTRY)
    point = {"geometry": {"type": "Point", "coordinates": [69.314159, 43.271828]}, "precision": "exact"}
    zones = zoned(69.314159, 43.271828, scene.secret("narrowed: zone", "zqxhiddenzone", COUNTRY))
    scene.secret("narrowed: century", "4815200", COUNTRY)
    dating = [{"_id": "dating", "date": {"edtf": "Y-4815162"}}]
    return data | {"place": point, "zones": zones, "dating": dating}


def _published(scene: Scene, data: dict[str, Any]) -> Record:
    cast = scene.cast
    record = actions.create(cast.aigerim, "heritage_object", data, owner=cast.museum, submit=True)
    return actions.publish(cast.dana, record.id)


def _closed_parts(scene: Scene) -> None:
    cast = scene.cast
    owner = scene.secret("owner", "zqxowner", REGION)
    finds = scene.secret("depository", "zqxfinds", REGION)
    for number in ("68.277313", "42.853197", "68.2773", "42.8531", "42.8532"):
        scene.secret("exact place", number, REGION)
    point = {"geometry": {"type": "Point", "coordinates": [68.277313, 42.853197]}, "precision": "10km"}
    scene.public.append(
        cast.monument(
            place=point,
            ownership=[{"_id": "ownrow", "owner": {"name": owner}}],
            finds=finds,
            zones=zoned(68.277313, 42.853197, scene.secret("closed zone", "zqxzone", REGION)),
        )
    )
    phone = scene.secret("contact", "+77017654321", frozenset(PEOPLE))
    museum = access.get(cast.aigerim, cast.museum)
    data = {**museum.data, "contacts": [{"_id": "ctrow2", "contact": phone}]}
    scene.public.append(actions.revise(cast.aigerim, cast.museum, data, base_revision=museum.record.revision))
    name = scene.secret("person", "zqxperson", MUSEUM)
    person = {"names": [{"_id": "nmrow2", "name": {"text": name, "lang": "kk"}}], "country": "KZ"}
    record = actions.create(cast.aigerim, "person", person, owner=cast.museum, submit=True)
    record = actions.publish(cast.aigerim, record.id)
    actions.narrow(cast.aigerim, Record, record.id, [], part="name", reason="сұрады")
    scene.public.append(record)


def _past(scene: Scene) -> None:
    cast = scene.cast
    for number in ("68.264178", "42.847319", "68.2641", "42.8473"):
        scene.secret("place of an old revision", number, REGION)
    point = {"geometry": {"type": "Point", "coordinates": [68.264178, 42.847319]}, "precision": "exact"}
    record = cast.monument(place=point, ownership=None)
    data = access.get(cast.aigerim, record.id).data
    data["place"]["precision"] = "10km"
    changed = actions.revise(cast.aigerim, record.id, data, base_revision=record.revision)
    data["summary"] = {"ru": {"text": scene.secret("erased revision", "zqxgone", frozenset())}}
    bad = actions.revise(cast.aigerim, record.id, data, base_revision=changed.revision)
    data["summary"] = {"ru": {"text": "Исправлено."}}
    actions.revise(cast.aigerim, record.id, data, base_revision=bad.revision)
    request = actions.request_erasure(cast.aigerim, Record, record.id, revisions=[bad.revision], reason="өтініш")
    actions.confirm(cast.bolat, request.id)
    record.refresh_from_db()
    scene.public.append(record)
    twin = cast.monument(place=None, ownership=None)
    actions.merge(cast.aigerim, twin.id, scene.hidden["narrowed"].id, reason="қайталау")
    scene.public.append(twin)


def _damage(scene: Scene) -> None:
    cast, record = scene.cast, scene.public[0]
    words = scene.secret("alert", "zqxalert", REGION)
    place, email = scene.secret("alert: place", "zqxgate", REGION), "zqxwitness@example.org"
    scene.secret("alert: sender", email, frozenset())
    told = alerts.Told(words, "kk", place=place, email=email)
    alert, secret = alerts.report(record, told, "")
    scene.secret("alert: secret", secret, frozenset())
    begun = inspecting.inspect(cast.yerlan, record.id, alert.id)
    visit = {"date": begun.created.date(), "who": "Инспектор", "findings": scene.secret("visit", "zqxvisit", REGION)}
    inspecting.write_step(cast.yerlan, begun.id, "visit", visit, base_revision=1)
    hidden, _secret = alerts.report(scene.hidden["narrowed"], alerts.Told("zqxburied", "kk"), "")
    scene.secret("alert of what is hidden", "zqxburied", COUNTRY)
    scene.cases = [alert.id, begun.id, hidden.id]
    for id_, allowed in ((alert.id, REGION), (begun.id, REGION), (hidden.id, COUNTRY)):
        scene.secret(f"case: {id_}", str(id_), allowed)


def _files(scene: Scene) -> None:
    """A file of all that Aigerim finds: full of secrets, and hers alone."""
    asked = exports.ask(scene.cast.users["aigerim"], scene.cast.aigerim, "csv", "", "http://testserver")
    at_work = worker()
    while not exports.one(asked.user, asked.id).until:
        at_work()
    scene.export = asked.id
    scene.secret("export: id", str(asked.id), frozenset({"aigerim"}))


def _import(scene: Scene) -> None:
    """A file of Aigerim with a row like a record that is hidden from others, and a profile of her museum."""
    twin = scene.hidden["draft"]
    name = twin.title["kk"]
    words = {label: scene.secret(f"import: {label}", f"zqximport{label}", frozenset({"aigerim"})) for label in "abc"}
    lines = f"Nr,Атауы,Аудан,{words['a']}\n1,{name},{twin.data['admin_unit']},x\n2,{words['b']},nowhere,{words['c']}\n"
    file, user = io.BytesIO(lines.encode()), scene.cast.users["aigerim"]
    job = jobs.bring(user, scene.cast.aigerim, file, "list.csv", len(lines), "heritage_object", scene.cast.museum)
    jobs.map_(job, Mapping.parse(job.mapping), "draft")
    at_work = Importing()
    while jobs.one(user, job.id).state != "checked":
        at_work()
    assert job.twins.get().record == twin.id
    called = scene.secret("profile", "zqxprofile", MUSEUM)
    profile = jobs.keep(scene.cast.aigerim, scene.cast.museum, "heritage_object", called, job.mapping)
    scene.imports, scene.twin = [job.id, profile.id], twin.id
    scene.secret("import: id", str(job.id), frozenset({"aigerim"}))
    scene.secret("profile: id", str(profile.id), MUSEUM)


def _saved(scene: Scene) -> None:
    """A search of Aigerim under a name of hers."""
    name, words = (scene.secret(f"saved search: {what}", f"zqxsaved{what}", SELF) for what in ("name", "words"))
    scene.saved = saving.save(scene.cast.users["aigerim"], name, f"q={words}").id
    scene.secret("saved search: id", str(scene.saved), SELF)


def _between_people(scene: Scene) -> None:
    cast, record = scene.cast, scene.public[0]
    view = access.get(cast.leyla, record.id)
    both = MUSEUM | {"leyla"}
    data = {**view.data, "summary": {"az": {"text": scene.secret("proposal", "zqxproposal", both)}}}
    reason = scene.secret("proposal: reason", "zqxwhy", both)
    scene.proposal = actions.propose(cast.leyla, record.id, data, base_revision=view.record.revision, reason=reason)
    scene.secret("proposal: id", str(scene.proposal.id), both)
    why = scene.secret("request: reason", "zqxrequest", MUSEUM)
    scene.request = actions.request_widening(cast.aigerim, record.id, "place", ["professional"], reason=why)
    scene.secret("request: id", str(scene.request.id), MUSEUM)
    until = timezone.now() + timedelta(days=3)
    holder = f"actor:{cast.timur.id}"
    why = scene.secret("grant: reason", "zqxgrant", MUSEUM | {"timur"})
    scene.grant = actions.grant(cast.aigerim, record.id, holder, until, reason=why).id
    experts = frozenset(PEOPLE) - {"sasha"}
    label = {"kk": scene.secret("proposed label", "zqxlabel", experts)}
    why = scene.secret("proposed label: reason", "zqxtermwhy", experts)
    vocabulary = terms.vocabularies()[0]
    code = terms.terms(vocabulary)[0].code
    scene.term_proposal = labels.propose(cast.timur, vocabulary, code, label, reason=why).id
    assert User.objects.count() == len(PEOPLE)
