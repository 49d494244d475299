"""Stored plans as rows for the screen, the file and the paper: numbers in words, each with its origin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from koopkracht.monitoring.planner import api as planner
from koopkracht.monitoring.planner.problem import Unit
from koopkracht.monitoring.planner.types import PlanState, PlanView

STATES = {
    PlanState.WAITING: (gettext_lazy("Wordt berekend"), "info"),
    PlanState.SOLVED: (gettext_lazy("Klaar om te beslissen"), "success"),
    PlanState.IMPOSSIBLE: (gettext_lazy("Niet haalbaar"), "warning"),
    PlanState.FAILED: (gettext_lazy("Niet gelukt"), "error"),
    PlanState.DECIDED: (gettext_lazy("Beslist"), "success"),
}
_OPEN = {
    "open": (gettext_lazy("Kan"), "success"),
    "doubt": (gettext_lazy("Eerst nakijken"), "warning"),
    "closed": (gettext_lazy("Kan niet"), "default"),
}
_NEARLY = 950  # promille of a limit from which it is called full


class Board:
    """One stored plan, ready to show. ``choice`` is what people decided, or else what the planner proposes."""

    def __init__(self, plan: PlanView) -> None:
        self.plan = plan
        self.inputs, self.result = plan.inputs, plan.result
        self.problem: Mapping[str, Any] = plan.inputs.get("problem", {"targets": [], "resources": [], "dossiers": []})
        self.base: Mapping[str, Any] = plan.result.get("base", {})
        self.counted: Mapping[str, Any] = plan.decision or self.base
        self.choice: Mapping[str, str] = self.counted.get("choice", {})
        self.packages = {one[0]: {way[0]: way for way in one[4]} for one in self.problem["dossiers"]}
        self.units = {code: Unit(unit) for code, _label, unit, _required in self.problem["targets"]}

    @property
    def as_of(self) -> dt.date:
        """The day of the data that the plan was computed with."""
        return dt.date.fromisoformat(self.inputs["as_of"])

    def names(self, code: str) -> str:
        """Return the instruments of a package in words."""
        known = self.inputs["instruments"]
        return " + ".join(known[one]["name"] for one in code.split("+")) if code else _("geen sociaal instrument")

    def proof(self) -> str:
        """Say how sure it is that this is the best plan."""
        gap = self.base.get("gap", 0)
        if not gap:
            return _("Bewezen beste plan")
        return _("Hoogstens %(gap)s %% duurder dan het best mogelijke plan") % {
            "gap": f"{gap / 10:.1f}".replace(".", ",")
        }

    def chosen(self) -> list[dict[str, Any]]:
        """Return what to do, in the order of the quarters."""
        rows = [self._row(key, code) for key, code in self.choice.items()]
        return sorted(rows, key=lambda row: (row["quarter"], row["start"], row["title"]))

    def quarters(self) -> Iterator[dict[str, Any]]:
        """Yield what to do per quarter of the start."""
        rows = self.chosen()
        for quarter in (1, 2, 3, 4):
            found = [row for row in rows if row["quarter"] == quarter]
            if found:
                yield {"name": _("Kwartaal %(number)s") % {"number": quarter}, "rows": found}

    def _row(self, key: str, code: str) -> dict[str, Any]:
        dossier, way = self.inputs["dossiers"][key], self.packages[key][code]
        gains = [self._amount(target, gain) for target, gain in way[4].items()]
        return {
            "key": key,
            "title": dossier["title"],
            "href": self._link(key),
            "group": dossier["group_name"],
            "quarter": dossier["quarter"],
            "start": dossier["start"],
            "package": code,
            "instruments": self.names(code),
            "hours": way[2],
            "risk": way[3],
            "gains": gains,
            "gain_text": "; ".join(gains),
            "year_cents": dossier["year_cents"],
            "doubt": way[6],
            "doubt_text": _("Eerst nakijken") if way[6] else "",
            "how": [self.inputs["instruments"][one]["how"] for one in way[1]],
        }

    def _link(self, key: str) -> str:
        return reverse("planner-dossier", args=[self.plan.id, key])

    def _label(self, target: str) -> str:
        return str(next(label for code, label, _unit, _required in self.problem["targets"] if code == target))

    def _amount(self, target: str, amount: int) -> str:
        return f"{self._label(target)}: {planner.amount_in_words(amount, self.units[target])}"

    def targets(self) -> list[dict[str, Any]]:
        """Return the targets with what the plan gives and what is left over."""
        rows = []
        for code, label, unit, required in self.problem["targets"]:
            gives = self.counted.get("gains", {}).get(code, 0)
            origin = self.inputs["targets"][code]
            words = planner.amount_in_words
            rows.append(
                {
                    "label": label,
                    "aim": origin["aim_name"],
                    "required": words(required, Unit(unit)),
                    "gives": words(gives, Unit(unit)),
                    "margin": words(gives - required, Unit(unit)) if gives >= required else "",
                    "short": words(required - gives, Unit(unit)) if gives < required else "",
                    "met": gives >= required,
                    "percent": min(100, gives * 100 // required) if required else 100,
                    "origin": origin["lines"],
                    "href": reverse("indicator", args=[origin["id"]]) if origin["kind"] == "indicator" else "",
                }
            )
        return rows

    def resources(self, kind: str) -> list[dict[str, Any]]:
        """Return how much of each limit is used; of the market only what is used or full."""
        rows = []
        tight = set(self.base.get("binding", []))
        for code, label, unit, its_kind, limit in self.problem["resources"]:
            used = self.counted.get("uses", {}).get(code, 0)
            if its_kind != kind or (kind == "market" and not used and code not in tight):
                continue
            rows.append(
                {
                    "code": code,
                    "label": label,
                    "used": used // 100 if unit == "cents" else used,
                    "limit": limit // 100 if unit == "cents" else limit,
                    "used_text": planner.amount_in_words(used, Unit(unit)),
                    "limit_text": planner.amount_in_words(limit, Unit(unit)),
                    "full": used * 1000 >= limit * _NEARLY and used > 0,
                    "over": used > limit,
                    "origin": self._market(code),
                    "href": reverse("product-group", args=[code.removeprefix("market:")]) if kind == "market" else "",
                }
            )
        return rows

    def _market(self, code: str) -> str:
        found = self.inputs["market"].get(code)
        if found is None:
            return ""
        counted = ngettext("%(num)s onderneming", "%(num)s ondernemingen", found["enterprises"]) % {
            "num": found["enterprises"]
        }
        return _(
            "%(counted)s, samen %(hours)s werkuren per jaar voor deze groep; %(free)s %% daarvan is vrij, "
            "aan %(price)s euro per uur; marktfactor %(factor)s %%."
        ) % {
            "counted": counted,
            "hours": f"{found['hours']:,}".replace(",", "."),
            "free": found["free_percent"],
            "price": found["euro_per_hour"],
            "factor": found["factor"] // 10,
        }

    def alternatives(self) -> list[dict[str, Any]]:
        """Return the plan and its alternatives, side by side."""
        rows = [self._alternative(_("Dit plan"), self.base)]
        return rows + [self._alternative(one["label"], one) for one in self.result.get("variants", [])]

    def _alternative(self, label: str, one: Mapping[str, Any]) -> dict[str, Any]:
        found = one["status"] in {"optimal", "within-gap"}
        mine = self.base
        return {
            "label": label,
            "found": found,
            "hours": one["hours"] if found else None,
            "risk": one["risk"] if found else None,
            "dossiers": len(one["choice"]) if found else None,
            "more_hours": one["hours"] - mine["hours"] if found else None,
            "more_risk": one["risk"] - mine["risk"] if found else None,
            "differs": self._differs(one) if found else one.get("why", _("Binnen de tijd werd geen plan gevonden.")),
        }

    def _differs(self, one: Mapping[str, Any]) -> str:
        titles = {key: dossier["title"] for key, dossier in self.inputs["dossiers"].items()}
        parts = []
        for name, text in (("added", _("erbij")), ("dropped", _("eruit")), ("changed", _("anders"))):
            keys = one.get(name, [])
            if keys:
                shown = ", ".join(titles[key] for key in keys[:3])
                more = _(" en %(num)s andere") % {"num": len(keys) - 3} if len(keys) > 3 else ""
                parts.append(f"{text}: {shown}{more}")
        return "; ".join(parts) or (_("Hetzelfde plan") if one is not self.base else "")

    def deviations(self) -> list[dict[str, Any]]:
        """Return where people decided otherwise than proposed."""
        return [
            {
                "title": self.inputs["dossiers"][key]["title"],
                "proposed": self.names(one["proposed"]),
                "chosen": self.names(one["package"]),
                "reason": one["reason"],
            }
            for key, one in self.plan.decision.get("deviations", {}).items()
        ]

    def unmarked(self) -> list[dict[str, str]]:
        """Return the purchases that could not be marked in the plan, and why."""
        marks = self.plan.decision.get("marks", {})
        return [{"title": self.inputs["dossiers"][key]["title"], "why": why} for key, why in marks.items() if why]

    def left_out(self) -> list[dict[str, Any]]:
        """Return dossiers and targets that take no part, why, and where to mend it."""
        rows = [*self.inputs.get("left_out", []), *self.inputs.get("unused_targets", [])]
        return [one | {"href": reverse(one["link"], args=[one["key"]]) if one["link"] else ""} for one in rows]

    def options(self) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
        """Return per dossier its title, what is proposed and what else is possible, for the form of the decision."""
        proposed = self.base.get("choice", {})
        rows = []
        for key, dossier in self.inputs["dossiers"].items():
            ways = [(code, self.names(code)) for code in self.packages.get(key, {})]
            if ways:
                rows.append((key, dossier["title"], proposed.get(key, ""), ways))
        return sorted(rows, key=lambda row: (not row[2], row[1]))

    def others(self) -> list[dict[str, Any]]:
        """Return the dossiers that the plan leaves as they are."""
        rows = []
        for key, dossier in self.inputs.get("dossiers", {}).items():
            if key not in self.choice:
                why = _("Niet nodig of te zwaar") if self.packages.get(key) else _("Geen instrument open")
                rows.append(
                    {"title": dossier["title"], "href": self._link(key), "group": dossier["group_name"], "why": why}
                )
        return sorted(rows, key=lambda row: row["title"])


def ways_of(board: Board, key: str) -> list[dict[str, Any]]:
    """Return every package that is open to a dossier, with what it would give and ask, and why it is not chosen."""
    rows = []
    chosen = board.choice.get(key, "")
    for code, way in board.packages.get(key, {}).items():
        rows.append(
            {
                "name": board.names(code),
                "chosen": code == chosen,
                "hours": way[2],
                "risk": way[3],
                "gains": [board._amount(target, gain) for target, gain in way[4].items()],
                "doubt": way[6],
                "why": _("Gekozen") if code == chosen else _why_not(board, key, way),
            }
        )
    return sorted(rows, key=lambda row: (not row["chosen"], row["hours"], row["name"]))


def _why_not(board: Board, key: str, way: list[Any]) -> str:
    """Say in plain sums what would happen when this package came instead of what the plan does here."""
    now = board.packages[key].get(board.choice.get(key, ""))
    uses, mine = board.counted.get("uses", {}), now[5] if now else {}
    for code, label, unit, kind, limit in board.problem["resources"]:
        after = uses.get(code, 0) - mine.get(code, 0) + way[5].get(code, 0)
        if after > limit:
            text = (
                _("Past niet: in %(what)s zijn te weinig uren")
                if kind == "staff"
                else _("Past niet: de markt voor %(what)s is te klein")
            )
            over = planner.amount_in_words(after - limit, Unit(unit))
            return f"{text % {'what': label}} ({over} {_('te veel')})."
    for code, label, unit, required in board.problem["targets"]:
        after = board.counted.get("gains", {}).get(code, 0) - (now[4].get(code, 0) if now else 0) + way[4].get(code, 0)
        if after < required:
            return _("Dan is “%(target)s” niet gehaald: %(short)s te weinig.") % {
                "target": label,
                "short": planner.amount_in_words(required - after, Unit(unit)),
            }
    more = way[2] - (now[2] if now else 0)
    risk = way[3] - (now[3] if now else 0)
    return _(
        "Kan, maar vraagt %(hours)s uur en %(risk)s punten risico meer, zonder dat het nodig is voor de doelen."
    ) % {
        "hours": more,
        "risk": risk,
    }


def openings(dossier: Mapping[str, Any], instruments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return per instrument whether it may be used here, with every rule that was asked."""
    rows = []
    for one in dossier["instruments"]:
        word, kind = _OPEN[one["state"]]
        findings = [
            {"rule": rule, "word": _OPEN[state][0], "kind": _OPEN[state][1], "text": text}
            for rule, state, text in one["findings"]
        ]
        known = instruments[one["code"]]
        rows.append(
            {"name": known["name"], "text": known["description"], "word": word, "kind": kind, "findings": findings}
        )
    return rows


def export_rows(board: Board) -> list[dict[str, Any]]:
    """Return the plan as lines of a file: bare values."""
    return [
        row | {"year_amount": Decimal(row["year_cents"]) / 100, "how_text": " ".join(row["how"])}
        for row in board.chosen()
    ]
