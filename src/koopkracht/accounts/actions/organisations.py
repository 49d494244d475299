"""Creating organisations and relating them to each other: work of the operator."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from stdnum.be import vat

from koopkracht.accounts.models import Organisation, OrganisationKind, OrganisationLink
from koopkracht.accounts.queries import operator_actor, organisation_view
from koopkracht.accounts.types import OrganisationView
from koopkracht.audit import api as audit
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import Conflict, Rejected


def create_organisation(
    *,
    operator: str,
    name: str,
    kind: str,
    slug: str = "",
    nis_code: str = "",
    kbo_number: str = "",
    ovo_code: str = "",
    inhabitants: int | None = None,
) -> OrganisationView:
    """Create an organisation and return it; ``operator`` names who does this (such as «opdrachtregel»).

    There is no permission to ask: the organisation does not exist yet, and no page calls this. Raises ``Rejected``
    for an unknown kind, an empty name or a wrong number, ``Conflict`` when the short name or number is taken.
    """
    if not name.strip():
        raise Rejected("Geef de organisatie een naam.", code="organisation-name-missing")
    if kind not in OrganisationKind.values:
        raise Rejected(
            f"«{kind}» is geen soort organisatie. Kies uit: {', '.join(OrganisationKind.values)}.",
            code="organisation-kind-unknown",
        )
    made = Organisation(
        name=name.strip(),
        kind=kind,
        slug=slug or slugify(name),
        nis_code=_nis(nis_code),
        kbo_number=_kbo(kbo_number),
        ovo_code=ovo_code.strip(),
        inhabitants=inhabitants,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            audit.record(
                actor=operator_actor(organisation_id=made.pk, label=operator),
                action="organisation.created",
                subject="organisation",
                subject_key=made.pk,
                data={"kind": kind, "slug": made.slug, "kbo": made.kbo_number, "nis": made.nis_code},
            )
    except IntegrityError:
        raise Conflict(
            f"Er bestaat al een organisatie met de korte naam «{made.slug}» of met dit ondernemingsnummer.",
            code="organisation-exists",
        ) from None
    return organisation_view(made)


def _kbo(raw: str) -> str:
    digits = "".join(character for character in raw if character.isdigit())
    number = digits.zfill(10) if digits else ""
    if number and not vat.is_valid(number):
        raise Rejected(
            f"«{raw}» is geen geldig ondernemingsnummer: tien cijfers met controlegetal.", code="kbo-invalid"
        )
    return number


def _nis(raw: str) -> str:
    code = raw.strip()
    if code and not (len(code) == 5 and code.isdigit()):
        raise Rejected(f"«{raw}» is geen NIS-code: vijf cijfers.", code="nis-invalid")
    return code


def link_organisations(*, actor: Actor, source_id: int, target_id: int, relation: str) -> None:
    """State that ``source`` is a member of, part of, or successor of ``target``; stating it twice changes nothing.

    The actor acts for one of the two and needs ``organisations.manage``. Raises ``Rejected`` for an unknown relation,
    an organisation with itself, or one that does not exist.
    """
    actor.require("organisations.manage")
    if relation not in OrganisationLink.Relation.values:
        raise Rejected(f"«{relation}» is geen verband tussen organisaties.", code="relation-unknown")
    known = Organisation.objects.filter(pk__in={source_id, target_id}).count()
    if actor.organisation_id not in {source_id, target_id} or source_id == target_id or known != 2:
        raise Rejected("Een verband ligt tussen uw organisatie en één andere die bestaat.", code="relation-ends")
    with transaction.atomic():
        _, is_new = OrganisationLink.objects.get_or_create(source_id=source_id, target_id=target_id, relation=relation)
        if is_new:
            audit.record(
                actor=actor,
                action="organisation.linked",
                subject="organisation",
                subject_key=source_id,
                data={"relation": relation, "target": target_id},
            )
