"""Errors of meetings, by what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Conflict, NotFound, Rejected


class MeetingNotFound(NotFound):
    """No such meeting in this organisation."""

    def __init__(self, meeting_id: int) -> None:
        super().__init__(
            "Deze bijeenkomst bestaat niet of niet meer. Open de agenda opnieuw.",
            code="meeting-not-found",
            meeting_id=meeting_id,
        )


class GroupNotFound(NotFound):
    """No such group in this organisation."""

    def __init__(self, group_id: int) -> None:
        super().__init__(
            "Deze groep bestaat niet of niet meer. Open het overzicht opnieuw.",
            code="group-not-found",
            group_id=group_id,
        )


class MeetingRefused(Rejected):
    """Something of a meeting or a group cannot be accepted."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message, code="meeting-refused", field=field)


class WrongState(Conflict):
    """This is not possible any more in the state in which the meeting is."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="meeting-state")
