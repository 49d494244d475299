"""Early looks at the plan and success stories of the demonstration town."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from koopkracht.demo.town import content
from koopkracht.knowledge import api as knowledge
from koopkracht.knowledge.types import Audience, StoryInput, StoryState
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.strategy.api import screening
from koopkracht.strategy.types.screening import RoleOfSocialEconomy


def load(*, people: Mapping[str, Actor], say: Callable[[str], None]) -> None:
    """Ask for and answer early looks, note talks, and publish a story that everybody agreed to."""
    say("De vroege blik op geplande aankopen en de verhalen worden aangevuld")
    officer, buyer = people["social-economy-officer"], people["buyer"]
    lines = {line.title: line.id for line in screening.plan(organisation_id=officer.organisation_id)}
    for look in content("stories")["looks"]:
        purchase = lines[look["purchase"]]
        if look.get("asked", True):
            screening.ask_screening(actor=buyer, purchase_id=purchase)
        if "answer" in look:
            screening.answer_screening(
                actor=officer,
                purchase_id=purchase,
                answer=RoleOfSocialEconomy(look["answer"]),
                reason=look["reason"],
            )
        for talk in look.get("talks", ()):
            day = clock.today() - dt.timedelta(days=talk["days_ago"])
            screening.note_talk(
                actor=officer, purchase_id=purchase, on=day, contact=talk["contact"], result=talk["result"]
            )
    for row in content("stories")["stories"]:
        _story(officer, row)


def _story(actor: Actor, row: Mapping[str, object]) -> None:
    parties = tuple(str(party) for party in row.get("parties", ()))  # type: ignore[attr-defined]
    story = knowledge.write_story(
        actor=actor,
        story=StoryInput(
            title=str(row["title"]),
            text=str(row["text"]),
            figures=str(row.get("figures", "")),
            product_group=str(row.get("group", "")),
            audience=Audience(str(row["audience"])),
            channels=("intranet", "infoblad"),
            parties=parties,
        ),
    )
    if not row.get("published"):
        return
    for consent in knowledge.story(actor=actor, story_id=story).consents:
        knowledge.note_consent(actor=actor, story_id=story, consent_id=consent.id, how="Bevestigd per mail")
    knowledge.move_story(actor=actor, story_id=story, to=StoryState.PUBLISHED)
