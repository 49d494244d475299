"""The shell of our own pages for Django templates, so that there is one shell and not two that drift apart."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.password_validation import password_validators_help_texts
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from koopkracht.web.ui.page import jinja, values_for

register = template.Library()
PARTS = frozenset({"head", "header", "footer", "messages"})


@register.simple_tag(takes_context=True)
def shell(context: Context, part: str) -> SafeString:
    """Render one part of the shell: ``head``, ``header``, ``messages`` or ``footer``."""
    if part not in PARTS:
        raise template.TemplateSyntaxError(f"there is no shell part {part}")
    return mark_safe(jinja().get_template(f"ui/shell_{part}.html").render(values_for(context["request"])))  # noqa: S308 - autoescaped


@register.simple_tag
def ui_field(field: Any) -> SafeString:
    """Render one form field with our own component."""
    if str(field.help_text).startswith("<ul>"):
        # Django's list of demands on a password; a hint is one paragraph of plain text.
        field.help_text = " ".join(password_validators_help_texts())
    return mark_safe(str(jinja().globals["ui"].field(field)))  # type: ignore[attr-defined]  # noqa: S308


@register.simple_tag
def ui_error_summary(form: Any) -> SafeString:
    """Render the list of problems of a form with our own component."""
    return mark_safe(str(jinja().globals["ui"].error_summary(form)))  # type: ignore[attr-defined]  # noqa: S308
