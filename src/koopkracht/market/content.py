"""The words and thresholds of the market part, read once from ``content``. Pure: no Django."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from koopkracht.market.types.sheets import (
    Field,
    Level,
    Preloaded,
    Question,
    Settings,
    SheetForm,
    Statement,
    SupplyWarning,
)

__all__ = ["settings", "sheet_form"]


def _read(folder: str, name: str) -> Any:
    return yaml.safe_load((files("koopkracht.content") / folder / name).read_text(encoding="utf-8"))


@cache
def settings() -> Settings:
    """Return the thresholds and lists."""
    found = _read("market", "settings.yaml")
    return Settings(
        sheet_months=found["sheet_months"],
        entry_months=found["entry_months"],
        minimum_enterprises=found["minimum_enterprises"],
        hours_per_person=found["hours_per_person"],
        dialogue_amount=Decimal(found["dialogue_amount"]),
        dialogue_months=found["dialogue_months"],
        domains=found["domains"],
        channels=found["channels"],
        points=found["points"],
    )


@cache
def sheet_form() -> SheetForm:
    """Return everything a market sheet asks and says."""
    exploration, found = _read("questionnaires", "exploration.yaml"), _read("market", "sheet.yaml")
    return SheetForm(
        questions=tuple(Question(**row) for row in exploration["questions"]),
        fields=tuple(
            Field(row["code"], row["label"], row["help"], tuple(row.get("options", {}).items()))
            for row in found["profile"]
        ),
        statements=tuple(Statement(**row) for row in found["readiness"]["statements"]),
        levels=tuple(
            Level(row["code"], row["name"], Decimal(str(row["start"])), row["advice"], row["warn"])
            for row in sorted(found["readiness"]["levels"], key=lambda row: row["start"])
        ),
        warnings=tuple(SupplyWarning(**row) for row in found["warnings"]),
        conclusions=tuple(
            Preloaded(row["code"], row["kind"], row["text"], tuple(row["product_groups"]), found["conclusions_source"])
            for row in found["conclusions"]
        ),
    )
