"""Errors of the market context, each named after what the caller should do."""

from __future__ import annotations

from koopkracht.shared.errors import Conflict, NotFound, Rejected


class SupplierNotFound(NotFound):
    """No such supplier in this organisation."""

    def __init__(self, supplier_id: int) -> None:
        super().__init__(
            "Deze leverancier bestaat niet in uw organisatie. Zoek ze op in het leveranciersregister.",
            code="supplier-not-found",
            supplier_id=supplier_id,
        )


class PairNotFound(NotFound):
    """No such pair of possible duplicates in this organisation."""

    def __init__(self, pair_id: int) -> None:
        super().__init__(
            "Dit voorstel bestaat niet meer. Open de lijst met mogelijke dubbels opnieuw.",
            code="duplicate-pair-not-found",
            pair_id=pair_id,
        )


class PairAlreadyDecided(Conflict):
    """Somebody decided this pair before."""

    def __init__(self, pair_id: int) -> None:
        super().__init__(
            "Een collega heeft over dit voorstel al beslist. Laad de lijst opnieuw en bekijk de beslissing.",
            code="duplicate-pair-decided",
            pair_id=pair_id,
        )


class NothingToUndo(Conflict):
    """The pair is not merged, so there is nothing to undo."""

    def __init__(self, pair_id: int) -> None:
        super().__init__(
            "Deze twee leveranciers zijn niet samengevoegd. Er is niets om ongedaan te maken.",
            code="merge-not-found",
            pair_id=pair_id,
        )


class SameSupplier(Rejected):
    """A supplier cannot be merged with itself."""

    def __init__(self) -> None:
        super().__init__(
            "U koos tweemaal dezelfde leverancier. Kies twee verschillende leveranciers om samen te voegen.",
            code="merge-same-supplier",
        )


class DifferentEnterpriseNumbers(Rejected):
    """Two valid enterprise numbers are two legal entities."""

    def __init__(self) -> None:
        super().__init__(
            "Deze leveranciers hebben elk een eigen geldig ondernemingsnummer en zijn dus twee rechtspersonen. "
            "Samenvoegen kan enkel als u bevestigt dat ze toch als één leverancier tellen, met een reden.",
            code="merge-different-enterprise-numbers",
        )


class MarketInputRejected(Rejected):
    """Something about the market cannot be kept as it was filled in; ``field`` says where."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="market-input-rejected", field=field)


class MarketRowNotFound(NotFound):
    """No such line about the market in this organisation."""

    def __init__(self, key: int) -> None:
        super().__init__(
            "Dit bestaat niet (meer) in uw organisatie. Open de pagina van de markt opnieuw.",
            code="market-row-not-found",
            key=key,
        )


class SheetChanged(Conflict):
    """A colleague stored a newer version of the market sheet while this one was being written."""

    def __init__(self, version: int) -> None:
        super().__init__(
            "Een collega bewaarde intussen een nieuwere versie van deze fiche. Open die in een ander venster, "
            "neem over wat nodig is en bewaar dan opnieuw.",
            code="market-sheet-changed",
            version=version,
        )


class DialogueClosed(Conflict):
    """The talk is reported or cancelled already."""

    def __init__(self) -> None:
        super().__init__(
            "Dit gesprek is al afgerond of afgelast. Open het opnieuw om te zien hoe het ervoor staat.",
            code="market-dialogue-closed",
        )


class SurveyNotFound(NotFound):
    """No such market survey in this organisation."""

    def __init__(self, survey_id: int) -> None:
        super().__init__(
            "Deze bevraging bestaat niet in uw organisatie. Open de lijst met bevragingen opnieuw.",
            code="market-survey-not-found",
            survey_id=survey_id,
        )
