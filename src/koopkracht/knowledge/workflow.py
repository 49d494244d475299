"""The life of a success story, as one table."""

from __future__ import annotations

from koopkracht.knowledge.errors import StoryStateChanged
from koopkracht.knowledge.types import StoryState

MOVES: dict[StoryState, frozenset[StoryState]] = {
    StoryState.DRAFT: frozenset({StoryState.CONSENT_ASKED, StoryState.PUBLISHED}),
    StoryState.CONSENT_ASKED: frozenset({StoryState.DRAFT, StoryState.PUBLISHED, StoryState.WITHDRAWN}),
    StoryState.PUBLISHED: frozenset({StoryState.WITHDRAWN}),
    StoryState.WITHDRAWN: frozenset({StoryState.DRAFT}),
}


def check(before: str, after: StoryState) -> None:
    """Raise ``StoryStateChanged`` unless the table knows this step."""
    if after not in MOVES[StoryState(before)]:
        raise StoryStateChanged
