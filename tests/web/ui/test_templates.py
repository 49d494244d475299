"""The templates test themselves: nothing unused, nothing too long, nothing inline, every word marked."""

import re
from functools import cache
from pathlib import Path

import pytest
from jinja2 import nodes

import koopkracht
from koopkracht.web.home import catalogue
from koopkracht.web.ui.kit import FILES
from koopkracht.web.ui.page import jinja

PACKAGE = Path(koopkracht.__file__).parent
FOLDER = PACKAGE / "web" / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
NAMES = [str(path.relative_to(FOLDER)) for path in TEMPLATES]
MAX_LINES = 150
# For paper: made into a PDF in one go, without a browser and its security policy.
PAPER = {"diagnosis/report.html", "planner/paper.html", "rules/paper.html"}
# Names, units and code that are the same in every language.
NOT_WORDS = re.compile(r"Koopkracht|CSV|Excel|&nbsp;|EUR|€")


@cache
def python_text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))


@cache
def template_text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)


@pytest.mark.parametrize("name", NAMES)
def test_template_is_used(name):
    if name.startswith(f"{catalogue.EXAMPLES}/"):
        assert Path(name).stem in {one.name for group in catalogue.groups() for one in group.components}
    elif name.startswith("ui/") and (Path(name).stem in FILES or name.startswith("ui/shell_")):
        return
    else:
        assert f'"{name}"' in python_text() or f'"{name}"' in template_text(), f"{name} is rendered nowhere"


@pytest.mark.parametrize("name", NAMES)
def test_template_is_short(name):
    assert len((FOLDER / name).read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("name", [name for name in NAMES if name not in PAPER])
def test_template_has_nothing_inline(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(r"<style\b", text), "styles belong in a style sheet"
    assert not re.search(r"\sstyle\s*=", text), "the security policy refuses inline styles"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "the security policy refuses inline handlers"
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script, f"inline script: {script}"


@pytest.mark.parametrize("name", NAMES)
def test_visible_text_is_marked_for_translation(name):
    tree = jinja().parse((FOLDER / name).read_text(encoding="utf-8"))
    html = "".join(
        part.data if isinstance(part, nodes.TemplateData) else "\x00"
        for output in tree.find_all(nodes.Output)
        for part in output.nodes
    )
    visible = re.sub(r"<(script|pre)\b.*?</\1>|<[^<>]*>|<!--.*?-->", " ", html, flags=re.DOTALL)
    # What is left of a tag that is cut by an expression, and attributes in it, is no text.
    visible = re.sub(r"<[^<>]*$|^[^<>]*>|\b[a-z-]+=(\"[^\"]*\"|'[^']*'|\S*)", " ", visible, flags=re.MULTILINE)
    words = re.findall(r"[A-Za-zÀ-ÿ]{3,}", NOT_WORDS.sub(" ", visible))
    assert not words, f"mark this text with _(): {words}"


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name):
    jinja().get_template(name)


def test_every_component_is_in_the_catalogue():
    kit = jinja().globals["ui"]
    shown = {one.name for group in catalogue.groups() for one in group.components}
    assert shown == set(kit.macros())
    for group in catalogue.groups():
        for one in group.components:
            assert f"ui.{one.name}(" in one.code, f"the example of {one.name} does not use it"


def test_every_icon_that_is_used_is_in_the_sprite():
    listed = set((PACKAGE.parents[1] / "tools" / "icons.txt").read_text(encoding="utf-8").split("#")[1].split("\n")[1:])
    used = set(re.findall(r"\bicon\(\"([a-z-]+)\"", template_text()))
    used |= set(re.findall(r"icon=\"([a-z-]+)\"", template_text() + python_text()))
    assert used <= listed, used - listed


def test_every_class_of_ours_has_a_style():
    styles = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "web/static/koopkracht").glob("*.css"))
    used = set(re.findall(r"\bkk-[a-z_-]+[a-z](?=[\s\"'{}])", template_text()))
    # A name that only marks a place, or a modifier whose plain form is the default.
    plain = {"kk-grid--", "kk-field--file", "kk-field--group", "kk-chart__table"}
    missing = {name for name in used if f".{name}" not in styles} - plain
    assert not missing
