"""The four lists of the register: what they show, how one can narrow them, and each row as it is shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from koopkracht.contracts.types import ContractRow
from koopkracht.dossiers.types import LotRow, NoticeRow, ProcedureRow
from koopkracht.web.notices.words import FORM_TYPES, NATURES, PROCEDURES, choices, money, word
from koopkracht.web.ui.lists import Column, Filter, Listing, link_to

_WHOSE = Filter(
    "van", _("Van wie"), options=[("", _("Alle kopers")), ("eigen", _("Wij zelf")), ("markt", _("Anderen"))]
)
_EMPTY_TEXT = _("Laad aankondigingen in, of maak de zoekopdracht ruimer.")

NOTICES = Listing(
    name="aankondigingen",
    caption=_("Aankondigingen"),
    columns=(
        Column("title", _("Titel"), href=link_to("notice", notice_id="id"), sort=True),
        Column("kind", _("Soort")),
        Column("buyer_name", _("Koper"), sort=True),
        Column("publication_date", _("Bekendgemaakt"), format="date_short", sort=True),
        Column("lot_count", _("Percelen"), format="number"),
        Column("issue_count", _("Na te kijken"), format="number", sort=True),
        Column("publication_id", _("Nummer"), export_only=True),
    ),
    filters=(
        _WHOSE,
        Filter("soort", _("Soort"), options=choices(FORM_TYPES)),
        Filter("versies", _("Versies"), options=[("", _("Alleen de laatste")), ("alle", _("Alle versies"))]),
    ),
    sort="-publication_date",
    search=_("Zoek op titel, koper of nummer"),
    empty_title=_("Geen aankondigingen"),
    empty_text=_EMPTY_TEXT,
)

PROCEDURE_LIST = Listing(
    name="procedures",
    caption=_("Procedures"),
    columns=(
        Column("title", _("Titel"), href=link_to("procedure", procedure_id="id"), sort=True),
        Column("buyer_name", _("Koper"), sort=True),
        Column("stage_text", _("Fase")),
        Column("type_text", _("Procedure")),
        Column("amount", _("Geraamd"), sort=False, css="kk-num"),
        Column("lot_count", _("Percelen"), format="number"),
        Column("last_published", _("Laatst bekendgemaakt"), format="date_short", sort=True),
        Column("main_cpv", _("CPV"), export_only=True),
    ),
    filters=(
        _WHOSE,
        Filter("fase", _("Fase"), options=choices(FORM_TYPES)),
        Filter("aard", _("Aard"), options=choices(NATURES)),
    ),
    sort="-last_published",
    search=_("Zoek op titel, koper, referentie of CPV"),
    empty_title=_("Geen procedures"),
    empty_text=_EMPTY_TEXT,
)

LOT_LIST = Listing(
    name="percelen",
    caption=_("Percelen"),
    columns=(
        Column("title", _("Titel"), href=link_to("procedure", procedure_id="procedure_id"), sort=True),
        Column("lot_id", _("Perceel")),
        Column("goals", _("Doelen")),
        Column("main_cpv", _("CPV")),
        Column("amount", _("Geraamd"), css="kk-num"),
        Column("tender_deadline", _("Offertes tot"), format="date_short", sort=True),
        Column("last_published", _("Laatst bekendgemaakt"), format="date_short", sort=True),
    ),
    filters=(
        _WHOSE,
        Filter(
            "doel",
            _("Doel"),
            options=[
                ("", _("Alle")),
                ("sociaal", _("Sociaal")),
                ("groen", _("Groen")),
                ("innovatie", _("Innovatie")),
                ("voorbehouden", _("Voorbehouden")),
            ],
        ),
        Filter("cpv", _("CPV begint met"), kind="text"),
    ),
    sort="-last_published",
    search=_("Zoek op titel of CPV"),
    empty_title=_("Geen percelen"),
    empty_text=_EMPTY_TEXT,
)

CONTRACT_LIST = Listing(
    name="contracten",
    caption=_("Contracten"),
    columns=(
        Column("name", _("Contract"), href=link_to("contract", contract_id="id")),
        Column("supplier_name", _("Leverancier"), sort=True),
        Column("buyer_name", _("Koper")),
        Column("amount", _("Waarde"), css="kk-num"),
        Column("conclusion_date", _("Gesloten"), format="date_short", sort=True),
        Column("end_date", _("Eindigt"), format="date_short", sort=True),
        Column("is_framework", _("Raamovereenkomst"), format="yes_no"),
        Column("main_cpv", _("CPV"), export_only=True),
    ),
    filters=(
        _WHOSE,
        Filter("raam", _("Raamovereenkomst"), options=[("", _("Alle")), ("ja", _("Ja")), ("nee", _("Nee"))]),
        Filter("eindigt_voor", _("Eindigt voor"), kind="date"),
        Filter("cpv", _("CPV begint met"), kind="text"),
    ),
    sort="-conclusion_date",
    search=_("Zoek op titel, nummer, leverancier of koper"),
    empty_title=_("Geen contracten"),
    empty_text=_EMPTY_TEXT,
)


def notice_row(row: NoticeRow) -> dict[str, Any]:
    """Return a notice as the list shows it."""
    return {
        "id": row.id,
        "title": row.title or row.publication_id or _text("Zonder titel"),
        "kind": word(FORM_TYPES, row.form_type),
        "buyer_name": row.buyer_name,
        "publication_date": row.publication_date,
        "lot_count": row.lot_count,
        "issue_count": row.issue_count,
        "publication_id": row.publication_id,
    }


def procedure_row(row: ProcedureRow) -> dict[str, Any]:
    """Return a procedure as the list shows it."""
    return {
        "id": row.id,
        "title": row.title or _text("Zonder titel"),
        "buyer_name": row.buyer_name,
        "stage_text": word(FORM_TYPES, row.stage),
        "type_text": word(PROCEDURES, row.procedure_type),
        "amount": money(row.estimated_value, row.currency),
        "lot_count": row.lot_count,
        "last_published": row.last_published,
        "main_cpv": row.main_cpv,
    }


def lot_row(row: LotRow) -> dict[str, Any]:
    """Return a lot as the list shows it."""
    goals = (
        (row.is_social, _("sociaal")),
        (row.is_green, _("groen")),
        (row.is_innovative, _("innovatie")),
        (row.is_reserved, _("voorbehouden")),
    )
    return {
        "id": row.id,
        "procedure_id": row.procedure_id,
        "title": row.title or row.lot_id,
        "lot_id": row.lot_id,
        "goals": ", ".join(str(text) for holds, text in goals if holds),
        "main_cpv": row.main_cpv,
        "amount": money(row.estimated_value, row.currency),
        "tender_deadline": row.tender_deadline,
        "last_published": row.last_published,
    }


def contract_row(row: ContractRow) -> dict[str, Any]:
    """Return a contract as the list shows it."""
    return {
        "id": row.id,
        "name": row.title or row.reference or _text("Zonder titel"),
        "reference": row.reference,
        "supplier_name": row.supplier_name,
        "buyer_name": row.buyer_name,
        "amount": money(row.value, row.currency),
        "conclusion_date": row.conclusion_date,
        "end_date": row.end_date,
        "is_framework": row.is_framework,
        "main_cpv": row.main_cpv,
    }
