"""Which supplier a record means: the exact joins, as a plan that touches no database.

A candidate joins on its enterprise number, then on its foreign VAT number, then on its number in the source system,
then on its normalised name, and only where nothing contradicts: two different enterprise numbers never become one
supplier here. Everything that only looks alike is left to a person (``matching``, ``actions.propose_duplicates``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from koopkracht.market.identifiers import NumberStatus, check_number, normalise_name, normalise_vat
from koopkracht.market.types.suppliers import SupplierCandidate

NAMELESS = "Leverancier zonder naam"
_NAME_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Prepared:
    """A candidate with its identifiers checked and its name normalised."""

    candidate: SupplierCandidate
    name: str
    search_name: str
    kbo: str
    vat: str
    external: str
    unverified: str

    @property
    def rank(self) -> int:
        """Better identified candidates go first, so that the order of the file makes no difference."""
        if self.kbo:
            return 0
        if self.vat:
            return 1
        return 2 if self.external else 3


@dataclass(slots=True)
class Known:
    """What is already known of the suppliers that candidates may mean."""

    by_kbo: dict[str, int] = field(default_factory=dict)
    by_vat: dict[str, int] = field(default_factory=dict)
    by_external: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    kbo_of: dict[int, str] = field(default_factory=dict)
    vat_of: dict[int, str] = field(default_factory=dict)
    sources_of: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    canonical: Mapping[int, int] = field(default_factory=dict)
    aliases: set[tuple[str, str, int]] = field(default_factory=set)


@dataclass(slots=True)
class Plan:
    """What must happen: new suppliers have negative numbers until they are stored."""

    supplier_of: dict[str, int] = field(default_factory=dict)
    new: dict[int, Prepared] = field(default_factory=dict)
    learnt_kbo: dict[int, str] = field(default_factory=dict)
    learnt_vat: dict[int, str] = field(default_factory=dict)
    aliases: dict[tuple[str, str, int], str] = field(default_factory=dict)


def prepare(candidate: SupplierCandidate, *, source: str) -> Prepared:
    """Check the identifiers of one candidate and normalise its name."""
    number, vat_number = check_number(candidate.identifier), check_number(candidate.vat)
    kbo = number.kbo or vat_number.kbo
    vat = "" if kbo else number.vat or vat_number.vat
    if not kbo and not vat and candidate.country not in ("", "BE") and candidate.vat:
        vat = normalise_vat(candidate.country + candidate.vat) or ""
    unverified = "" if kbo or vat else _first_unverified(number.raw, vat_number.raw)
    if number.status is NumberStatus.WRONG_CHECK_DIGIT:
        unverified = number.raw.strip()
    name = " ".join(candidate.name.split())[:_NAME_LENGTH] or (candidate.external_id or "").strip() or NAMELESS
    external = (candidate.external_id or "").strip()
    return Prepared(
        candidate=candidate,
        name=name,
        search_name=normalise_name(name)[:_NAME_LENGTH],
        kbo=kbo,
        vat=vat,
        external=f"{source}:{external}"[:_NAME_LENGTH] if external else "",
        unverified=unverified[:_NAME_LENGTH],
    )


def _first_unverified(*raws: str) -> str:
    return next((raw.strip() for raw in raws if raw.strip()), "")


def _shared_names(prepared: Iterable[Prepared]) -> set[str]:
    """Names that several identified parties of this batch bear: such a name identifies nobody."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for item in prepared:
        identity = item.kbo or item.vat or item.external
        if identity:
            bearers[item.search_name].add(identity)
    return {name for name, identities in bearers.items() if len(identities) > 1}


class _Planner:
    """Walks the candidates once and keeps the indexes up to date with what it decided."""

    def __init__(self, known: Known, *, source: str, shared_names: set[str]) -> None:
        self.known = known
        self.source = source
        self.shared_names = shared_names
        self.plan = Plan()

    def place(self, item: Prepared) -> None:
        found = self._by_identifier(item)
        if found is None:
            found = self._by_name(item)
        if found is None:
            found = -len(self.plan.new) - 1
            self.plan.new[found] = item
        self._learn(found, item)
        self.plan.supplier_of[item.candidate.key] = found

    def _by_identifier(self, item: Prepared) -> int | None:
        if item.kbo:
            hit = self.known.by_kbo.get(item.kbo)
        elif item.vat:
            hit = self.known.by_vat.get(item.vat)
        else:
            hit = None
        if hit is None and item.external:
            hit = self.known.by_external.get(item.external)
            hit = hit if hit is not None and not self._contradicts(hit, item) else None
        return hit

    def _by_name(self, item: Prepared) -> int | None:
        if item.rank < 3 and item.search_name in self.shared_names:
            return None
        hits = [hit for hit in self.known.by_name.get(item.search_name, ()) if not self._contradicts(hit, item)]
        if item.external:
            hits = [hit for hit in hits if self.source not in self.known.sources_of.get(hit, ())]
        if len({self.known.canonical.get(hit, hit) for hit in hits}) == 1:
            return hits[0]
        if item.rank == 3:
            return next((hit for hit in hits if not self._identified(hit)), None)
        return None

    def _identified(self, supplier: int) -> bool:
        known = self.known
        return bool(known.kbo_of.get(supplier) or known.vat_of.get(supplier) or known.sources_of.get(supplier))

    def _contradicts(self, supplier: int, item: Prepared) -> bool:
        kbo, vat = self.known.kbo_of.get(supplier, ""), self.known.vat_of.get(supplier, "")
        return bool((item.kbo and kbo and kbo != item.kbo) or (item.vat and (kbo or (vat and vat != item.vat))))

    def _learn(self, supplier: int, item: Prepared) -> None:
        known, plan = self.known, self.plan
        if item.kbo and not known.kbo_of.get(supplier):
            known.kbo_of[supplier] = item.kbo
            known.by_kbo[item.kbo] = supplier
            plan.learnt_kbo[supplier] = item.kbo
        if item.vat and not known.vat_of.get(supplier):
            known.vat_of[supplier] = item.vat
            known.by_vat[item.vat] = supplier
            plan.learnt_vat[supplier] = item.vat
        names = known.by_name[item.search_name]
        if supplier not in names:
            names.append(supplier)
        self._alias("name", item.search_name, supplier, item.name)
        if item.external:
            known.by_external.setdefault(item.external, supplier)
            known.sources_of[supplier].add(self.source)
            self._alias("external", item.external, supplier, item.candidate.external_id or "")
        if item.unverified:
            self._alias("unverified", item.unverified.upper(), supplier, item.unverified)

    def _alias(self, scheme: str, value: str, supplier: int, raw: str) -> None:
        if (scheme, value, supplier) not in self.known.aliases:
            self.plan.aliases.setdefault((scheme, value, supplier), raw)


def plan_resolution(prepared: Sequence[Prepared], known: Known, *, source: str) -> Plan:
    """Decide for each candidate which supplier it means, and what is new about that supplier."""
    planner = _Planner(known, source=source, shared_names=_shared_names(prepared))
    for item in sorted(prepared, key=lambda item: item.rank):
        planner.place(item)
    return planner.plan
