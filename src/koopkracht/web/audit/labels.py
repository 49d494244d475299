"""Dutch words for what the log holds; an action without words here is shown by its code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from koopkracht.audit.types import Finding

ACTIONS = {
    "invitation.accepted": _("Uitnodiging aanvaard"),
    "invitation.revoked": _("Uitnodiging ingetrokken"),
    "invitation.sent": _("Uitnodiging verstuurd"),
    "organisation.created": _("Organisatie gemaakt"),
    "organisation.linked": _("Verband tussen organisaties gelegd"),
    "password.changed": _("Wachtwoord gewijzigd"),
    "person.created": _("Account gemaakt"),
    "person.renamed": _("Naam gewijzigd"),
    "role.ended": _("Rol beëindigd"),
    "role.granted": _("Rol gegeven"),
    "second-factor.added": _("Tweede stap toegevoegd"),
    "second-factor.removed": _("Tweede stap verwijderd"),
    "second-factor.renewed": _("Herstelcodes vernieuwd"),
    "session.ended": _("Afgemeld op een toestel"),
    "signed-link.created": _("Link gemaakt"),
    "signed-link.revoked": _("Link ingetrokken"),
    "signed-link.used": _("Link gebruikt"),
}
SUBJECTS = {
    "invitation": _("Uitnodiging"),
    "organisation": _("Organisatie"),
    "person": _("Persoon"),
    "signed-link": _("Link"),
}
FINDINGS = {
    Finding.CHANGED: _("De inhoud van deze gebeurtenis is gewijzigd."),
    Finding.MISSING: _("Hier ontbreken gebeurtenissen."),
    Finding.DUPLICATE: _("Dit nummer komt twee keer voor."),
    Finding.BROKEN_LINK: _("Een van deze gebeurtenissen is vervangen of ertussen gezet."),
    Finding.CUT: _("Het einde van het logboek is weggeknipt."),
    Finding.HEAD_DIFFERS: _("Het einde klopt niet met de laatst bekende stand."),
    Finding.HEAD_MISSING: _("De laatst bekende stand is verwijderd."),
    Finding.ANCHOR_CUT: _("Volgens het ankerbestand is het einde weggeknipt."),
    Finding.ANCHOR_REWRITTEN: _("Volgens het ankerbestand is de geschiedenis herschreven."),
    Finding.ANCHOR_FILE_CHANGED: _("Het ankerbestand zelf is gewijzigd."),
}


def action_text(code: str) -> str:
    """Return what happened, in words."""
    return str(ACTIONS.get(code, code))


def subject_text(code: str) -> str:
    """Return what it happened to, in words."""
    return str(SUBJECTS.get(code, code))
