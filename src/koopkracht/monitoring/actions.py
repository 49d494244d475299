"""Use cases of monitoring: assign, make rules, share totals. Each is one transaction with its audit entry."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from koopkracht.accounts import api as accounts
from koopkracht.audit import api as audit
from koopkracht.jobs import api as jobs
from koopkracht.monitoring import groups
from koopkracht.monitoring.errors import InvalidRule, RuleNotFound, UnknownProductGroup
from koopkracht.monitoring.models import (
    KEY_LENGTH,
    AssignmentRule,
    BenchmarkSharing,
    DisabledDefault,
    ManualAssignment,
    SpendState,
)
from koopkracht.monitoring.rebuild import is_up_to_date
from koopkracht.monitoring.types import RuleInput, WorkItem
from koopkracht.monitoring.work import REBUILD
from koopkracht.shared import clock
from koopkracht.shared.actor import Actor
from koopkracht.shared.text import phrase_stems

CLASSIFY = "spend.classify"
SHARE = "benchmark.manage"
_MOST_RULES = 2_000
_WORDS_LENGTH = 600


def announce_change(*, actor: Actor) -> int:
    """Note that the figures no longer describe what is stored, and have them rebuilt; return the number of the job.

    Several changes in a row end in one rebuild: a job that finds the figures up to date does nothing.
    """
    with transaction.atomic():
        SpendState.objects.get_or_create(organisation_id=actor.organisation_id)
        SpendState.objects.of(actor.organisation_id).update(wanted=F("wanted") + 1)
        return jobs.enqueue(kind=REBUILD, actor=actor, payload={}, message=_("De cijfers worden herberekend."))


def on_spend_changed(*, organisation_id: int) -> int:
    """Have the figures rebuilt after an import, an undo or a merge; return the number of the job."""
    return announce_change(actor=_system(organisation_id))


def _system(organisation_id: int) -> Actor:
    return accounts.system_actor(
        organisation_id=organisation_id, permissions=frozenset(), label=_("Automatische herberekening")
    )


def rebuild_stale() -> int:
    """Have the figures rebuilt of every organisation where they no longer describe what is stored; return how many.

    That happens after an upgrade with other standard rules, or when a worker was stopped for good.
    """
    count = 0
    for state in SpendState.objects.order_by("organisation_id"):
        actor = _system(state.organisation_id)
        waiting = any(job.kind == REBUILD for job in jobs.running(actor=actor))
        if not waiting and not is_up_to_date(state):
            announce_change(actor=actor)
            count += 1
    return count


def assign(*, actor: Actor, item: WorkItem, product_group: str) -> int:
    """Put one combination in a product group; return the number of the job that rebuilds the figures.

    Raises ``NotAllowed`` and :class:`UnknownProductGroup`.
    """
    actor.require(CLASSIFY)
    _check_group(product_group)
    with transaction.atomic():
        decision, _created = ManualAssignment.objects.update_or_create(
            organisation_id=actor.organisation_id,
            account_code=item.account_code,
            supplier_id=item.supplier_id,
            description_key=item.description_key or "",
            any_description=item.description_key is None,
            defaults={
                "product_group": product_group,
                "supplier_name": item.supplier_name[:300],
                "account_name": item.account_name[:300],
                "words": " ".join(item.descriptions)[:_WORDS_LENGTH],
                "assigned_at": clock.now(),
                "assigned_by_id": actor.user_id,
            },
        )
        audit.record(
            actor=actor,
            action="spend.assigned",
            subject="combination",
            subject_key=decision.pk,
            data={
                "account": item.account_code,
                "supplier": item.supplier_id,
                "description": item.description_key,
                "product_group": product_group,
            },
        )
        return announce_change(actor=actor)


def withdraw(*, actor: Actor, decision_id: int) -> int:
    """Take back a decision, so that the rules decide again. Raises ``NotAllowed`` and :class:`RuleNotFound`."""
    actor.require(CLASSIFY)
    with transaction.atomic():
        decision = ManualAssignment.objects.of(actor.organisation_id).filter(pk=decision_id).first()
        if decision is None:
            raise RuleNotFound(
                _("Deze toewijzing bestaat niet meer. Laad de lijst opnieuw."), code="decision-not-found"
            )
        audit.record(
            actor=actor,
            action="spend.assignment-withdrawn",
            subject="combination",
            subject_key=decision.pk,
            data={"product_group": decision.product_group},
        )
        decision.delete()
        return announce_change(actor=actor)


def add_rule(*, actor: Actor, rule: RuleInput) -> int:
    """Add a rule before the others (the newest knows best) and return its id.

    Raises ``NotAllowed``, :class:`InvalidRule` and :class:`UnknownProductGroup`.
    """
    actor.require(CLASSIFY)
    checked = _checked(rule)
    with transaction.atomic():
        mine = AssignmentRule.objects.of(actor.organisation_id)
        if mine.count() >= _MOST_RULES:
            raise InvalidRule(
                _("U hebt al %(count)s regels. Verwijder er eerst een die u niet meer nodig hebt.")
                % {"count": _MOST_RULES},
                code="too-many-rules",
            )
        mine.update(position=F("position") + 1)
        made = AssignmentRule.objects.create(
            organisation_id=actor.organisation_id, position=1, changed_by_id=actor.user_id, **checked
        )
        audit.record(actor=actor, action="spend.rule-added", subject="rule", subject_key=made.pk, data=checked)
        announce_change(actor=actor)
    return int(made.pk)


def change_rule(*, actor: Actor, rule_id: int, rule: RuleInput) -> None:
    """Change a rule in its place.

    Raises ``NotAllowed``, :class:`RuleNotFound`, :class:`InvalidRule` and :class:`UnknownProductGroup`.
    """
    actor.require(CLASSIFY)
    checked = _checked(rule)
    with transaction.atomic():
        found = _rule(actor, rule_id)
        before = {name: getattr(found, name) for name in checked}
        for name, value in checked.items():
            setattr(found, name, value)
        found.changed_at, found.changed_by_id = clock.now(), actor.user_id
        found.save()
        audit.record(
            actor=actor,
            action="spend.rule-changed",
            subject="rule",
            subject_key=rule_id,
            data={"before": before, "after": checked},
        )
        announce_change(actor=actor)


def move_rule(*, actor: Actor, rule_id: int, up: bool) -> None:
    """Let a rule change places with the one before or after it. Raises ``NotAllowed`` and :class:`RuleNotFound`."""
    actor.require(CLASSIFY)
    with transaction.atomic():
        found = _rule(actor, rule_id)
        order = list(AssignmentRule.objects.of(actor.organisation_id).order_by("position", "pk"))
        place = next(index for index, rule in enumerate(order) if rule.pk == found.pk)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(order):
            return
        order[place], order[other] = order[other], order[place]
        _number(order)
        audit.record(
            actor=actor,
            action="spend.rule-moved",
            subject="rule",
            subject_key=rule_id,
            data={"from": place + 1, "to": other + 1},
        )
        announce_change(actor=actor)


def remove_rule(*, actor: Actor, rule_id: int) -> None:
    """Remove a rule. Raises ``NotAllowed`` and :class:`RuleNotFound`."""
    actor.require(CLASSIFY)
    with transaction.atomic():
        found = _rule(actor, rule_id)
        audit.record(
            actor=actor,
            action="spend.rule-removed",
            subject="rule",
            subject_key=rule_id,
            data={"product_group": found.product_group, "words": found.words, "account_prefix": found.account_prefix},
        )
        found.delete()
        announce_change(actor=actor)


def switch_default(*, actor: Actor, product_group: str, enabled: bool) -> None:
    """Use the standard rules of a product group, or not. Raises ``NotAllowed`` and :class:`UnknownProductGroup`."""
    actor.require(CLASSIFY)
    _check_group(product_group)
    with transaction.atomic():
        mine = DisabledDefault.objects.of(actor.organisation_id).filter(product_group=product_group)
        if enabled:
            mine.delete()
        else:
            DisabledDefault.objects.get_or_create(organisation_id=actor.organisation_id, product_group=product_group)
        audit.record(
            actor=actor,
            action="spend.default-rules-switched",
            subject="product-group",
            subject_key=product_group,
            data={"enabled": enabled},
        )
        announce_change(actor=actor)


def set_sharing(*, actor: Actor, shares: bool) -> None:
    """Let the yearly totals of the organisation count in the comparison with others, or not. Raises ``NotAllowed``."""
    actor.require(SHARE)
    with transaction.atomic():
        BenchmarkSharing.objects.update_or_create(
            organisation_id=actor.organisation_id, defaults={"shares": shares, "changed_at": clock.now()}
        )
        audit.record(actor=actor, action="benchmark.sharing-set", subject="organisation", data={"shares": shares})


def _rule(actor: Actor, rule_id: int) -> AssignmentRule:
    found: AssignmentRule | None = (
        AssignmentRule.objects.of(actor.organisation_id).filter(pk=rule_id).select_for_update().first()
    )
    if found is None:
        raise RuleNotFound(_("Deze regel bestaat niet meer. Laad de lijst opnieuw."), code="rule-not-found")
    return found


def _number(order: Sequence[AssignmentRule]) -> None:
    for position, rule in enumerate(order, start=1):
        if rule.position != position:
            rule.position = position
            rule.save(update_fields=["position"])


def _check_group(product_group: str) -> None:
    if product_group not in groups.names():
        raise UnknownProductGroup(
            _("Kies een productgroep uit de lijst."), code="product-group-unknown", field="product_group"
        )


def _checked(rule: RuleInput) -> dict[str, object]:
    """Return the columns of a rule that makes sense."""
    _check_group(rule.product_group)
    words = tuple(dict.fromkeys(word for word in (" ".join(one.split()) for one in rule.words) if word))
    if len(phrase_stems(words)) != len(words):
        raise InvalidRule(
            _("Een woord telt minstens twee letters en zegt iets over de aankoop. Woorden als «factuur» tellen niet."),
            code="rule-words",
            field="words",
        )
    prefix, cpv = rule.account_prefix.strip(), rule.cpv_prefix.strip()
    if cpv and not (cpv.isdigit() and len(cpv) <= 8):
        raise InvalidRule(
            _("Een CPV-code bestaat uit hoogstens acht cijfers, zonder het controlecijfer."),
            code="rule-cpv",
            field="cpv_prefix",
        )
    if not (words or prefix or cpv or rule.supplier_id):
        raise InvalidRule(
            _("Vul minstens één voorwaarde in: een rekening, een leverancier, een woord of een CPV-code."),
            code="rule-without-condition",
        )
    return {
        "product_group": rule.product_group,
        "account_prefix": prefix[:30],
        "supplier_id": rule.supplier_id,
        "words": [word[:KEY_LENGTH] for word in words],
        "cpv_prefix": cpv,
        "remark": rule.remark.strip()[:300],
    }
