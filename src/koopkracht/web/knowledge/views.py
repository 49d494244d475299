"""What everybody may read: the glossary and published stories."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from koopkracht.catalogue import api as catalogue
from koopkracht.catalogue.errors import ProductGroupNotFound
from koopkracht.knowledge import api as knowledge
from koopkracht.web.ui.page import Request, public_page, render


@require_GET
@public_page
def glossary(request: Request) -> HttpResponse:
    """Show all words, or those that hold what was searched for."""
    asked = request.GET.get("zoek", "").strip().casefold()[:100]
    words = knowledge.glossary()
    names = {word.slug: word.term for word in words}
    shown = [word for word in words if asked in f"{word.term} {' '.join(word.forms)} {word.text}".casefold()]
    return render(request, "knowledge/glossary.html", {"words": shown, "names": names, "asked": asked})


@require_GET
@public_page
def public_stories(request: Request) -> HttpResponse:
    """Show the stories that organisations published for everybody."""
    return render(request, "knowledge/public_stories.html", {"stories": knowledge.public_stories()})


@require_GET
@public_page
def public_story(request: Request, story_id: int) -> HttpResponse:
    """Show one published story."""
    found = knowledge.public_story(story_id=story_id)
    context = {"story": found, "group": group_name(found.product_group)}
    return render(request, "knowledge/public_story.html", context)


def group_name(code: str) -> str:
    """Return the name of a product group, or an empty text for one that is not in use any more."""
    try:
        return catalogue.product_group(code=code).name if code else ""
    except ProductGroupNotFound:
        return ""
