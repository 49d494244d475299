"""The repository tests itself: documents, settings, tools and content keep their promises."""

from __future__ import annotations

import ast
import configparser
import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "koopkracht"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def test_every_setting_from_the_environment_is_documented_and_the_reverse() -> None:
    source = (PACKAGE / "config" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"((?:KOOPKRACHT_|DATABASE_)[A-Z_]+)"', source))
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/operations/settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert read == documented


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if tree.body:
        assert ast.get_docstring(tree), f"{path} has no docstring"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_can_be_held_in_mind(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 600, "is there a seam?"


def test_every_package_stands_in_the_contract_file() -> None:
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    listed = set(re.findall(r"[a-z_]+", contract["importlinter:contract:contexts"]["layers"]))
    packages = {path.name for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert packages <= listed


DOORS = sorted([*PACKAGE.glob("*/api.py"), *PACKAGE.glob("*/api/*.py")])


@pytest.mark.parametrize("path", DOORS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_door_lists_what_it_offers_and_takes_keywords_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [
        node for node in tree.body if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
    ]
    assert names, "a door has __all__"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


def test_the_tools_are_configured_for_names_that_exist() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert (ROOT / settings["hatch"]["version"]["path"]).exists()
    module = settings["django-stubs"]["django_settings_module"].split(".")
    assert (ROOT / "src").joinpath(*module).with_suffix(".py").exists()
    for folder in settings["ruff"]["src"]:
        assert (ROOT / folder).is_dir()


def test_nothing_names_a_download_address() -> None:
    for name in ("requirements/dev.txt", "requirements/runtime.txt", "package-lock.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text.replace("https://opencollective", ""), name


def test_every_locked_python_package_has_a_hash() -> None:
    for name in ("requirements/dev.txt", "requirements/runtime.txt", "requirements/bootstrap.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9][^\s]*==", text, re.MULTILINE)
        assert pinned
        assert len(re.findall(r"^[a-z0-9][^\n]*\\\n\s+--hash=sha256:", text, re.MULTILINE)) == len(pinned), name


def test_the_first_screen_of_the_readme_shows_the_two_commands() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:40]
    assert any("make demo" in line for line in first)
    assert any("make test" in line for line in first)


def test_the_dutch_documents_exist() -> None:
    assert (ROOT / "README.nl.md").exists()
    assert (ROOT / "docs/handleiding/README.md").exists()


@pytest.mark.parametrize("path", sorted((PACKAGE / "content").rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_content_file_is_readable(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8"))


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    for path in (ROOT / "docs/decisions").glob("0*.md"):
        assert path.name in index, path.name


def test_no_large_or_binary_file_is_in_the_tree() -> None:
    import subprocess

    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, names):
        path = ROOT / name
        if path.is_file():
            assert path.stat().st_size < 1_000_000, f"{name} is large"
            assert path.suffix not in {".png", ".jpg", ".zip", ".gz", ".sqlite3", ".parquet", ".woff2"}, name
