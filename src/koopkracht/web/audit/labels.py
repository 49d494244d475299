"""Dutch words for what the log holds; a code of an older or newer version without words is shown as it is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from koopkracht.audit.types import Finding

ACTIONS = {
    "artefact.loaded": _("Officiële bestanden geladen"),
    "benchmark.sharing-set": _("Delen van cijfers met andere besturen gewijzigd"),
    "document.stored": _("Document bewaard"),
    "duplicates.proposed": _("Dubbele leveranciers gezocht"),
    "indicator.activated": _("Indicator actief gezet"),
    "indicator.changed": _("Indicator gewijzigd"),
    "indicator.closed": _("Indicator afgesloten"),
    "indicator.created": _("Indicator gemaakt"),
    "indicator.discussed": _("Overleg over een indicator genoteerd"),
    "indicator.measured": _("Waarde van een indicator bewaard"),
    "indicator.removed": _("Indicatoren verwijderd"),
    "indicator.target-set": _("Streefwaarde van een indicator gewijzigd"),
    "invitation.accepted": _("Uitnodiging aanvaard"),
    "invitation.revoked": _("Uitnodiging ingetrokken"),
    "invitation.sent": _("Uitnodiging verstuurd"),
    "invoice.judged-again": _("Factuur opnieuw nagekeken"),
    "invoice.recorded": _("Factuur opgenomen"),
    "invoices.applied": _("Facturen ingeladen"),
    "invoices.matched": _("Facturen aan leveranciers gekoppeld"),
    "notice.registered": _("Aankondiging opgenomen"),
    "notices.applied": _("Aankondigingen ingeladen"),
    "ocds.applied": _("Open contractdata ingeladen"),
    "organisation.created": _("Organisatie gemaakt"),
    "organisation.linked": _("Verband tussen organisaties gelegd"),
    "password.changed": _("Wachtwoord gewijzigd"),
    "person.created": _("Account gemaakt"),
    "person.renamed": _("Naam gewijzigd"),
    "purchasing-plan.impact-set": _("Beoogde impact van een aankoop ingevuld"),
    "purchasing-plan.removed": _("Aankoop uit de planning gehaald"),
    "purchasing-plan.stored": _("Aankopen in de planning gezet"),
    "receipt.received": _("Bestand ontvangen"),
    "receipt.rejected": _("Bestand geweigerd"),
    "register.applied": _("Lijst ingeladen"),
    "role.ended": _("Rol beëindigd"),
    "role.granted": _("Rol gegeven"),
    "rules.evaluation-kept": _("Antwoord van de Wetswijzer bewaard"),
    "screening.answered": _("Vroege blik op een aankoop gegeven"),
    "screening.asked": _("Vroege blik op een aankoop gevraagd"),
    "screening.talk-noted": _("Gesprek over een aankoop genoteerd"),
    "second-factor.added": _("Tweede stap toegevoegd"),
    "second-factor.removed": _("Tweede stap verwijderd"),
    "second-factor.renewed": _("Herstelcodes vernieuwd"),
    "session.ended": _("Afgemeld op een toestel"),
    "signed-link.created": _("Link gemaakt"),
    "signed-link.revoked": _("Link ingetrokken"),
    "signed-link.used": _("Link gebruikt"),
    "social-enterprises.stored": _("Sociale ondernemingen bewaard"),
    "spend.applied": _("Uitgaven ingeladen"),
    "spend.assigned": _("Uitgaven aan een productgroep toegewezen"),
    "spend.assignment-withdrawn": _("Toewijzing van uitgaven ingetrokken"),
    "spend.default-rules-switched": _("Standaardregels aan- of uitgezet"),
    "spend.rule-added": _("Regel voor uitgaven toegevoegd"),
    "spend.rule-changed": _("Regel voor uitgaven gewijzigd"),
    "spend.rule-moved": _("Volgorde van regels gewijzigd"),
    "spend.rule-removed": _("Regel voor uitgaven verwijderd"),
    "spend.undone": _("Ingeladen uitgaven teruggedraaid"),
    "supplier.edited": _("Leverancier gewijzigd"),
    "suppliers.decision-undone": _("Beslissing over dubbele leveranciers teruggedraaid"),
    "suppliers.kept-apart": _("Leveranciers apart gehouden"),
    "suppliers.merged": _("Leveranciers samengevoegd"),
    "suppliers.resolved": _("Leveranciers herkend"),
}
SUBJECTS = {
    "artefact": _("Officieel bestand"),
    "combination": _("Combinatie van uitgaven"),
    "document": _("Document"),
    "duplicate": _("Mogelijk dubbele leverancier"),
    "invitation": _("Uitnodiging"),
    "indicator": _("Indicator"),
    "invoice": _("Factuur"),
    "notice": _("Aankondiging"),
    "organisation": _("Organisatie"),
    "person": _("Persoon"),
    "planned-purchase": _("Geplande aankoop"),
    "product-group": _("Productgroep"),
    "receipt": _("Ingeladen bestand"),
    "rule": _("Regel voor uitgaven"),
    "rules.evaluation": _("Antwoord van de Wetswijzer"),
    "signed-link": _("Link"),
    "social-enterprise": _("Sociale onderneming"),
    "supplier": _("Leverancier"),
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
