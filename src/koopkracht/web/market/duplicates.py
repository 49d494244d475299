"""The work list of possible duplicates: merge, keep apart, undo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from koopkracht.market import api as market
from koopkracht.market.errors import PairNotFound
from koopkracht.market.types.suppliers import DuplicateView
from koopkracht.shared.errors import Conflict, NotFound, Rejected
from koopkracht.shared.listing import ListQuery
from koopkracht.web.market.forms import MergeForm
from koopkracht.web.market.words import comparison, reason
from koopkracht.web.ui.page import Request, page, render

_PAIRS_PER_PAGE = 20
_STATES = ("open", "merged", "apart")


@require_GET
@page("supplier.view")
def worklist(request: Request) -> HttpResponse:
    """Show the pairs that wait for a decision, or those that were decided."""
    asked = request.GET.get("stand", "open")
    state = asked if asked in _STATES else "open"
    query = ListQuery(
        filters={"state": state},
        sort="score" if state == "open" else "decided",
        descending=True,
        cursor=request.GET.get("vanaf", ""),
        limit=_PAIRS_PER_PAGE,
    )
    found = market.list_duplicates(actor=request.actor, query=query)
    context = {
        "state": state,
        "pairs": [_shown(pair) for pair in found.rows],
        "total": found.total,
        "previous": f"?stand={state}&vanaf={found.previous}" if found.previous else "",
        "next": f"?stand={state}&vanaf={found.next}" if found.next else "",
        "counts": market.counts(organisation_id=request.actor.organisation_id),
    }
    return render(request, "market/duplicates.html", context)


def _shown(pair: DuplicateView) -> dict[str, Any]:
    kept = pair.right if pair.merged_id == pair.left.id else pair.left
    return {
        "id": pair.id,
        "left": pair.left,
        "right": pair.right,
        "kept": kept,
        "score": pair.score,
        "reasons": [reason(code) for code in pair.reasons],
        "lines": comparison(pair.left, pair.right),
        "two_numbers": bool(pair.left.kbo and pair.right.kbo),
        "remark": pair.remark,
        "decided_at": pair.decided_at,
    }


@require_POST
@page("supplier.merge")
def propose(request: Request) -> HttpResponse:
    """Look for new possible duplicates."""
    added = market.propose_duplicates(actor=request.actor)
    if added:
        text = ngettext("%(num)s nieuw voorstel.", "%(num)s nieuwe voorstellen.", added) % {"num": added}
    else:
        text = _("Geen nieuwe mogelijke dubbels gevonden.")
    messages.success(request, text)
    return redirect("duplicates")


@require_POST
@page("supplier.merge")
def merge(request: Request, pair_id: int) -> HttpResponse:
    """Merge a pair; the form says which of the two stays."""
    pair = market.duplicate(actor=request.actor, pair_id=pair_id)
    if pair is None:
        raise PairNotFound(pair_id)
    kept, merged = pair.left, pair.right
    if request.POST.get("kept") == str(pair.right.id):
        kept, merged = merged, kept
    try:
        market.merge_suppliers(actor=request.actor, kept_id=kept.id, merged_id=merged.id)
    except (Conflict, Rejected) as error:
        messages.error(request, error.message)
    else:
        messages.success(
            request,
            _("%(merged)s telt nu mee bij %(kept)s. U kunt dit altijd ongedaan maken.")
            % {"merged": merged.name, "kept": kept.name},
        )
    return redirect("duplicates")


@require_POST
@page("supplier.merge")
def apart(request: Request, pair_id: int) -> HttpResponse:
    """Decide that a pair is two suppliers."""
    try:
        market.keep_apart(actor=request.actor, pair_id=pair_id)
    except Conflict as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Deze twee blijven apart. We stellen ze niet opnieuw voor."))
    return redirect("duplicates")


@require_POST
@page("supplier.merge")
def undo(request: Request, pair_id: int) -> HttpResponse:
    """Take a decision back."""
    try:
        market.undo_decision(actor=request.actor, pair_id=pair_id)
    except Conflict as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("De beslissing is ongedaan gemaakt. Het voorstel staat weer op de lijst."))
    return redirect("duplicates")


@require_http_methods(["GET", "POST"])
@page("supplier.merge")
def choose(request: Request, supplier_id: int) -> HttpResponse:
    """Merge another supplier, chosen by hand, into this one."""
    one = market.supplier(actor=request.actor, supplier_id=supplier_id).supplier
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            market.merge_suppliers(
                actor=request.actor,
                kept_id=supplier_id,
                merged_id=data["other"],
                remark=data["remark"],
                despite_numbers=data["despite_numbers"],
            )
        except (Rejected, NotFound, Conflict) as error:
            form.add_error("other", error.message)
        else:
            messages.success(request, _("De leveranciers zijn samengevoegd. U kunt dit altijd ongedaan maken."))
            return redirect("supplier", supplier_id=supplier_id)
    status = 422 if form.errors else 200
    return render(request, "market/supplier_merge.html", {"form": form, "one": one}, status=status)
