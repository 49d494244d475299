"""Talking with the market: talks and sessions, what was told to whom, needs, contacts and obstacles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.market.models.suppliers import Supplier
from koopkracht.market.types.dialogues import ContactForm, DialogueKind, DialogueState, PartyRole, Reply
from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned

KIND_LABELS = {
    DialogueKind.INTERVIEW: _("Diepgaand gesprek"),
    DialogueKind.GROUP: _("Groepsgesprek"),
    DialogueKind.SESSION: _("Infomoment"),
}
STATE_LABELS = {
    DialogueState.PLANNED: _("Gepland"),
    DialogueState.HELD: _("Gehouden"),
    DialogueState.CANCELLED: _("Afgelast"),
}
ROLE_LABELS = {
    PartyRole.COMPANY: _("Onderneming"),
    PartyRole.SOCIAL_ENTERPRISE: _("Sociale onderneming"),
    PartyRole.SUPPORT: _("Begeleidingsorganisatie"),
    PartyRole.AUTHORITY: _("Overheid"),
}
REPLY_LABELS = {Reply.OPEN: _("Nog geen antwoord"), Reply.YES: _("Komt"), Reply.NO: _("Komt niet")}
FORM_LABELS = {
    ContactForm.TALK: _("Gesprek"),
    ContactForm.SURVEY: _("Bevraging"),
    ContactForm.SESSION: _("Infomoment"),
    ContactForm.VISIT: _("Bezoek ter plaatse"),
    ContactForm.MESSAGE: _("Bericht of telefoon"),
}


def _choices(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(code), label) for code, label in labels.items()]


class MarketDialogue(OrganisationOwned):
    """A talk with the market: planned, then reported with three outputs."""

    kind = models.CharField(_("vorm"), max_length=20, choices=_choices(KIND_LABELS))
    title = models.CharField(_("titel"), max_length=200)
    product_group = models.CharField(_("productgroep"), max_length=40, blank=True)
    date = models.DateField(_("datum"))
    place = models.CharField(_("plaats"), max_length=200, blank=True)
    participants = models.TextField(_("met wie"), blank=True)
    purpose = models.TextField(_("waarom"), blank=True)
    part_one = models.TextField(_("eerste deel"), blank=True)
    part_two = models.TextField(_("tweede deel"), blank=True)
    purchase_id = models.BigIntegerField(_("geplande aankoop"), null=True, blank=True)
    meeting_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(
        _("stand"), max_length=10, choices=_choices(STATE_LABELS), default=DialogueState.PLANNED.value
    )
    approach = models.TextField(_("beste aanpak"), blank=True)
    lot_tasks = models.TextField(_("taken voor een perceel sociale economie"), blank=True)
    tactic = models.TextField(_("aankooptactiek"), blank=True)
    notes = models.TextField(_("verslag"), blank=True)
    present = models.PositiveIntegerField(_("aanwezigen"), null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-date", "id"], name="market_dialogue_date"),
            models.Index(fields=["organisation", "product_group", "-date", "id"], name="market_dialogue_group"),
        )


class SessionParty(OrganisationOwned):
    """A party that is invited to a session, with its answer, its attendance and its short presentation."""

    dialogue = models.ForeignKey(MarketDialogue, on_delete=models.CASCADE, related_name="parties")
    name = models.CharField(_("naam"), max_length=200)
    role = models.CharField(_("als"), max_length=20, choices=_choices(ROLE_LABELS))
    supplier = models.ForeignKey(Supplier, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    contact_function = models.CharField(_("functie"), max_length=120, blank=True)
    reply = models.CharField(_("antwoord"), max_length=5, choices=_choices(REPLY_LABELS), default=Reply.OPEN.value)
    people = models.PositiveIntegerField(_("aanwezig"), null=True, blank=True)
    pitch = models.TextField(_("voorstelling"), blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "dialogue", "name"], name="market_session_party_once"),
        )


class SessionContactRequest(OrganisationOwned):
    """One party asks for contact with another; both must agree."""

    dialogue = models.ForeignKey(MarketDialogue, on_delete=models.CASCADE, related_name="requests")
    asker = models.ForeignKey(SessionParty, on_delete=models.CASCADE, related_name="+")
    asked = models.ForeignKey(SessionParty, on_delete=models.CASCADE, related_name="+")
    message = models.CharField(_("vraag"), max_length=500, blank=True)
    asked_on = models.DateField(_("gevraagd op"))
    agreed_on = models.DateField(null=True, blank=True)
    declined_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "dialogue", "asker", "asked"], name="market_contact_request_once"
            ),
        )


class InformationGiven(OrganisationOwned):
    """What was told to one market party, and when everybody could read the same."""

    product_group = models.CharField(_("productgroep"), max_length=40, blank=True)
    dialogue = models.ForeignKey(MarketDialogue, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    party = models.CharField(_("aan wie"), max_length=200)
    content = models.TextField(_("wat"))
    given_on = models.DateField(_("wanneer"))
    channel = models.CharField(_("kanaal"), max_length=40)
    published_on = models.DateField(_("voor iedereen sinds"), null=True, blank=True)
    published_channel = models.CharField(_("kanaal voor iedereen"), max_length=40, blank=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "-given_on", "id"], name="market_information"),)


class AnnouncedNeed(OrganisationOwned):
    """A need that the market hears of long before a tender."""

    title = models.CharField(_("titel"), max_length=200)
    product_group = models.CharField(_("productgroep"), max_length=40, blank=True)
    description = models.TextField(_("wat is er nodig"))
    expected_start = models.DateField(_("verwachte start"), null=True, blank=True)
    announced_on = models.DateField(_("bekendgemaakt op"))
    channel = models.CharField(_("kanaal"), max_length=40)
    reactions_until = models.DateField(_("reacties tot"), null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "-announced_on", "id"], name="market_need"),)


class ReactionToNeed(OrganisationOwned):
    """How a market party reacted to an announced need."""

    need = models.ForeignKey(AnnouncedNeed, on_delete=models.CASCADE, related_name="reactions")
    party = models.CharField(_("van wie"), max_length=200)
    content = models.TextField(_("reactie"))
    received_on = models.DateField(_("ontvangen op"))

    class Meta:
        indexes = (models.Index(fields=["organisation", "need", "received_on", "id"], name="market_need_reaction"),)


class MarketContact(OrganisationOwned):
    """A contact with a party outside, with a function instead of a person's name."""

    supplier = models.ForeignKey(Supplier, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    party = models.CharField(_("met wie"), max_length=200)
    contact_function = models.CharField(_("functie"), max_length=120, blank=True)
    form = models.CharField(_("vorm"), max_length=10, choices=_choices(FORM_LABELS))
    product_group = models.CharField(_("productgroep"), max_length=40, blank=True)
    content = models.TextField(_("waarover"))
    follow_up = models.CharField(_("afspraak"), max_length=500, blank=True)
    held_on = models.DateField(_("datum"))

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-held_on", "id"], name="market_contact_date"),
            models.Index(fields=["organisation", "supplier", "-held_on", "id"], name="market_contact_supplier"),
        )


class MarketObstacle(OrganisationOwned):
    """A rule, demand or protocol that seems to stand in the way of a good solution, with what is done about it."""

    title = models.CharField(_("wat staat in de weg"), max_length=200)
    product_group = models.CharField(_("productgroep"), max_length=40, blank=True)
    why = models.TextField(_("waarom"))
    raised_by = models.CharField(_("gemeld door"), max_length=200)
    raised_on = models.DateField(_("gemeld op"))
    follow_up = models.CharField(_("opvolging"), max_length=500, blank=True)
    resolved_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(_("uitkomst"), max_length=500, blank=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "-raised_on", "id"], name="market_obstacle"),)
