"""Django registration of this context."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """Criteria with weights, scores of several assessors, consolidation and sensitivity."""

    name = "koopkracht.scoring"
    label = "scoring"
