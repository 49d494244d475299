"""Every content file of the catalogue fits its schema, and the tree is complete and unambiguous."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
import yaml

import koopkracht
from koopkracht.catalogue import api, tables
from koopkracht.market.identifiers import normalise_belgian

FOLDER = Path(koopkracht.__file__).parent / "content" / "product_groups"
FILES = sorted(FOLDER.glob("*.yaml"))


class _DatesAsText(yaml.SafeLoader):
    """Leaves dates as text, for JSON schema knows no dates."""


_DatesAsText.yaml_implicit_resolvers = {
    key: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_segment_fits_the_schema(file: Path) -> None:
    schema = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    document = yaml.load(file.read_text(encoding="utf-8"), Loader=_DatesAsText)

    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())

    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)] == []


def test_codes_names_and_cpv_beginnings_stand_in_the_tree_only_once() -> None:
    groups = [group for file in FILES for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]]

    for values in (
        [group["code"] for group in groups],
        [group["name"] for group in groups],
        [prefix for group in groups for prefix in group["cpv"]],
    ):
        assert [value for value, times in Counter(values).items() if times > 1] == []


def test_codes_begin_with_their_segment() -> None:
    assert [group.code for group in api.product_groups() if not group.code.startswith(group.segment.code)] == []


def test_the_tree_has_the_size_it_is_meant_to_have() -> None:
    assert 150 <= len(api.product_groups()) <= 200
    assert len(api.segments()) == len(FILES)


@pytest.mark.reference
def test_every_cpv_code_lands_in_a_product_group_and_every_beginning_exists(reference_data: Path) -> None:
    with (reference_data / "codelists" / "cpv-2008.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]

    homeless = [code for code in codes if api.product_group_for_cpv(cpv=code) is None]
    beginnings = {code[:length] for code in codes for length in range(2, 9)}

    assert len(codes) == 9454
    assert homeless == []
    assert sorted(set(tables.groups_by_cpv_prefix()) - beginnings) == []


@pytest.mark.reference
def test_the_social_services_that_eforms_knows_are_in_our_list(reference_data: Path) -> None:
    with (reference_data / "codelists" / "cpv-2008.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file) if row["social_service"]]

    assert len(codes) == 115
    assert [code for code in codes if not api.is_social_service(cpv=code)] == []


@pytest.mark.reference
def test_the_municipalities_are_those_of_the_official_list(reference_data: Path) -> None:
    path = reference_data / "organisations" / "flemish-municipalities-2025.csv"
    with path.open(encoding="utf-8", newline="") as file:
        official = {row["nis_2025"]: row for row in csv.DictReader(file)}
    ours = api.municipalities()

    assert ours.keys() == official.keys()
    for nis, town in ours.items():
        row = official[nis]
        assert (town.name, town.kbo, " ".join(town.predecessors)) == (
            row["name_nl"],
            row["kbo_gemeente"],
            row["predecessor_nis_2019"],
        )


def test_every_municipality_has_an_area_and_valid_enterprise_numbers() -> None:
    towns = api.municipalities().values()

    assert len(towns) == 285
    assert [town.name for town in towns if api.area(code=town.nuts) is None] == []
    assert [town.name for town in towns if town.kbo and normalise_belgian(town.kbo) != town.kbo] == []


@pytest.mark.reference
def test_code_names_cover_the_lists_they_name(reference_data: Path) -> None:
    with (reference_data / "codelists" / "eforms-codelists.csv").open(encoding="utf-8", newline="") as file:
        official: dict[str, set[str]] = {}
        for row in csv.DictReader(file):
            official.setdefault(row["list"], set()).add(row["code"])

    for name, labels in tables.code_labels().items():
        assert labels.keys() == official[name], name
