"""Use cases of knowledge: write a success story, note consent, publish, withdraw."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from koopkracht.audit import api as audit
from koopkracht.catalogue import api as catalogue
from koopkracht.knowledge import workflow
from koopkracht.knowledge.errors import ConsentMissing, StoryIncomplete, StoryNotFound
from koopkracht.knowledge.models import Consent, Story
from koopkracht.knowledge.types import StoryInput, StoryState
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor

_EDIT = "story.edit"
_LONGEST = 8_000


def write_story(*, actor: Actor, story: StoryInput, story_id: int | None = None) -> int:
    """Write a story, or change one that is not published, and return its number."""
    actor.require(_EDIT)
    values = _values(story)
    with transaction.atomic():
        if story_id is None:
            row = Story.objects.create(organisation_id=actor.organisation_id, written_by_id=actor.user_id, **values)
        else:
            row = _row(actor, story_id)
            if row.state == StoryState.PUBLISHED.value:
                raise StoryIncomplete(
                    _("Dit verhaal is gepubliceerd. Trek het eerst in; dan kunt u het wijzigen."), field="title"
                )
            changed = {name for name in ("title", "text", "figures", "audience") if getattr(row, name) != values[name]}
            Story.objects.filter(pk=row.pk).update(**values)
            if changed:
                # Who agreed to another text, or to a smaller public, has not agreed to this one.
                Consent.objects.of(actor.organisation_id).filter(story=row).update(given_on=None, how="")
        _put_parties(actor, row.pk, story.parties)
        audit.record(actor=actor, action="story.written", subject="story", subject_key=row.pk)
    return int(row.pk)


def note_consent(*, actor: Actor, story_id: int, consent_id: int, how: str) -> None:
    """Keep that a party agreed, and how that is known."""
    actor.require(_EDIT)
    known = how.strip()
    if not known:
        raise StoryIncomplete(_("Vul in hoe de toestemming gegeven is, bijvoorbeeld: mail van 3 maart."), field="how")
    with transaction.atomic():
        row = _row(actor, story_id)
        found = Consent.objects.of(actor.organisation_id).filter(pk=consent_id, story=row)
        if not found.update(given_on=clock.today(), how=known[:200]):
            raise StoryNotFound(story_id)
        audit.record(actor=actor, action="story.consent-noted", subject="story", subject_key=story_id)


def move_story(*, actor: Actor, story_id: int, to: StoryState) -> None:
    """Ask for consent, publish, withdraw or take up again. Publishing needs the consent of everybody named."""
    actor.require(_EDIT)
    with transaction.atomic():
        row = _row(actor, story_id)
        if row.state == to.value:
            return
        workflow.check(row.state, to)
        if to is StoryState.PUBLISHED:
            _require_consent(actor, row)
        row.state = to.value
        row.published_on = clock.today() if to is StoryState.PUBLISHED else None
        row.save(update_fields=["state", "published_on"])
        audit.record(actor=actor, action="story.moved", subject="story", subject_key=story_id, data={"state": to.value})


def _require_consent(actor: Actor, row: Story) -> None:
    waiting = Consent.objects.of(actor.organisation_id).filter(story=row, given_on__isnull=True).order_by("id")
    names = tuple(waiting.values_list("party", flat=True))
    if names:
        raise ConsentMissing(names)


def _row(actor: Actor, story_id: int) -> Story:
    row: Story | None = Story.objects.of(actor.organisation_id).select_for_update().filter(pk=story_id).first()
    if row is None:
        raise StoryNotFound(story_id)
    return row


def _values(story: StoryInput) -> dict[str, object]:
    if not story.title.strip():
        raise StoryIncomplete(_("Geef het verhaal een titel."), field="title")
    if not story.text.strip():
        raise StoryIncomplete(_("Schrijf het verhaal: wat deed u, en wat leverde het op?"), field="text")
    if max(len(story.text), len(story.figures)) > _LONGEST:
        raise StoryIncomplete(_("Deze tekst is te lang. Houd het bij één bladzijde."), field="text")
    if story.product_group:
        catalogue.product_group(code=story.product_group)
    return {
        "title": story.title.strip()[:160],
        "text": story.text.strip(),
        "figures": story.figures.strip(),
        "product_group": story.product_group,
        "audience": story.audience.value,
        "channels": list(story.channels),
    }


def _put_parties(actor: Actor, story_id: int, parties: tuple[str, ...]) -> None:
    wanted = list(dict.fromkeys(party.strip()[:120] for party in parties if party.strip()))
    known = Consent.objects.of(actor.organisation_id).filter(story_id=story_id)
    known.exclude(party__in=wanted).delete()
    there = set(known.values_list("party", flat=True))
    Consent.objects.bulk_create(
        Consent(organisation_id=actor.organisation_id, story_id=story_id, party=party)
        for party in wanted
        if party not in there
    )
