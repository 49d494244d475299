"""Addresses of the glossary and the success stories."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.knowledge import arguments, stories, views

urlpatterns = [
    path("begrippen", views.glossary, name="glossary"),
    path("voorbeelden", views.public_stories, name="public-stories"),
    path("voorbeelden/<int:story_id>", views.public_story, name="public-story"),
    path("strategie/argumenten", arguments.arguments, name="arguments"),
    path("strategie/argumenten.<slug:suffix>", arguments.arguments_file, name="arguments-file"),
    path("strategie/verhalen", stories.stories, name="stories"),
    path("strategie/verhalen/nieuw", stories.add, name="story-add"),
    path("strategie/verhalen/<int:story_id>", stories.story, name="story"),
    path("strategie/verhalen/<int:story_id>/wijzigen", stories.edit, name="story-edit"),
    path("strategie/verhalen/<int:story_id>/stand", stories.move, name="story-move"),
    path("strategie/verhalen/<int:story_id>/toestemming/<int:consent_id>", stories.consent, name="story-consent"),
]
