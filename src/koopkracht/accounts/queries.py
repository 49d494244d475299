"""Reads of organisations, their relations and memberships."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from koopkracht.accounts.models import Membership, Organisation, OrganisationKind, OrganisationLink
from koopkracht.accounts.permissions import PERMISSIONS, permissions_of
from koopkracht.accounts.types import OrganisationView, RelationView
from koopkracht.shared.actor import Actor
from koopkracht.shared.errors import NotFound

INSTALLATION = 0
"""Key of the chain of events that belong to the installation as a whole and not to one organisation."""


def organisation_view(organisation: Organisation) -> OrganisationView:
    """Return the row as other contexts see it."""
    return OrganisationView(
        id=organisation.pk,
        name=organisation.name,
        kind=organisation.kind,
        slug=organisation.slug,
        nis_code=organisation.nis_code,
        kbo_number=organisation.kbo_number,
        ovo_code=organisation.ovo_code,
        inhabitants=organisation.inhabitants,
        kind_label=str(OrganisationKind(organisation.kind).label),
    )


def organisation(*, organisation_id: int) -> OrganisationView:
    """Return one organisation; raises ``NotFound``."""
    found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise NotFound("Deze organisatie bestaat niet.", code="organisation-not-found")
    return organisation_view(found)


def organisation_by_slug(*, slug: str) -> OrganisationView:
    """Return one organisation by its short name; raises ``NotFound``."""
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(f"Er is geen organisatie met de korte naam «{slug}».", code="organisation-not-found")
    return organisation_view(found)


def organisations() -> tuple[OrganisationView, ...]:
    """Return every organisation of the installation, by name; for operators, not for pages."""
    return tuple(organisation_view(one) for one in Organisation.objects.order_by("name", "pk"))


def organisations_of(*, user_id: int) -> tuple[OrganisationView, ...]:
    """Return the organisations in which this person has a current role, by name."""
    mine = Membership.objects.filter(user_id=user_id, ended_at__isnull=True).values("organisation_id")
    return tuple(organisation_view(one) for one in Organisation.objects.filter(pk__in=mine).order_by("name", "pk"))


def relations_of(*, organisation_id: int) -> tuple[RelationView, ...]:
    """Return the relations of an organisation with others, read from its own side."""
    links = (
        OrganisationLink.objects.filter(Q(source_id=organisation_id) | Q(target_id=organisation_id))
        .select_related("source", "target")
        .order_by("relation", "pk")
    )
    return tuple(_relation(link, organisation_id) for link in links)


def _relation(link: OrganisationLink, organisation_id: int) -> RelationView:
    outward = link.source_id == organisation_id
    labels = OrganisationLink.OUTWARD_LABELS if outward else OrganisationLink.INWARD_LABELS
    return RelationView(
        other=organisation_view(link.target if outward else link.source),
        relation=link.relation,
        label=str(labels[OrganisationLink.Relation(link.relation)]),
    )


def own_kbo_numbers(*, organisation_id: int) -> frozenset[str]:
    """Return the enterprise numbers under which this organisation buys.

    That is its own number, those of the organisations that are part of it (an OCMW of its municipality, at any
    depth) and those of the organisations it succeeded. Members of a purchasing body buy for themselves and do
    not count. An unknown organisation has no numbers.
    """
    ids = _with_parts_and_predecessors(organisation_id)
    return frozenset(
        Organisation.objects.filter(pk__in=ids).exclude(kbo_number="").values_list("kbo_number", flat=True)
    )


def _with_parts_and_predecessors(organisation_id: int) -> set[int]:
    relation = OrganisationLink.Relation
    seen: set[int] = set()
    found: Iterable[int] = {organisation_id}
    while found:
        seen.update(found)
        parts = OrganisationLink.objects.filter(relation=relation.PART_OF, target_id__in=found)
        predecessors = OrganisationLink.objects.filter(relation=relation.SUCCESSOR, source_id__in=found)
        linked = {*parts.values_list("source_id", flat=True), *predecessors.values_list("target_id", flat=True)}
        found = linked - seen
    return seen


def actor_for(*, user_id: int, organisation_id: int, label: str = "") -> Actor:
    """Return the actor for a person in an organisation, with the permissions of all their current roles there."""
    roles = frozenset(
        Membership.objects.of(organisation_id)
        .filter(user_id=user_id, ended_at__isnull=True)
        .order_by("role")
        .values_list("role", flat=True)
    )
    return Actor(
        organisation_id=organisation_id, user_id=user_id, roles=roles, permissions=permissions_of(roles), label=label
    )


def system_actor(*, organisation_id: int, permissions: frozenset[str], label: str) -> Actor:
    """Return an actor for work without a person (command line, schedule), holding exactly ``permissions``."""
    return Actor(organisation_id=organisation_id, permissions=permissions, label=label)


def operator_actor(*, organisation_id: int, label: str) -> Actor:
    """Return an actor with every permission: the operator at the command line, who has the database anyway."""
    return system_actor(organisation_id=organisation_id, permissions=frozenset(PERMISSIONS), label=label)
