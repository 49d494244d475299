"""Inviting people, and taking up an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from koopkracht.accounts import api as accounts
from koopkracht.accounts.types import InvitationView
from koopkracht.shared.errors import NotAllowed, Rejected
from koopkracht.web.ui.page import page, public_page, render


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=gettext_lazy("E-mailadres"), max_length=254)
    name = forms.CharField(label=gettext_lazy("Naam"), max_length=200, required=False)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Rollen"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Kies wat deze persoon doet. U kunt dat later wijzigen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.role, role.label) for role in accounts.all_roles()]  # type: ignore[attr-defined]


class NewPersonForm(forms.Form):
    """The name and password of somebody who has no account yet."""

    name = forms.CharField(
        label=gettext_lazy("Uw naam"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=gettext_lazy("Kies een wachtwoord"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=gettext_lazy("Minstens twaalf tekens. Een zin van een paar woorden werkt goed."),
    )
    again = forms.CharField(
        label=gettext_lazy("Herhaal het wachtwoord"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_again(self) -> str:
        """Both must be the same."""
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise forms.ValidationError(gettext("De twee wachtwoorden zijn niet gelijk."))
        return str(self.cleaned_data["again"])


@page("people.manage")
@require_http_methods(["GET", "POST"])
def invite(request: Any) -> HttpResponse:
    """Invite somebody by mail."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = accounts.invite(actor=request.actor, link_of=_link_of(request), **form.cleaned_data)
        except (Rejected, NotAllowed) as error:
            form.add_error(error.details.get("field", "email"), error.message)
        else:
            _tell(request, sent)
            return redirect("people")
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@page("people.manage")
@require_POST
def send_again(request: Any, invitation_id: int) -> HttpResponse:
    """Send a new link for an open invitation."""
    _tell(
        request,
        accounts.send_again(actor=request.actor, invitation_id=invitation_id, link_of=_link_of(request)),
    )
    return redirect("people")


@page("people.manage")
@require_POST
def revoke(request: Any, invitation_id: int) -> HttpResponse:
    """Withdraw an open invitation."""
    accounts.revoke_invitation(actor=request.actor, invitation_id=invitation_id)
    messages.success(request, gettext("De uitnodiging is ingetrokken. De link werkt niet meer."))
    return redirect("people")


@public_page
@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: Any, token: str) -> HttpResponse:
    """Take up an invitation: with a new account, or with the account one is logged in to."""
    invitation = accounts.invitation_for(token=token)
    if accounts.has_account(token=token):
        return _accept_as_known_person(request, token, invitation)
    form = NewPersonForm(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        try:
            accounts.accept_as_new_person(
                token=token, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
            )
        except Rejected as error:
            form.add_error(error.details.get("field", "password"), error.message)
        else:
            messages.success(request, gettext("Uw account is klaar. Meld u aan met uw e-mailadres en wachtwoord."))
            return redirect("account_login")
    status = 422 if form.errors else 200
    return render(request, "accounts/accept.html", {"form": form, "invitation": invitation}, status=status)


def _accept_as_known_person(request: Any, token: str, invitation: InvitationView) -> HttpResponse:
    is_own = request.user.is_authenticated and request.user.email == invitation.email
    if request.method == "POST" and request.user.is_authenticated:
        accounts.accept_as(token=token, user_id=request.user.pk)
        messages.success(request, gettext("U werkt nu ook mee in %(name)s.") % {"name": invitation.organisation.name})
        return redirect("choose-organisation")
    login = f"{reverse('account_login')}?next={request.path}"
    context = {"invitation": invitation, "is_own": is_own, "login": login}
    return render(request, "accounts/accept_known.html", context)


def _link_of(request: Any) -> Any:
    return lambda token: request.build_absolute_uri(reverse("invitation-accept", kwargs={"token": token}))


def _tell(request: Any, sent: InvitationView) -> None:
    if sent.mailed_at:
        messages.success(request, gettext("De uitnodiging is verstuurd. De link werkt zeven dagen."))
    else:
        messages.warning(
            request, gettext("De uitnodiging is bewaard, maar de mail kon niet weg. Probeer het later opnieuw.")
        )
