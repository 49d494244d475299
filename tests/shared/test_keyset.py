"""Keyset pages: every row once, in order, forwards and backwards, with empty and equal values."""

from collections import namedtuple

import pytest
from django.db.models import F

from koopkracht.accounts.models import Organisation
from koopkracht.shared.errors import Rejected
from koopkracht.shared.keyset import keyset
from koopkracht.shared.listing import COUNT_LIMIT, Cursor, ListQuery

pytestmark = pytest.mark.django_db
Row = namedtuple("Row", "id name inhabitants")
SORTS = {"name": "name", "inhabitants": "inhabitants"}


@pytest.fixture
def towns():
    sizes = [None, 5, 5, 3, None, 9, 5, 1, 9, None, 2]
    return Organisation.objects.bulk_create(
        Organisation(name=f"Gemeente {place % 4}", slug=f"g{place}", kind="municipality", inhabitants=size)
        for place, size in enumerate(sizes)
    )


def read(**asked):
    query = ListQuery(**{"limit": 3, **asked})
    return keyset(
        Organisation.objects.all(), query=query, sorts=SORTS, fields=["id", "name", "inhabitants"], convert=Row
    )


def walk(**asked):
    pages = [read(**asked)]
    while pages[-1].next:
        pages.append(read(**asked, cursor=pages[-1].next))
    return pages


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", ["name", "inhabitants"])
def test_every_row_once_in_order_and_back_again(towns, sort, descending):
    pages = walk(sort=sort, descending=descending)
    rows = [row for page in pages for row in page.rows]
    assert sorted(row.id for row in rows) == sorted(town.pk for town in towns)
    column = F(sort).desc(nulls_last=True) if descending else F(sort).asc(nulls_last=True)
    expected = Organisation.objects.order_by(column, "-id" if descending else "id").values_list("pk", flat=True)
    assert [row.id for row in rows] == list(expected)

    back, place = [pages[-1]], pages[-1]
    while place.previous:
        place = read(sort=sort, descending=descending, cursor=place.previous)
        back.append(place)
    assert [page.rows for page in reversed(back)] == [page.rows for page in pages]
    assert not back[-1].previous
    assert all(page.next for page in back[1:])


def test_one_page_has_no_neighbours(towns):
    page = read(limit=50)
    assert (page.next, page.previous) == ("", "")
    assert (page.total, page.more_than_total) == (len(towns), False)


def test_counting_stops_at_the_limit(towns):
    Organisation.objects.bulk_create(
        Organisation(name="x", slug=f"x{place}", kind="municipality") for place in range(COUNT_LIMIT)
    )
    page = read()
    assert (page.total, page.more_than_total) == (COUNT_LIMIT, True)


def test_nothing_found():
    page = read()
    assert (list(page.rows), page.next, page.previous, page.total) == ([], "", "", 0)


@pytest.mark.parametrize(
    "cursor", ["x", "e30", "W10", Cursor("-name", "a", 1).encode(), Cursor("name", "a", "b").encode()]
)
def test_a_forged_cursor_is_refused_in_words(towns, cursor):
    with pytest.raises(Rejected) as refused:
        read(sort="name", cursor=cursor)
    assert "bladzijde" in refused.value.message or "volgorde" in refused.value.message


def test_an_unknown_sort_is_refused(towns):
    with pytest.raises(Rejected) as refused:
        read(sort="password")
    assert refused.value.code == "list-sort-unknown"
