"""Errors of knowledge, each named after what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Conflict, NotFound, Rejected


class StoryNotFound(NotFound):
    """No such story for this reader."""

    def __init__(self, story_id: int) -> None:
        super().__init__(
            "Dit verhaal bestaat niet of is niet openbaar. Ga terug naar de lijst.",
            code="story-not-found",
            story_id=story_id,
        )


class StoryIncomplete(Rejected):
    """Something that a story needs is missing or does not fit."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="story-incomplete", field=field)


class ConsentMissing(Rejected):
    """A story names parties that have not agreed."""

    def __init__(self, parties: tuple[str, ...]) -> None:
        names = ", ".join(parties)
        super().__init__(
            f"Nog niet iedereen die in het verhaal voorkomt, ging akkoord: {names}. Noteer eerst hun toestemming.",
            code="story-consent-missing",
            parties=parties,
        )


class StoryStateChanged(Conflict):
    """The story is in a state from which this step is not possible."""

    def __init__(self) -> None:
        super().__init__(
            "Het verhaal is intussen gewijzigd. Open het opnieuw en kijk wat er nog kan.", code="story-state"
        )
