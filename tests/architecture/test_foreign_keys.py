"""Tables point downwards only, and every row of an organisation says whose it is, first."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from koopkracht.shared.tenancy import OrganisationOwned

ROOT = Path(__file__).resolve().parents[2]
OURS = [model for model in apps.get_models() if model.__module__.startswith("koopkracht.")]
OWNED = [model for model in OURS if issubclass(model, OrganisationOwned)]

# Tables without an organisation, each with its reason.
SHARED = {
    "accounts.Organisation": "is the organisation",
    "accounts.OrganisationLink": "relates two organisations",
    "accounts.User": "a person may work for several organisations",
    "audit.Event": "keeps the number of the organisation without a pointer, so that the log outlives everything",
    "audit.ChainHead": "as audit.Event",
    "jobs.Schedule": "what the installation does on the clock, for every organisation",
    "rules.Release": "the law is the same for everybody",
}
# Indexes and keys that do not start with the organisation, each with its reason.
ACROSS = {
    "accounts_membership_user": "login asks for the organisations of a person",
    "jobs_job_lease": "the worker looks for work of every organisation",
    "monitoring_year_benchmark": "the benchmark compares organisations that chose to share",
    "knowledge_story_public": "stories for everybody are read across organisations",
    "Invitation.token_digest": "a token is all that its holder has",
    "SignedLink.token_digest": "a token is all that its holder has",
}


def layer_numbers() -> dict[str, int]:
    """Return the height of each context in the contract file; neighbours share a height."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    lines = contract["importlinter:contract:contexts"]["layers"].strip().splitlines()
    heights = range(len(lines), 0, -1)
    return {name: height for height, line in zip(heights, lines, strict=True) for name in re.findall(r"[a-z_]+", line)}


LAYERS = layer_numbers()


def context_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def label(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", OURS, ids=label)
def test_pointers_go_down(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        if not field.concrete or field.related_model is None:
            continue
        target = field.related_model
        if not target.__module__.startswith("koopkracht."):
            continue
        own, other = context_of(model), context_of(target)
        assert own == other or LAYERS[own] > LAYERS[other], f"{label(model)}.{field.name} points up or sideways"


@pytest.mark.parametrize("model", OURS, ids=label)
def test_every_table_belongs_to_organisations_or_says_why_not(model: type[models.Model]) -> None:
    assert issubclass(model, OrganisationOwned) or label(model) in SHARED, (
        f"derive {label(model)} from OrganisationOwned, or give the reason in SHARED"
    )


def test_the_reasons_are_about_tables_that_exist() -> None:
    assert set(SHARED) <= {label(model) for model in OURS} - {label(model) for model in OWNED}


@pytest.mark.parametrize("model", OWNED, ids=label)
def test_keys_and_indexes_start_with_the_organisation(model: type[models.Model]) -> None:
    named = [(index.name, index.fields) for index in model._meta.indexes]
    named += [
        (constraint.name, constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    named += [
        (f"{model.__name__}.{field.name}", [field.name])
        for field in model._meta.local_concrete_fields
        if (field.unique or field.db_index) and not field.primary_key and not field.is_relation
    ]
    for name, fields in named:
        assert name in ACROSS or fields[0].lstrip("-") == "organisation", f"{name} starts with {fields[0]}"


def test_an_index_is_never_named_like_a_table() -> None:
    """SQLite and PostgreSQL keep both in one list of names."""
    tables = {model._meta.db_table for model in apps.get_models()}
    assert not tables & {index.name for model in OURS for index in model._meta.indexes}


@pytest.mark.parametrize("model", OWNED, ids=label)
def test_the_manager_offers_the_one_helper_that_scopes(model: type[models.Model]) -> None:
    assert str(model.objects.of(7).query.where).count("organisation") == 1
