"""Words and colours of market surveys on the screen."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from koopkracht.catalogue import api as catalogue
from koopkracht.market import api as market
from koopkracht.market.types.suppliers import SupplierKind, SupplierSize
from koopkracht.market.types.surveys import SurveyView
from koopkracht.questionnaires import api as questionnaires
from koopkracht.questionnaires.types import TOKEN_MARK, DeliveryState, State

STATE_KINDS = {
    State.DRAFT: "default",
    State.OPEN: "info",
    State.CLOSED: "warning",
    State.SUMMARISED: "warning",
    State.FINISHED: "success",
}
DELIVERY_KINDS = {
    DeliveryState.WAITING: "default",
    DeliveryState.SENDING: "info",
    DeliveryState.SENT: "success",
    DeliveryState.BY_HAND: "success",
    DeliveryState.FAILED: "error",
    DeliveryState.UNSURE: "warning",
}
_MARK = "t0ken"


def state_text(state: State) -> str:
    """Return the state in words."""
    return str(questionnaires.STATES[state])


def group_name(code: str) -> str:
    """Return the name of a product group."""
    return catalogue.product_group(code=code).name if code else ""


def attribute_label(name: str) -> str:
    """Return the name of something by which a group is composed."""
    return {
        "region": _("Regio"),
        "kind": _("Soort onderneming"),
        "size": _("Grootte"),
        "activity": _("Activiteit volgens de gids"),
    }.get(name, name)


def value_text(name: str, value: str) -> str:
    """Return a value of an attribute in words; what is not known is said so."""
    if not value:
        return _("Niet bekend")
    if name == "kind" and value in set(SupplierKind):
        return str(market.KIND_LABELS[SupplierKind(value)])
    if name == "size" and value in set(SupplierSize):
        return str(market.SIZE_LABELS[SupplierSize(value)])
    if name == "activity":
        return {"offers": _("Biedt deze productgroep aan"), "other": _("Biedt iets anders aan")}.get(value, value)
    return value


def link_pattern(request: HttpRequest) -> str:
    """Return the address of an answer page with a mark where the token comes."""
    address = request.build_absolute_uri(reverse("survey-answer", kwargs={"token": _MARK}))
    return address.replace(_MARK, TOKEN_MARK)


def steps(view: SurveyView) -> tuple[list[str], list[str]]:
    """Return the steps of making a survey and their addresses."""
    names = ("survey-purpose", "survey-questions", "survey-recipients", "survey-composition", "survey-send")
    texts = [_("Doel"), _("Vragen"), _("Ontvangers"), _("Nakijken"), _("Versturen")]
    return texts, [reverse(name, kwargs={"survey_id": view.id}) for name in names]
