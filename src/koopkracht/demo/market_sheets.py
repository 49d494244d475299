"""What the demonstration town knows of its market: sheets, talks, a session, references and ratings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from koopkracht.demo.town import content
from koopkracht.market import api as market
from koopkracht.market.api import dialogues, directory, sheets
from koopkracht.market.types.dialogues import (
    Contact,
    ContactForm,
    DialogueInput,
    DialogueKind,
    DialogueReport,
    Information,
    Need,
    NeedReaction,
    Obstacle,
    Party,
    PartyRole,
    Reply,
)
from koopkracht.market.types.directory import (
    ClientKind,
    ContractForm,
    EnterpriseEdit,
    Pioneer,
    Rating,
    Reference,
    TurnoverShare,
)
from koopkracht.market.types.sheets import Answer, SheetInput
from koopkracht.market.types.suppliers import SocialEnterpriseView
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.listing import ListQuery

TOLD_BY = "onderneming"


def load(*, people: Mapping[str, Actor], say: Callable[[str], None]) -> None:
    """Fill the town's market from ``content/demo/market_sheets.yaml``; loading twice changes nothing more."""
    described = content("market_sheets")
    buyer, officer = people["buyer"], people["social-economy-officer"]
    say("Marktfiches worden ingevuld")
    for row in described["sheets"]:
        _sheet(buyer, row)
    say("Gesprekken met de markt worden verteld")
    for row in described["dialogues"]:
        _dialogue(officer, row)
    _session(officer, described["session"])
    coming = described["coming"]
    dialogues.plan_dialogue(actor=officer, dialogue=_plan(coming, _day(-coming["in_days"])))
    for row in described["needs"]:
        _need(buyer, row)
    for row in described["obstacles"]:
        _obstacle(officer, row)
    say("Fiches van sociale ondernemingen worden aangevuld")
    entries = market.list_social_enterprises(actor=officer, query=ListQuery(limit=1000)).rows
    known = {entry.name: entry for entry in entries}
    for row in described["enterprises"]:
        if row["name"] in known:
            _enterprise(officer, known[row["name"]], row)
    for row in described["contacts"]:
        dialogues.log_contact(actor=officer, contact=_contact(row, row["party"]))


def _day(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def _sheet(actor: Actor, row: Mapping[str, Any]) -> None:
    code, day = row["group"], _day(row["days"])
    before = sheets.sheet(organisation_id=actor.organisation_id, product_group=code)
    if before.version:
        return
    answers = {key: Answer(text, "rondvraag van de aankoopdienst", day) for key, text in row["answers"].items()}
    first = SheetInput(answers=dict(list(answers.items())[:1]), remark="Eerste ronde")
    number = sheets.save_sheet(actor=actor, product_group=code, sheet=first)
    # What was told long ago stays dated as it was told: profile and findings would make the sheet look new.
    old = row["days"] > 365
    full = SheetInput(
        answers=answers,
        readiness=row.get("readiness", {}),
        profile={} if old else row.get("profile", {}),
        findings="" if old else row.get("findings", ""),
        remark="Aangevuld na gesprekken",
        based_on=number,
    )
    sheets.save_sheet(actor=actor, product_group=code, sheet=full)
    for text in row.get("conclusions", ()):
        sheets.add_conclusion(actor=actor, product_group=code, text=text, source="Marktfiche", as_of=day)
    for origin in row.get("adopt", ()):
        sheets.adopt_conclusion(actor=actor, product_group=code, origin=origin)


def _plan(row: Mapping[str, Any], day: dt.date) -> DialogueInput:
    return DialogueInput(
        kind=DialogueKind(row.get("kind", DialogueKind.SESSION.value)),
        title=row["title"],
        product_group=row["group"],
        date=day,
        place=row["place"],
        participants=row["participants"],
        purpose=row["purpose"],
        part_one=row.get("part_one", ""),
        part_two=row.get("part_two", ""),
    )


def _told(actor: Actor, row: Mapping[str, Any]) -> int | None:
    """Plan and report a talk; ``None`` when the town has it already."""
    found = dialogues.list_dialogues(organisation_id=actor.organisation_id, query=ListQuery(limit=500)).rows
    if any(one.plan.title == row["title"] for one in found):
        return None
    key = dialogues.plan_dialogue(actor=actor, dialogue=_plan(row, _day(row["days"])))
    dialogues.report_dialogue(actor=actor, dialogue_id=key, report=DialogueReport(**row["report"]))
    return key


def _dialogue(actor: Actor, row: Mapping[str, Any]) -> None:
    key = _told(actor, row)
    if key is None:
        return
    day = _day(row["days"])
    for told in row["information"]:
        number = dialogues.log_information(
            actor=actor,
            information=Information(row["group"], told["party"], told["content"], day, told["channel"], key),
        )
        if told.get("published"):
            on = min(day + dt.timedelta(days=2), clock.today())
            dialogues.publish_information(actor=actor, information_id=number, channel=told["published"], on=on)


def _session(actor: Actor, row: Mapping[str, Any]) -> None:
    key = _told(actor, row)
    if key is None:
        return
    parties = {}
    for one in row["parties"]:
        party = Party(
            one["name"],
            PartyRole(one["role"]),
            contact_function=one["function"],
            reply=Reply.YES,
            people=one["people"],
            pitch=one.get("pitch", ""),
        )
        parties[one["name"]] = dialogues.put_party(actor=actor, dialogue_id=key, party=party)
    for one in row["requests"]:
        number = dialogues.request_contact(
            actor=actor,
            dialogue_id=key,
            asker_id=parties[one["asker"]],
            asked_id=parties[one["asked"]],
            message=one["message"],
        )
        if "agrees" in one:
            dialogues.answer_contact(actor=actor, request_id=number, agrees=one["agrees"])


def _need(actor: Actor, row: Mapping[str, Any]) -> None:
    need = Need(row["title"], row["group"], row["description"], _day(-150), _day(row["days"]), row["channel"])
    key = dialogues.announce_need(actor=actor, need=need)
    for one in row["reactions"]:
        reaction = NeedReaction(one["party"], one["content"], _day(one["days"]))
        dialogues.record_reaction(actor=actor, need_id=key, reaction=reaction)


def _obstacle(actor: Actor, row: Mapping[str, Any]) -> None:
    obstacle = Obstacle(
        row["title"], row["group"], row["why"], row["raised_by"], _day(row["days"]), follow_up=row["follow_up"]
    )
    key = dialogues.log_obstacle(actor=actor, obstacle=obstacle)
    if row.get("outcome"):
        dialogues.resolve_obstacle(actor=actor, obstacle_id=key, outcome=row["outcome"], on=_day(row["days"] - 20))


def _contact(row: Mapping[str, Any], party: str, supplier_id: int | None = None) -> Contact:
    return Contact(
        party,
        row["function"],
        ContactForm(row["form"]),
        row["content"],
        _day(row["days"]),
        follow_up=row["follow_up"],
        supplier_id=supplier_id,
    )


def _enterprise(actor: Actor, entry: SocialEnterpriseView, row: Mapping[str, Any]) -> None:
    where: dict[str, Any] = {"actor": actor, "supplier_id": entry.supplier_id}
    if row["groups"]:
        directory.put_enterprise(**where, edit=_edit(entry, row))
    for one in row.get("references", ()):
        directory.add_reference(
            **where,
            reference=Reference(
                one["client"], one["subject"], ContractForm(one["form"]), one["from"], one.get("until"), TOLD_BY
            ),
        )
    for client, share in row.get("turnover", {}).items():
        turnover = TurnoverShare(ClientKind(client), Decimal(share), TOLD_BY, _day(100))
        directory.put_turnover(**where, turnover=turnover)
    for one in row.get("ratings", ()):
        rating = Rating(
            one["group"],
            one["price"],
            one["quality"],
            one["remark"],
            one["department"],
            one["shared"],
            _day(one["days"]),
        )
        directory.rate(**where, rating=rating)
    if "pioneer" in row:
        tag = Pioneer(row["pioneer"]["domain"], row["pioneer"]["evidence"], "bezoek en gesprek", _day(75))
        directory.tag_pioneer(**where, pioneer=tag)
    if "contact" in row:
        contact = replace(_contact(row["contact"], entry.name), supplier_id=entry.supplier_id)
        dialogues.log_contact(actor=actor, contact=contact)


def _edit(entry: SocialEnterpriseView, row: Mapping[str, Any]) -> EnterpriseEdit:
    return EnterpriseEdit(
        name=entry.name,
        identifier=entry.kbo,
        municipality=entry.municipality,
        region=entry.region,
        recognitions=entry.recognitions,
        activities=entry.activities,
        product_groups=tuple(row["groups"]),
        cpv_codes=entry.cpv_codes,
        capacity=entry.capacity,
        website=entry.website,
        certificates=row.get("certificates", ""),
        equipment=row.get("equipment", ""),
        target_share=Decimal(row["share"]),
        target_share_date=_day(100),
        target_share_evidence="attest van de onderneming",
        promoted=row.get("promoted", False),
        source="gesprek met de onderneming",
        source_date=_day(100),
    )
