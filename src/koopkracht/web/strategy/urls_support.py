"""Addresses of building support."""

from __future__ import annotations

from django.urls import path

from koopkracht.web.strategy import (
    support,
    support_activities,
    support_decisions,
    support_flagships,
    support_goal,
    support_people,
    support_reports,
    support_statements,
    support_work,
)

urlpatterns = [
    path("draagvlak", support.overview, name="support"),
    path("draagvlak/openen", support.open_workspace, name="support-open"),
    path("draagvlak/ritme", support.settings, name="support-settings"),
    path("draagvlak/uitnodigen", support.invite, name="support-invite"),
    path("draagvlak/doel", support_goal.goal, name="support-goal"),
    path("draagvlak/doel/schrijven", support_goal.write, name="support-goal-write"),
    path("draagvlak/doel/<int:old>/<int:new>", support_goal.compare, name="support-goal-compare"),
    path("draagvlak/betrokkenen", support_people.stakeholders, name="support-stakeholders"),
    path("draagvlak/betrokkenen/nieuw", support_people.add, name="support-stakeholder-add"),
    path("draagvlak/betrokkenen/<int:stakeholder_id>", support_people.stakeholder, name="support-stakeholder"),
    path(
        "draagvlak/betrokkenen/<int:stakeholder_id>/verwijderen",
        support_people.remove,
        name="support-stakeholder-remove",
    ),
    path("draagvlak/activiteiten", support_activities.activities, name="support-activities"),
    path("draagvlak/activiteiten/nieuw", support_activities.add, name="support-activity-add"),
    path("draagvlak/activiteiten/<int:activity_id>", support_activities.activity, name="support-activity"),
    path("draagvlak/koppelfiches", support_work.sheets, name="support-sheets"),
    path("draagvlak/koppelfiches/nieuw", support_work.add_sheet, name="support-sheet-add"),
    path("draagvlak/koppelfiches/<int:sheet_id>", support_work.sheet, name="support-sheet"),
    path("draagvlak/koppelfiches/<int:sheet_id>/aanpassen", support_work.change_sheet, name="support-sheet-change"),
    path("draagvlak/koppelfiches/<int:sheet_id>/verwijderen", support_work.remove_sheet, name="support-sheet-remove"),
    path(
        "draagvlak/koppelfiches/<int:sheet_id>/document.<slug:suffix>",
        support_work.sheet_document,
        name="support-sheet-document",
    ),
    path("draagvlak/akkoord", support_decisions.agreements, name="support-agreements"),
    path("draagvlak/akkoord/nieuw", support_decisions.add, name="support-agreement-add"),
    path("draagvlak/akkoord/<int:agreement_id>", support_decisions.agreement, name="support-agreement"),
    path("draagvlak/akkoord/<int:agreement_id>/aanpassen", support_decisions.change, name="support-agreement-change"),
    path("draagvlak/akkoord/<int:agreement_id>/voorleggen", support_decisions.submit, name="support-agreement-submit"),
    path("draagvlak/akkoord/<int:agreement_id>/goedkeuren", support_decisions.agree, name="support-agreement-agree"),
    path("draagvlak/akkoord/<int:agreement_id>/weigeren", support_decisions.refuse, name="support-agreement-refuse"),
    path("draagvlak/akkoord/<int:agreement_id>/herwerken", support_decisions.redraft, name="support-agreement-redraft"),
    path("draagvlak/akkoord/<int:agreement_id>/beeindigen", support_decisions.expire, name="support-agreement-expire"),
    path("draagvlak/akkoord/<int:agreement_id>/besluit", support_decisions.attachment, name="support-agreement-file"),
    path(
        "draagvlak/akkoord/<int:agreement_id>/document.<slug:suffix>",
        support_decisions.document,
        name="support-agreement-document",
    ),
    path(
        "draagvlak/akkoord/<int:agreement_id>/vragen/<int:question_id>",
        support_decisions.answer,
        name="support-agreement-answer",
    ),
    path("draagvlak/verwachtingen", support_statements.statements, name="support-statements"),
    path("draagvlak/verwachtingen/nieuw/<slug:kind>", support_statements.publish, name="support-statement-publish"),
    path("draagvlak/verwachtingen/<int:statement_id>", support_statements.statement, name="support-statement"),
    path(
        "draagvlak/verwachtingen/<int:statement_id>/bevestigen",
        support_statements.confirm,
        name="support-statement-confirm",
    ),
    path(
        "draagvlak/verwachtingen/<int:statement_id>/intrekken",
        support_statements.withdraw,
        name="support-statement-withdraw",
    ),
    path(
        "draagvlak/verwachtingen/<int:statement_id>/stand/<int:position>",
        support_statements.progress,
        name="support-statement-progress",
    ),
    path("draagvlak/ideeen", support_work.ideas, name="support-ideas"),
    path("draagvlak/ideeen/nieuw", support_work.add_idea, name="support-idea-add"),
    path("draagvlak/ideeen/<int:contribution_id>", support_work.idea, name="support-idea"),
    path("draagvlak/ideeen/<int:contribution_id>/antwoord", support_work.answer_idea, name="support-idea-answer"),
    path("draagvlak/symbooldossiers", support_flagships.flagships, name="support-flagships"),
    path("draagvlak/symbooldossiers/nieuw", support_flagships.mark, name="support-flagship-add"),
    path("draagvlak/symbooldossiers/<int:flagship_id>/les", support_flagships.learn, name="support-learning-add"),
    path(
        "draagvlak/symbooldossiers/<int:flagship_id>/afsluiten", support_flagships.close, name="support-flagship-close"
    ),
    path("draagvlak/lessen/<int:learning_id>/delen", support_flagships.share, name="support-learning-share"),
    path("draagvlak/verslagen", support_reports.reports, name="support-reports"),
    path("draagvlak/verslagen/nieuw", support_reports.add, name="support-report-add"),
    path("draagvlak/verslagen/<int:report_id>", support_reports.report, name="support-report"),
    path(
        "draagvlak/verslagen/<int:report_id>/document.<slug:suffix>",
        support_reports.document,
        name="support-report-document",
    ),
]
