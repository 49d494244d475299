"""Suppliers with the names they go by, possible duplicates, and the directory of social enterprises."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.market.types.suppliers import RecognitionKind, SupplierKind, SupplierSize
from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned

KIND_LABELS = {
    SupplierKind.UNKNOWN: _("Onbekend"),
    SupplierKind.ENTERPRISE: _("Onderneming"),
    SupplierKind.SOCIAL_ECONOMY: _("Sociale economie"),
    SupplierKind.GOVERNMENT: _("Overheid"),
    SupplierKind.NON_PROFIT: _("Vereniging (vzw)"),
    SupplierKind.PERSON: _("Natuurlijke persoon"),
}
SIZE_LABELS = {
    SupplierSize.UNKNOWN: _("Onbekend"),
    SupplierSize.MICRO: _("Micro-onderneming"),
    SupplierSize.SMALL: _("Kleine onderneming"),
    SupplierSize.MEDIUM: _("Middelgrote onderneming"),
    SupplierSize.SME: _("Kmo (grootte niet verder bekend)"),
    SupplierSize.LARGE: _("Grote onderneming"),
}
RECOGNITION_LABELS = {
    RecognitionKind.SHELTERED_WORKSHOP: _("Maatwerkbedrijf"),
    RecognitionKind.SHELTERED_DEPARTMENT: _("Maatwerkafdeling"),
    RecognitionKind.INDIVIDUAL_TAILORED_WORK: _("Individueel maatwerk"),
    RecognitionKind.LOCAL_SERVICES: _("Lokale diensteneconomie"),
    RecognitionKind.WORK_CARE: _("Arbeidszorg"),
    RecognitionKind.SOCIAL_ENTERPRISE: _("Erkende sociale onderneming"),
    RecognitionKind.COOPERATIVE: _("Coöperatie"),
    RecognitionKind.OTHER: _("Andere sociale economie"),
}


class Supplier(OrganisationOwned):
    """A party that an organisation buys from, or could buy from.

    A merge does not move anything: ``merged_into`` points at the supplier that now speaks for both, and readers
    translate with ``api.canonical_ids``. That is why a merge can be undone at any time.
    """

    name = models.CharField(_("naam"), max_length=300)
    search_name = models.CharField(max_length=300, editable=False)
    kbo = models.CharField(_("ondernemingsnummer"), max_length=10, blank=True)
    vat = models.CharField(_("btw-nummer"), max_length=20, blank=True)
    country = models.CharField(_("land"), max_length=2, blank=True)
    kind = models.CharField(
        _("soort"),
        max_length=20,
        choices=[(kind.value, label) for kind, label in KIND_LABELS.items()],
        default=SupplierKind.UNKNOWN.value,
    )
    kind_source = models.CharField(_("bron van de soort"), max_length=200, blank=True)
    kind_as_of = models.DateField(_("datum van de soort"), null=True, blank=True)
    size = models.CharField(
        _("grootte"),
        max_length=10,
        choices=[(size.value, label) for size, label in SIZE_LABELS.items()],
        default=SupplierSize.UNKNOWN.value,
    )
    size_source = models.CharField(_("bron van de grootte"), max_length=200, blank=True)
    size_as_of = models.DateField(_("datum van de grootte"), null=True, blank=True)
    municipality = models.CharField(_("gemeente"), max_length=120, blank=True)
    postal_code = models.CharField(_("postcode"), max_length=10, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "kbo"],
                condition=~models.Q(kbo=""),
                name="market_supplier_kbo_unique",
                violation_error_message=_("Er is al een leverancier met dit ondernemingsnummer."),
                violation_error_code="supplier-kbo-exists",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="market_supplier_not_merged_into_itself",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "search_name", "id"], name="market_supplier_name"),
            models.Index(fields=["organisation", "kind", "search_name", "id"], name="market_supplier_kind"),
            models.Index(fields=["organisation", "kbo", "id"], name="market_supplier_kbo"),
            models.Index(fields=["organisation", "vat"], name="market_supplier_vat"),
        )

    def __str__(self) -> str:
        return self.name


class SupplierAlias(OrganisationOwned):
    """A name or an identifier under which a supplier was met, with the place where it was met."""

    class Scheme(models.TextChoices):
        """What an alias is; the value of an external number starts with its source."""

        NAME = "name", _("Naam")
        EXTERNAL = "external", _("Nummer in het bronsysteem")
        UNVERIFIED = "unverified", _("Nummer dat niet klopt")

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="aliases")
    scheme = models.CharField(max_length=10, choices=Scheme.choices)
    value = models.CharField(max_length=300)
    raw = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    first_seen = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "scheme", "value", "supplier"], name="market_alias_unique"),
        )

    def __str__(self) -> str:
        return self.raw


class DuplicatePair(OrganisationOwned):
    """Two suppliers that may be one. A decision stays, so that a pair kept apart is never proposed again."""

    class State(models.TextChoices):
        """What became of the proposal."""

        OPEN = "open", _("Te bekijken")
        MERGED = "merged", _("Samengevoegd")
        APART = "apart", _("Apart gehouden")

    low = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="+")
    score = models.DecimalField(max_digits=4, decimal_places=3)
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    merged = models.ForeignKey(Supplier, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    remark = models.CharField(_("reden"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    proposed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "low", "high"], name="market_pair_unique"),
            models.CheckConstraint(condition=models.Q(low__lt=models.F("high")), name="market_pair_ordered"),
        )
        indexes = (models.Index(fields=["organisation", "state", "-score", "id"], name="market_pair_worklist"),)

    def __str__(self) -> str:
        return f"{self.low_id}-{self.high_id}"


class SocialEnterprise(OrganisationOwned):
    """A directory entry: what a social enterprise can do, where, and who said so and when."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="+")
    activities = models.TextField(_("activiteiten"), blank=True)
    search_text = models.TextField(editable=False, blank=True)
    region = models.CharField(_("werkgebied"), max_length=120, blank=True)
    capacity = models.PositiveIntegerField(_("doelgroepmedewerkers"), null=True, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    source = models.CharField(_("bron"), max_length=200)
    source_date = models.DateField(_("datum van de bron"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "supplier"], name="market_social_enterprise_unique"),
        )

    def __str__(self) -> str:
        return f"{self.supplier_id}"


class SocialRecognition(OrganisationOwned):
    """Why, from when and until when an entry counts as social economy; ``valid_until`` is exclusive."""

    entry = models.ForeignKey(SocialEnterprise, on_delete=models.CASCADE, related_name="recognitions")
    kind = models.CharField(max_length=40, choices=[(kind.value, label) for kind, label in RECOGNITION_LABELS.items()])
    valid_from = models.DateField(_("geldig vanaf"), null=True, blank=True)
    valid_until = models.DateField(_("geldig tot"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="market_recognition_period",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
                violation_error_code="recognition-period",
            ),
        )
        indexes = (models.Index(fields=["organisation", "kind", "entry"], name="market_recognition_kind"),)


class SocialOffer(OrganisationOwned):
    """What an entry offers: a product group of the catalogue or a CPV code."""

    entry = models.ForeignKey(SocialEnterprise, on_delete=models.CASCADE, related_name="offers")
    product_group = models.CharField(max_length=40, blank=True)
    cpv = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "entry", "product_group", "cpv"], name="market_offer_unique"
            ),
        )
        indexes = (models.Index(fields=["organisation", "product_group", "entry"], name="market_offer_group"),)
