"""The glossary: every word is explained, and a page finds the words that it uses."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import yaml

from koopkracht.knowledge import api

FOLDER = Path(api.__file__).resolve().parents[1] / "content" / "glossary"
REQUIRED = {
    "sociaal aankopen", "sociale impact", "sociale economie", "significante productgroep", "perceel",
    "voorbehouden opdracht", "sociaal dashboard", "streefwaarde", "doorstroom",
}  # fmt: skip


def content() -> dict:
    return yaml.safe_load((FOLDER / "terms.yaml").read_text(encoding="utf-8"))


def test_the_file_follows_its_schema() -> None:
    schema = yaml.safe_load((FOLDER / "schema.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(content(), schema)


def test_the_words_that_the_guide_leans_on_are_explained() -> None:
    assert {term.term for term in api.glossary()} >= REQUIRED


def test_slugs_and_spellings_stand_once_and_references_exist() -> None:
    terms = api.glossary()
    slugs = [term.slug for term in terms]
    forms = [form.casefold() for term in terms for form in term.forms]
    assert len(slugs) == len(set(slugs))
    assert len(forms) == len(set(forms))
    assert {slug for term in terms for slug in term.see} <= set(slugs)


def test_sentences_are_short_enough_to_read_at_once() -> None:
    for term in api.glossary():
        for sentence in term.text.replace("?", ".").split("."):
            assert len(sentence.split()) <= 32, (term.slug, sentence)


def found(html: str, **options: int) -> list[str]:
    return [term.slug for term in api.terms_in(html=html, **options)]


def test_a_page_finds_its_words_in_order_of_use_and_each_once() -> None:
    html = "<p>Percelen voor de Sociale economie, en nog een perceel.</p>"
    assert found(html) == ["perceel", "sociale-economie"]


def test_the_longest_spelling_wins() -> None:
    assert found("<b>Significante productgroepen</b>") == ["significante-productgroep"]


def test_tags_scripts_and_parts_of_words_are_not_text() -> None:
    html = (
        '<a href="/productgroepen/perceel" title="perceel">x</a><script>perceel</script><svg><text>bestek</text></svg>'
    )
    assert found(html + "bestekken-lijst subperceel") == []


def test_a_page_shows_at_most_so_many() -> None:
    html = "perceel, bestek, kmo, indicator"
    assert found(html, most=2) == ["perceel", "bestek"]
