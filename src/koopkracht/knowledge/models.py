"""Success stories, and the consent of everybody who is named in one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.knowledge.types import Audience, StoryState
from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned

STATE_LABELS = {
    StoryState.DRAFT: _("Ontwerp"),
    StoryState.CONSENT_ASKED: _("Toestemming gevraagd"),
    StoryState.PUBLISHED: _("Gepubliceerd"),
    StoryState.WITHDRAWN: _("Ingetrokken"),
}
AUDIENCE_LABELS = {Audience.INTERNAL: _("Eigen organisatie"), Audience.PUBLIC: _("Iedereen")}


class Story(OrganisationOwned):
    """A success story of an organisation."""

    title = models.CharField(_("titel"), max_length=160)
    text = models.TextField(_("verhaal"))
    figures = models.TextField(_("cijfers"), blank=True)
    product_group = models.CharField(_("productgroep"), max_length=40, blank=True)
    audience = models.CharField(
        _("voor wie"), max_length=10, choices=[(code.value, label) for code, label in AUDIENCE_LABELS.items()]
    )
    channels = models.JSONField(_("kanalen"), default=list, blank=True)
    state = models.CharField(
        _("stand"),
        max_length=16,
        choices=[(code.value, label) for code, label in STATE_LABELS.items()],
        default=StoryState.DRAFT.value,
    )
    published_on = models.DateField(_("gepubliceerd op"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    written_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "state", "-published_on", "id"], name="knowledge_story_state"),
            # Published stories for everybody are read across organisations: that is what they are for.
            models.Index(fields=["audience", "state", "-published_on", "id"], name="knowledge_story_public"),
        )

    def __str__(self) -> str:
        return self.title


class Consent(OrganisationOwned):
    """Whether a party that is named in a story agreed to its publication."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+", db_index=False)
    party = models.CharField(_("wie"), max_length=120)
    given_on = models.DateField(_("toestemming op"), null=True, blank=True)
    how = models.CharField(_("hoe gegeven"), max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "story", "party"],
                name="knowledge_consent_once",
                violation_error_message=_("Deze naam staat al bij het verhaal."),
                violation_error_code="consent-exists",
            ),
        )

    def __str__(self) -> str:
        return self.party
