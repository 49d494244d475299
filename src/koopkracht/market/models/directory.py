"""What an organisation knows of social enterprises beyond the entry of a register, and pioneers among suppliers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.market.models.suppliers import Supplier
from koopkracht.market.types.directory import ClientKind, ContractForm
from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned

FORM_LABELS = {
    ContractForm.SINGLE: _("Eenmalige opdracht"),
    ContractForm.YEARLY: _("Jaarcontract"),
    ContractForm.FRAMEWORK: _("Raamovereenkomst"),
    ContractForm.RESERVED: _("Voorbehouden opdracht"),
    ContractForm.SUBCONTRACT: _("Onderaanneming"),
    ContractForm.OTHER: _("Andere vorm"),
}
CLIENT_LABELS = {
    ClientKind.LOCAL: _("Lokale besturen"),
    ClientKind.PUBLIC: _("Andere overheidsinstellingen"),
    ClientKind.PRIVATE: _("Bedrijven en particulieren"),
}


class EnterpriseProfile(OrganisationOwned):
    """What people added to the entry of a social enterprise; a new file of a register leaves it alone."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="+")
    certificates = models.TextField(_("certificaten"), blank=True)
    equipment = models.TextField(_("machines"), blank=True)
    target_share = models.DecimalField(_("aandeel doelgroep"), max_digits=5, decimal_places=4, null=True, blank=True)
    target_share_date = models.DateField(_("datum van het bewijs"), null=True, blank=True)
    target_share_evidence = models.CharField(_("bewijs"), max_length=200, blank=True)
    promoted = models.BooleanField(_("op de promotielijst"), default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "supplier"], name="market_profile_unique"),)


class EnterpriseReference(OrganisationOwned):
    """A contract as reference: client, subject, form and period."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="+")
    client = models.CharField(_("opdrachtgever"), max_length=200)
    subject = models.CharField(_("voorwerp"), max_length=300)
    form = models.CharField(
        _("vorm"), max_length=20, choices=[(form.value, label) for form, label in FORM_LABELS.items()]
    )
    valid_from = models.DateField(_("van"), null=True, blank=True)
    valid_until = models.DateField(_("tot"), null=True, blank=True)
    source = models.CharField(_("bron"), max_length=200)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = (models.Index(fields=["organisation", "supplier", "-valid_from", "id"], name="market_reference"),)


class EnterpriseTurnover(OrganisationOwned):
    """The stated share of the turnover that comes from one kind of clients, with date and source."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="+")
    client = models.CharField(
        _("klanten"), max_length=10, choices=[(kind.value, label) for kind, label in CLIENT_LABELS.items()]
    )
    share = models.DecimalField(_("aandeel"), max_digits=5, decimal_places=4)
    source = models.CharField(_("bron"), max_length=200)
    as_of = models.DateField(_("datum"))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "supplier", "client", "as_of"], name="market_turnover_once"
            ),
        )


class EnterpriseRating(OrganisationOwned):
    """How a department experienced price and quality, from 1 to 5."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="+")
    product_group = models.CharField(_("productgroep"), max_length=40, blank=True)
    price = models.PositiveSmallIntegerField(_("prijs"), default=3)
    quality = models.PositiveSmallIntegerField(_("kwaliteit"), default=3)
    remark = models.CharField(_("toelichting"), max_length=1000, blank=True)
    department = models.CharField(_("dienst"), max_length=120, blank=True)
    shared = models.BooleanField(_("mag gedeeld worden"), default=False)
    rated_on = models.DateField(_("datum"))
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(price__gte=1, price__lte=5, quality__gte=1, quality__lte=5),
                name="market_rating_scale",
            ),
        )
        indexes = (models.Index(fields=["organisation", "supplier", "-rated_on", "id"], name="market_rating"),)


class PioneerTag(OrganisationOwned):
    """A supplier that is ahead of its market in one domain, with the evidence."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="+")
    domain = models.CharField(_("domein"), max_length=40)
    evidence = models.TextField(_("bewijs"))
    source = models.CharField(_("bron"), max_length=200)
    as_of = models.DateField(_("datum"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "supplier", "domain"], name="market_pioneer_once"),
        )
