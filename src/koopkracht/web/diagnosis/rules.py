"""The rules that assign lines: own rules in their order, then the standard ones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from koopkracht.monitoring import api as monitoring
from koopkracht.monitoring.types import RuleInput, RuleView
from koopkracht.shared.errors import KoopkrachtError
from koopkracht.web.diagnosis.address import LARGEST_NUMBER
from koopkracht.web.ui.page import Request, page, render


class RuleForm(forms.Form):
    """The conditions of a rule; all that are filled in must hold."""

    product_group = forms.ChoiceField(label=gettext_lazy("Productgroep"))
    account_prefix = forms.CharField(
        label=gettext_lazy("Rekening begint met"), required=False, max_length=30,
        help_text=gettext_lazy("Bijvoorbeeld 6102. Elke rekening die zo begint, past."),
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Woorden in de omschrijving"), required=False, max_length=500,
        help_text=gettext_lazy(
            "Scheid met een komma; één woord volstaat. «schoonmaak» past ook op «schoonmaakproducten»."
        ),
    )  # fmt: skip
    supplier_id = forms.IntegerField(
        label=gettext_lazy("Nummer van de leverancier"), required=False, min_value=1, max_value=LARGEST_NUMBER,
        help_text=gettext_lazy("Het staat op de pagina van de leverancier, bij “Nummer in Koopkracht”."),
    )  # fmt: skip
    cpv_prefix = forms.CharField(
        label=gettext_lazy("CPV-code begint met"), required=False, max_length=8,
        help_text=gettext_lazy("Alleen cijfers, bijvoorbeeld 9091."),
    )  # fmt: skip
    remark = forms.CharField(label=gettext_lazy("Waarom deze regel?"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = [("", _("Kies een productgroep"))]
        self.fields["product_group"].choices = choices + list(monitoring.product_group_choices())  # type: ignore[attr-defined]

    def rule(self) -> RuleInput:
        """Return what was filled in."""
        values = self.cleaned_data
        return RuleInput(
            product_group=values["product_group"],
            account_prefix=values["account_prefix"],
            supplier_id=values["supplier_id"],
            words=tuple(word.strip() for word in values["words"].split(",") if word.strip()),
            cpv_prefix=values["cpv_prefix"],
            remark=values["remark"],
        )


@page("spend.view")
def rules(request: Request) -> HttpResponse:
    """Show all rules in the order in which they are tried."""
    own = monitoring.own_rules(organisation_id=request.actor.organisation_id)
    standard = monitoring.standard_rules(organisation_id=request.actor.organisation_id)
    standing = [rule for _segment, rules_of_segment in standard for rule in rules_of_segment]
    context = {
        "own": own,
        "standard": standard,
        "names": monitoring.product_group_names(codes=[rule.product_group for rule in (*own, *standing)]),
        "may_change": request.actor.may("spend.classify"),
        "provenance": monitoring.provenance(organisation_id=request.actor.organisation_id),
    }
    return render(request, "diagnosis/rules.html", context)


@page("spend.classify")
def add(request: Request) -> HttpResponse:
    """Make a rule; the address may fill in what a work item already knows."""
    if request.method != "POST":
        known = {
            name: request.GET.get(name, "") for name in ("account_prefix", "supplier_id", "words", "product_group")
        }
        return _form(request, RuleForm(initial=known), None)
    form = RuleForm(request.POST)
    if form.is_valid() and _tried(form, lambda: monitoring.add_rule(actor=request.actor, rule=form.rule())):
        messages.success(request, _("De regel is bewaard en staat bovenaan. De cijfers worden bijgewerkt."))
        return redirect("assignment-rules")
    return _form(request, form, None)


@page("spend.classify")
def change(request: Request, rule_id: int) -> HttpResponse:
    """Change a rule in its place."""
    rule = monitoring.own_rule(organisation_id=request.actor.organisation_id, rule_id=rule_id)
    if request.method != "POST":
        return _form(request, RuleForm(initial=_initial(rule)), rule)
    form = RuleForm(request.POST)

    def save() -> None:
        monitoring.change_rule(actor=request.actor, rule_id=rule_id, rule=form.rule())

    if form.is_valid() and _tried(form, save):
        messages.success(request, _("De regel is gewijzigd. De cijfers worden bijgewerkt."))
        return redirect("assignment-rules")
    return _form(request, form, rule)


@require_POST
def _move(request: Request, rule_id: int) -> HttpResponse:
    monitoring.move_rule(actor=request.actor, rule_id=rule_id, up=request.POST.get("richting") == "omhoog")
    return redirect("assignment-rules")


@require_POST
def _remove(request: Request, rule_id: int) -> HttpResponse:
    monitoring.remove_rule(actor=request.actor, rule_id=rule_id)
    messages.success(request, _("De regel is verwijderd. De cijfers worden bijgewerkt."))
    return redirect("assignment-rules")


@require_POST
def _switch(request: Request, code: str) -> HttpResponse:
    enabled = request.POST.get("aan") == "ja"
    monitoring.switch_default(actor=request.actor, product_group=code, enabled=enabled)
    text = _("De standaardregels van deze productgroep staan weer aan.") if enabled else _(
        "De standaardregels van deze productgroep staan uit."
    )  # fmt: skip
    messages.success(request, text)
    return redirect("assignment-rules")


move = page("spend.classify")(_move)
remove = page("spend.classify")(_remove)
switch = page("spend.classify")(_switch)


def _form(request: Request, form: RuleForm, rule: RuleView | None) -> HttpResponse:
    return render(request, "diagnosis/rule.html", {"form": form, "rule": rule}, status=422 if form.errors else 200)


def _initial(rule: RuleView) -> dict[str, Any]:
    return {
        "product_group": rule.product_group,
        "account_prefix": rule.account_prefix,
        "supplier_id": rule.supplier_id,
        "words": ", ".join(rule.words),
        "cpv_prefix": rule.cpv_prefix,
        "remark": rule.remark,
    }


def _tried(form: RuleForm, save: Any) -> bool:
    """Save; a refusal becomes an error of the form, at its field where it has one."""
    try:
        save()
    except KoopkrachtError as error:
        form.add_error(error.details.get("field"), error.message)
        return False
    return True
