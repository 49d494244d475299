"""The states of an agreement in principle and of contributions, with who may take which step. No Django."""

from __future__ import annotations

from koopkracht.strategy.types.support import AgreementState, AgreementStep, ContributionStatus, StatementKind

EDIT, DECIDE = "strategy.edit", "strategy.decide"

AGREEMENT: dict[AgreementStep, tuple[frozenset[AgreementState], AgreementState, str]] = {
    # step: from, to, permission
    AgreementStep.SUBMIT: (frozenset({AgreementState.DRAFT}), AgreementState.SUBMITTED, EDIT),
    AgreementStep.AGREE: (frozenset({AgreementState.SUBMITTED}), AgreementState.AGREED, DECIDE),
    AgreementStep.REFUSE: (frozenset({AgreementState.SUBMITTED}), AgreementState.REFUSED, DECIDE),
    AgreementStep.REDRAFT: (frozenset({AgreementState.REFUSED}), AgreementState.DRAFT, EDIT),
    AgreementStep.EXPIRE: (frozenset({AgreementState.AGREED}), AgreementState.EXPIRED, DECIDE),
}

READERS: dict[StatementKind, str] = {StatementKind.EXPECTATIONS: "buyer", StatementKind.CHARTER: "executive"}
"""Who is expected to confirm: the name of a role. Others with the permission may confirm too."""

CONTRIBUTION: dict[ContributionStatus, frozenset[ContributionStatus]] = {
    ContributionStatus.RECEIVED: frozenset({ContributionStatus.ACCEPTED, ContributionStatus.DECLINED}),
    ContributionStatus.ACCEPTED: frozenset({ContributionStatus.APPLIED, ContributionStatus.DECLINED}),
    ContributionStatus.APPLIED: frozenset(),
    ContributionStatus.DECLINED: frozenset({ContributionStatus.ACCEPTED}),
}


def steps_from(state: AgreementState) -> tuple[AgreementStep, ...]:
    """Return the steps that an agreement in ``state`` can take."""
    return tuple(step for step, (sources, _target, _permission) in AGREEMENT.items() if state in sources)


def contribution_may(now: ContributionStatus, wanted: ContributionStatus) -> bool:
    """Tell whether a contribution can go from ``now`` to ``wanted``."""
    return wanted in CONTRIBUTION[now]
