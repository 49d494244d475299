"""Organisations (tenants), people, and the roles that people have in organisations."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from koopkracht.accounts.permissions import ROLE_LABELS
from koopkracht.shared import clock
from koopkracht.shared.tenancy import OrganisationOwned


class OrganisationKind(models.TextChoices):
    """What an organisation is; one code for every kind the platform serves."""

    MUNICIPALITY = "municipality", _("Gemeente")
    OCMW = "ocmw", _("OCMW")
    PROVINCE = "province", _("Provincie")
    INTERMUNICIPAL = "intermunicipal", _("Intergemeentelijk samenwerkingsverband")
    PURCHASING_BODY = "purchasing-body", _("Aankoopcentrale")
    AUTONOMOUS_COMPANY = "autonomous-company", _("Autonoom bedrijf")
    POLICE_ZONE = "police-zone", _("Politiezone")
    FIRE_ZONE = "fire-zone", _("Hulpverleningszone")
    HOSPITAL = "hospital", _("Ziekenhuis")
    OTHER_AUTHORITY = "other-authority", _("Andere overheid")
    SUPPLIER = "supplier", _("Leverancier")
    SOCIAL_ENTERPRISE = "social-enterprise", _("Sociale onderneming")
    SUPPORT_ORGANISATION = "support-organisation", _("Ondersteunende organisatie")


class Organisation(models.Model):
    """A tenant: a local government, a supplier, or an organisation that supports them."""

    name = models.CharField(_("naam"), max_length=200)
    kind = models.CharField(_("soort"), max_length=32, choices=OrganisationKind.choices)
    slug = models.SlugField(_("korte naam"), max_length=80, unique=True)
    nis_code = models.CharField(_("NIS-code"), max_length=5, blank=True)
    kbo_number = models.CharField(_("ondernemingsnummer"), max_length=10, blank=True)
    ovo_code = models.CharField(_("OVO-code"), max_length=20, blank=True)
    inhabitants = models.PositiveIntegerField(_("inwoners"), null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kbo_number"], condition=~models.Q(kbo_number=""), name="accounts_organisation_kbo_unique"
            ),
        )

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail address, in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a person; without a password they can only enter through an invitation or an identity provider."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an operator of the installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can log in; what they may do follows from their memberships."""

    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    def __str__(self) -> str:
        return self.name or self.email


class Membership(OrganisationOwned):
    """One role of one person in one organisation, until it is ended."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=32, choices=[(role.value, label) for role, label in ROLE_LABELS.items()])
    started_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "user", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="accounts_membership_current_unique",
            ),
        )
        indexes = (models.Index(fields=["user", "organisation"], name="accounts_membership_user"),)


class Invitation(OrganisationOwned):
    """A role offered to the owner of an e-mail address; the token in the mail is stored as a digest only."""

    email = models.EmailField(_("e-mailadres"))
    name = models.CharField(_("naam"), max_length=200, blank=True)
    roles = models.JSONField(default=list)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "-created_at"], name="accounts_invitation_recent"),)

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.pk}"


class SignedLink(OrganisationOwned):
    """What somebody without an account may do through a link: one scope on one subject, until it ends."""

    scope = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    subject_key = models.CharField(max_length=80)
    purpose = models.CharField(_("waarvoor"), max_length=200)
    token_digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    uses = models.PositiveIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "-created_at"], name="accounts_signed_link_recent"),)

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.pk} {self.scope}"


class OrganisationLink(models.Model):
    """A relation between organisations, such as an OCMW with its municipality or a member of a purchasing body."""

    class Relation(models.TextChoices):
        """How the two belong together."""

        MEMBER = "member", _("is lid van")
        PART_OF = "part-of", _("hoort bij")
        SUCCESSOR = "successor", _("is opvolger van")

    # The same relation, read from the other organisation's side.
    OUTWARD_LABELS = {relation: relation.label for relation in Relation}
    INWARD_LABELS = {
        Relation.MEMBER: _("heeft als lid"),
        Relation.PART_OF: _("omvat"),
        Relation.SUCCESSOR: _("is opgevolgd door"),
    }

    source = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="links_in")
    relation = models.CharField(max_length=16, choices=Relation.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "target", "relation"], name="accounts_organisation_link_unique"),
        )
