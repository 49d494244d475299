"""Which role may do what: the one table of roles and permissions.

A permission is named ``subject.verb``. Views, API calls and use cases name permissions, never roles, so that a
change of policy is a change in this file only. The table is walked by the permission tests.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A role that a person has within one organisation; the Dutch names are in ``ROLE_LABELS``."""

    ADMINISTRATOR = "administrator"
    BUYER = "buyer"
    SOCIAL_ECONOMY_OFFICER = "social-economy-officer"
    EXECUTIVE = "executive"
    LAWYER = "lawyer"
    CONTRACT_MANAGER = "contract-manager"
    FINANCE = "finance"
    AUDITOR = "auditor"
    SUPPLIER = "supplier"


ROLE_LABELS: dict[Role, str] = {
    Role.ADMINISTRATOR: "Beheerder",
    Role.BUYER: "Aankoper",
    Role.SOCIAL_ECONOMY_OFFICER: "Medewerker sociale economie",
    Role.EXECUTIVE: "Bestuurder",
    Role.LAWYER: "Jurist",
    Role.CONTRACT_MANAGER: "Contractbeheerder",
    Role.FINANCE: "Financieel medewerker",
    Role.AUDITOR: "Auditor",
    Role.SUPPLIER: "Leverancier of sociale onderneming",
}

_STAFF = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.BUYER,
        Role.SOCIAL_ECONOMY_OFFICER,
        Role.EXECUTIVE,
        Role.LAWYER,
        Role.CONTRACT_MANAGER,
        Role.FINANCE,
        Role.AUDITOR,
    }
)
_IMPORTERS = frozenset({Role.ADMINISTRATOR, Role.BUYER, Role.FINANCE})
_EVERYONE = _STAFF | {Role.SUPPLIER}
# Who builds the strategy and explores the market; who may also sit at the table and decide there.
_PLANNERS = frozenset({Role.ADMINISTRATOR, Role.BUYER, Role.SOCIAL_ECONOMY_OFFICER})
_TABLE = _PLANNERS | {Role.EXECUTIVE}
_FOLLOWERS = _TABLE | {Role.CONTRACT_MANAGER, Role.LAWYER}
# Held by no role: only the holder of a signed link has it.
_BY_LINK: frozenset[Role] = frozenset()

PERMISSIONS: dict[str, frozenset[Role]] = {
    "home.view": _EVERYONE,
    "account.manage": _EVERYONE,
    "help.view": _EVERYONE,
    "catalogue.view": _STAFF,
    # The page from which every import starts; what is offered there depends on the permissions below.
    "imports.view": _IMPORTERS | {Role.CONTRACT_MANAGER, Role.SOCIAL_ECONOMY_OFFICER},
    "spend.view": _STAFF,
    "spend.import": _IMPORTERS,
    "spend.classify": frozenset({Role.ADMINISTRATOR, Role.BUYER, Role.SOCIAL_ECONOMY_OFFICER}),
    "spend.export": _STAFF,
    "benchmark.manage": frozenset({Role.ADMINISTRATOR, Role.EXECUTIVE}),
    "register.view": _STAFF,
    "register.import": _IMPORTERS | {Role.CONTRACT_MANAGER, Role.SOCIAL_ECONOMY_OFFICER},
    "register.export": _STAFF,
    "supplier.view": _STAFF,
    "supplier.edit": frozenset({Role.ADMINISTRATOR, Role.BUYER, Role.SOCIAL_ECONOMY_OFFICER, Role.CONTRACT_MANAGER}),
    "supplier.merge": frozenset({Role.ADMINISTRATOR, Role.BUYER}),
    "invoice.view": _STAFF,
    "invoice.import": _IMPORTERS | {Role.CONTRACT_MANAGER},
    "document.view": _STAFF,
    "plan.view": _STAFF,
    "plan.edit": frozenset({Role.ADMINISTRATOR, Role.BUYER, Role.SOCIAL_ECONOMY_OFFICER}),
    # The social-economy officer looks at planned purchases early; it never stops the buyer.
    "plan.screen": frozenset({Role.ADMINISTRATOR, Role.SOCIAL_ECONOMY_OFFICER}),
    "strategy.view": _STAFF,
    "strategy.edit": _PLANNERS,
    "strategy.decide": frozenset({Role.EXECUTIVE}),
    "selection.assess": _FOLLOWERS,
    "selection.decide": _TABLE,
    "planner.view": _STAFF,
    "planner.run": _TABLE,
    "planner.decide": _TABLE,
    "market.view": _STAFF,
    "market.edit": _PLANNERS,
    "story.edit": _TABLE,
    "indicator.view": _STAFF,
    "indicator.edit": _PLANNERS,
    "indicator.measure": _PLANNERS | {Role.CONTRACT_MANAGER, Role.FINANCE},
    "scoring.view": _STAFF,
    "scoring.edit": _PLANNERS,
    "scoring.assess": _FOLLOWERS,
    "obligation.view": _STAFF,
    "obligation.edit": _FOLLOWERS,
    "obligation.fulfil": _STAFF,
    "obligation.approve": _FOLLOWERS,
    "questionnaire.view": _STAFF,
    "questionnaire.edit": _PLANNERS,
    "questionnaire.answer": _BY_LINK,
    "meeting.view": _STAFF,
    "meeting.edit": _FOLLOWERS,
    "calendar.read": _BY_LINK,
    "rules.ask": _STAFF,
    "rules.manage": frozenset({Role.ADMINISTRATOR, Role.LAWYER}),
    "administration.view": frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
    "people.view": frozenset({Role.ADMINISTRATOR}),
    "people.manage": frozenset({Role.ADMINISTRATOR}),
    "links.create": frozenset({Role.ADMINISTRATOR, Role.BUYER, Role.SOCIAL_ECONOMY_OFFICER, Role.CONTRACT_MANAGER}),
    "links.manage": frozenset({Role.ADMINISTRATOR}),
    "audit.view": frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
    "artefacts.view": frozenset({Role.ADMINISTRATOR}),
    # Official rules count for every organisation: only the operator of the installation loads them.
    "artefacts.manage": frozenset(),
    "jobs.view": _STAFF,
    # For the operator at the command line only: no role holds these.
    "organisations.manage": frozenset(),
    "people.create": frozenset(),
}


def permissions_of(roles: frozenset[str]) -> frozenset[str]:
    """Return the names of all permissions that ``roles`` grant together."""
    return frozenset(name for name, granted in PERMISSIONS.items() if granted & roles)
