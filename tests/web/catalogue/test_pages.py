"""The pages about product groups."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from koopkracht.accounts.permissions import Role
from tests.accounts.factories import member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(member(organisation(), Role.BUYER), backend="django.contrib.auth.backends.ModelBackend")
    return found


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_tree_shows_every_segment(client) -> None:
    text = text_of(client.get(reverse("product-groups")))

    assert "Groen en openbaar domein" in text
    assert "Ramen wassen" in text


def test_words_and_chances_narrow_the_tree(client) -> None:
    found = text_of(client.get(reverse("product-groups"), {"zoek": "poetsen", "kansen": "hoog"}))

    assert "Schoonmaak van gebouwen" in found
    assert "Wegenwerken" not in found
    assert "Niets gevonden" in text_of(client.get(reverse("product-groups"), {"zoek": "qwertz"}))


def test_a_group_explains_its_chances_and_what_it_covers(client) -> None:
    text = text_of(client.get(reverse("product-group", kwargs={"code": "SCH-01"})))

    assert "Veel kansen" in text
    assert "90900000" in text
    assert client.get(reverse("product-group", kwargs={"code": "XXX-99"})).status_code == 404


def test_the_tree_takes_few_queries(client, django_assert_max_num_queries) -> None:
    client.get(reverse("product-groups"))

    with django_assert_max_num_queries(9):
        client.get(reverse("product-groups"))
