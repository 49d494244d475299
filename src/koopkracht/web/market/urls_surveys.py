"""Addresses of market surveys, and of the page on which a company answers."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.market import answering, survey_people, survey_results, surveys

_ONE = "markt/bevragingen/<int:survey_id>"

urlpatterns = [
    path("markt/bevragingen/", surveys.surveys, name="surveys"),
    path("markt/bevragingen/nieuw", surveys.add, name="survey-add"),
    path(_ONE, surveys.survey, name="survey"),
    path(f"{_ONE}/doel", surveys.purpose, name="survey-purpose"),
    path(f"{_ONE}/weggooien", surveys.remove, name="survey-remove"),
    path(f"{_ONE}/vragen", surveys.questions, name="survey-questions"),
    path(f"{_ONE}/vragen/kiezen", surveys.pick, name="survey-pick"),
    path(f"{_ONE}/vragen/<int:question_id>", surveys.question, name="survey-question"),
    path(f"{_ONE}/vragen/<int:question_id>/plaats", surveys.question_move, name="survey-question-move"),
    path(f"{_ONE}/vragen/<int:question_id>/weg", surveys.question_remove, name="survey-question-remove"),
    path(f"{_ONE}/ontvangers", survey_people.recipients, name="survey-recipients"),
    path(f"{_ONE}/ontvangers/lijst", survey_people.paste, name="survey-paste"),
    path(f"{_ONE}/ontvangers/<int:recipient_id>/weg", survey_people.recipient_remove, name="survey-recipient-remove"),
    path(f"{_ONE}/samenstelling", survey_people.composition, name="survey-composition"),
    path(f"{_ONE}/versturen", survey_people.send, name="survey-send"),
    path(f"{_ONE}/links", survey_people.links, name="survey-links"),
    path(f"{_ONE}/afsluiten", survey_people.close, name="survey-close"),
    path(f"{_ONE}/bezorging/<slug:what>", survey_people.deliveries, name="survey-deliveries"),
    path(f"{_ONE}/bezorging/<slug:what>/opnieuw", survey_people.deliver, name="survey-deliver"),
    path(f"{_ONE}/resultaten", survey_results.results, name="survey-results"),
    path(f"{_ONE}/samenvatting", survey_results.summary, name="survey-summary"),
    path(f"{_ONE}/samenvatting/versturen", survey_results.summary_send, name="survey-summary-send"),
    path(f"{_ONE}/afronden", survey_results.finish, name="survey-finish"),
    path(f"{_ONE}/naar-fiche", survey_results.to_sheet, name="survey-to-sheet"),
    path("bevraging/<str:token>", answering.answer, name="survey-answer"),
    path("bevraging/<str:token>/bedankt", answering.thanks, name="survey-thanks"),
]
