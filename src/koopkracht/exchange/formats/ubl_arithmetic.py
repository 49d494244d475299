"""Recompute an invoice with our own arithmetic: lines, net, VAT per rate, total, amount to pay.

This runs always, also where no official rules are loaded. It refuses nothing that EN 16931 accepts: the same tolerances
hold (none on sums, one unit of currency on the VAT of a rate, because rounding per line and per total may differ).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from koopkracht.exchange.formats.ubl import AllowanceCharge, InvoiceRecord, LineRecord, amount

__all__ = ["ArithmeticFault", "recompute"]

_CENT = Decimal("0.01")
_UNIT = Decimal(1)
_LINE_TOLERANCE = Decimal("0.02")
_ZERO = Decimal(0)
_RATED = frozenset({"S", "L", "M"})


@dataclass(frozen=True, slots=True)
class ArithmeticFault:
    """A figure that does not follow from the others. ``rule`` names the EN 16931 rule that says the same."""

    code: str
    rule: str
    message: str
    pointer: str
    is_fatal: bool = True


def recompute(invoice: InvoiceRecord) -> tuple[ArithmeticFault, ...]:
    """Return every total that differs from what the invoice's own lines give, with both figures in the message."""
    with localcontext() as context:
        context.prec = 60
        return tuple(_faults(invoice))


def _faults(invoice: InvoiceRecord) -> Iterator[ArithmeticFault]:
    yield from _line_sum(invoice)
    yield from _document_parts(invoice)
    yield from _net(invoice)
    yield from _vat_total(invoice)
    yield from _vat_per_rate(invoice)
    yield from _taxable_per_rate(invoice)
    yield from _gross(invoice)
    yield from _payable(invoice)
    for line in invoice.lines:
        yield from _line(line, invoice)


def _line_sum(invoice: InvoiceRecord) -> Iterator[ArithmeticFault]:
    stated = amount(invoice.totals.lines)
    total = _cents(_sum(line.net for line in invoice.lines))
    if stated is not None and stated != total:
        yield _fault(
            "lines",
            "BR-CO-10",
            f"De lijnen zijn samen {_shown(total, invoice)}, maar de factuur vermeldt {_shown(stated, invoice)} als "
            "som van de lijnen.",
            "cac:LegalMonetaryTotal/cbc:LineExtensionAmount",
        )


def _document_parts(invoice: InvoiceRecord) -> Iterator[ArithmeticFault]:
    parts = (
        (False, invoice.totals.allowances, "BR-CO-11", "kortingen", "AllowanceTotalAmount"),
        (True, invoice.totals.charges, "BR-CO-12", "toeslagen", "ChargeTotalAmount"),
    )
    for is_charge, text, rule, word, name in parts:
        stated = amount(text) or _ZERO
        total = _cents(_sum(each.amount for each in invoice.allowance_charges if each.is_charge is is_charge))
        if stated != total:
            yield _fault(
                word,
                rule,
                f"De {word} op de factuur zijn samen {_shown(total, invoice)}, maar de factuur vermeldt "
                f"{_shown(stated, invoice)}.",
                f"cac:LegalMonetaryTotal/cbc:{name}",
            )


def _net(invoice: InvoiceRecord) -> Iterator[ArithmeticFault]:
    totals = invoice.totals
    lines, stated = amount(totals.lines), amount(totals.net)
    if lines is None or stated is None:
        return
    total = _cents(lines - (amount(totals.allowances) or _ZERO) + (amount(totals.charges) or _ZERO))
    if stated != total:
        yield _fault(
            "net",
            "BR-CO-13",
            f"De lijnen met kortingen en toeslagen geven {_shown(total, invoice)} zonder btw, maar de factuur vermeldt "
            f"{_shown(stated, invoice)}.",
            "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount",
        )


def _vat_total(invoice: InvoiceRecord) -> Iterator[ArithmeticFault]:
    stated = amount(invoice.vat)
    if stated is None or not invoice.vat_breakdown:
        return
    total = _cents(_sum(part.tax for part in invoice.vat_breakdown))
    if stated != total:
        yield _fault(
            "vat",
            "BR-CO-14",
            f"De btw per tarief is samen {_shown(total, invoice)}, maar de factuur vermeldt "
            f"{_shown(stated, invoice)} btw.",
            "cac:TaxTotal/cbc:TaxAmount",
        )


def _vat_per_rate(invoice: InvoiceRecord) -> Iterator[ArithmeticFault]:
    for part in invoice.vat_breakdown:
        rate, taxable, stated = amount(part.rate), amount(part.taxable), amount(part.tax)
        if rate is None or taxable is None or stated is None:
            continue
        tax = _cents(abs(taxable) * rate / 100)
        if abs(abs(stated) - tax) > _UNIT:
            yield _fault(
                "vat-rate",
                "BR-CO-17",
                f"{_plain(rate)} % btw op {_shown(taxable, invoice)} is {_shown(tax, invoice)}, maar de factuur "
                f"vermeldt {_shown(stated, invoice)}.",
                part.pointer,
            )


def _taxable_per_rate(invoice: InvoiceRecord) -> Iterator[ArithmeticFault]:
    """Per category with a rate: the lines and document parts at that rate are the base of the tax at that rate."""
    bases: dict[tuple[str, Decimal], Decimal] = defaultdict(Decimal)
    for line in invoice.lines:
        _add_base(bases, line.category, line.rate, amount(line.net))
    for part in invoice.allowance_charges:
        _add_base(bases, part.category, part.rate, _signed(part))
    stated: dict[tuple[str, Decimal], tuple[Decimal, str]] = {}
    for subtotal in invoice.vat_breakdown:
        rate, taxable = amount(subtotal.rate), amount(subtotal.taxable)
        if subtotal.category in _RATED and rate is not None and taxable is not None:
            stated[(subtotal.category, rate)] = (taxable, subtotal.pointer)
    for key, (taxable, pointer) in stated.items():
        base = bases.get(key, _ZERO)
        if abs(base - taxable) > _UNIT:
            yield _fault(
                "taxable",
                f"BR-{key[0]}-08",
                f"De lijnen aan {_plain(key[1])} % btw zijn samen {_shown(base, invoice)}, maar de btw is berekend op "
                f"{_shown(taxable, invoice)}.",
                pointer,
            )


def _add_base(
    bases: dict[tuple[str, Decimal], Decimal], category: str | None, rate: str | None, value: Decimal | None
) -> None:
    percent = amount(rate)
    if category in _RATED and percent is not None and value is not None:
        bases[(category, percent)] += value


def _gross(invoice: InvoiceRecord) -> Iterator[ArithmeticFault]:
    net, gross = amount(invoice.totals.net), amount(invoice.totals.gross)
    if net is None or gross is None:
        return
    if invoice.vat is not None and invoice.vat_currency != invoice.currency:
        yield _fault(
            "currency",
            "BR-CO-15",
            f"De factuur is in {invoice.currency or 'een onbekende munt'}, maar de btw staat in "
            f"{invoice.vat_currency or 'een onbekende munt'}. Bedragen in verschillende munten tellen wij niet op.",
            "cac:TaxTotal/cbc:TaxAmount/@currencyID",
        )
        return
    total = _cents(net + (amount(invoice.vat) or _ZERO))
    if gross != total:
        yield _fault(
            "gross",
            "BR-CO-15",
            f"Het bedrag zonder btw plus de btw is {_shown(total, invoice)}, maar de factuur vermeldt "
            f"{_shown(gross, invoice)} met btw.",
            "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount",
        )


def _payable(invoice: InvoiceRecord) -> Iterator[ArithmeticFault]:
    totals = invoice.totals
    gross, stated = amount(totals.gross), amount(totals.payable)
    if gross is None or stated is None:
        return
    total = _cents(gross - (amount(totals.prepaid) or _ZERO) + (amount(totals.rounding) or _ZERO))
    if stated != total:
        yield _fault(
            "payable",
            "BR-CO-16",
            f"Het bedrag met btw, min wat al betaald is en met de afronding, is {_shown(total, invoice)}; de factuur "
            f"vraagt {_shown(stated, invoice)} te betalen.",
            "cac:LegalMonetaryTotal/cbc:PayableAmount",
        )


def _line(line: LineRecord, invoice: InvoiceRecord) -> Iterator[ArithmeticFault]:
    """Quantity times price is a remark only: EN 16931 leaves it open, Peppol asks it within two cents."""
    net, quantity, price = amount(line.net), amount(line.quantity), amount(line.price)
    base = amount(line.base_quantity) or _UNIT
    if net is None or quantity is None or price is None:
        return
    total = _cents(quantity * price / base + sum((_signed(each) for each in line.allowance_charges), start=_ZERO))
    if abs(net - total) > _LINE_TOLERANCE:
        yield _fault(
            "line",
            "PEPPOL-EN16931-R120",
            f"Lijn {line.id or '?'}: aantal maal prijs geeft {_shown(total, invoice)}, maar de lijn vermeldt "
            f"{_shown(net, invoice)}.",
            line.pointer,
            is_fatal=False,
        )


def _signed(part: AllowanceCharge) -> Decimal:
    value = amount(part.amount) or _ZERO
    return value if part.is_charge else -value


def _sum(texts: Iterator[str | None]) -> Decimal:
    return sum((amount(text) or _ZERO for text in texts), start=_ZERO)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _shown(value: Decimal, invoice: InvoiceRecord) -> str:
    text = f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"€ {text}" if invoice.currency == "EUR" else f"{text} {invoice.currency or ''}".rstrip()


def _fault(code: str, rule: str, message: str, pointer: str, *, is_fatal: bool = True) -> ArithmeticFault:
    return ArithmeticFault(code=f"ubl-{code}", rule=rule, message=message, pointer=pointer, is_fatal=is_fatal)
