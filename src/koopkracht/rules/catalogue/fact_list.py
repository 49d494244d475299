"""Every fact a rule may ask for, with its Dutch label; the form and the API description are made from this list."""

from __future__ import annotations

from koopkracht.rules.types import FactSpec

PURCHASE = "De aankoop"
LOTS = "Percelen"
PROCEDURE = "De procedure"
DATES = "Datums"
RESERVATION = "Voorbehoud voor de sociale economie"
EXCLUSION = "Uitsluiting"
SELECTION = "Selectie"
SPECIFICATION = "Specificaties en keurmerken"
AWARD = "Gunning"
PERFORMANCE = "Uitvoering"
MONEY = "Straffen, voorschot en borgtocht"
SUPPLIER = "De onderneming"

CONTRACT_TYPES = (("works", "Werken"), ("supplies", "Leveringen"), ("services", "Diensten"))
SECTORS = (
    ("classic", "Klassieke sector"),
    ("utilities", "Water, energie, vervoer of post"),
    ("concession", "Concessie"),
)
BUYERS = (
    ("local", "Lokaal bestuur"),
    ("regional", "Vlaamse of andere deelstaatoverheid"),
    ("federal", "Federale overheid"),
)
AIMS = (
    ("none", "Geen bijzonder sociaal doel"),
    ("employment", "Werk en opleiding voor kansengroepen"),
    ("reserved", "Voorbehouden aan de sociale economie"),
    ("chain", "Eerlijke productie in de keten"),
    ("accessibility", "Toegankelijkheid"),
    ("innovation", "Een nieuwe oplossing"),
)
PROCEDURES = (
    ("open", "Openbare procedure"),
    ("restricted", "Niet-openbare procedure"),
    ("competitive_negotiation", "Mededingingsprocedure met onderhandeling"),
    ("simplified_negotiated_with_publication", "Vereenvoudigde onderhandelingsprocedure met bekendmaking"),
    ("negotiated_without_publication", "Onderhandelingsprocedure zonder bekendmaking"),
    ("competitive_dialogue", "Concurrentiegerichte dialoog"),
    ("innovation_partnership", "Innovatiepartnerschap"),
    ("sas_vopmvb", "Sociale diensten: vereenvoudigde onderhandelingsprocedure"),
    ("sas_opzvb", "Sociale diensten: onderhandeling zonder bekendmaking"),
    ("limited_value", "Opdracht van beperkte waarde"),
)
ART38 = (
    ("a", "Een bestaande oplossing moet worden aangepast"),
    ("b", "Ontwerp of innovatie"),
    ("c", "Bijzondere aard, complexiteit of risico’s"),
    ("d", "De specificaties zijn niet precies te bepalen"),
    ("2", "Vorige procedure: alleen onregelmatige of onaanvaardbare offertes"),
)
ART42 = (
    ("1b", "Dwingende spoed"),
    ("1c", "Geen geschikte offerte in een vorige procedure"),
    ("1d", "Slechts één ondernemer kan het"),
    ("2", "Herhaling van soortgelijke werken of diensten"),
    ("3", "Gunstige aankoop bij stopzetting of insolventie"),
    ("4a", "Levering alleen voor onderzoek"),
    ("4b", "Aanvullende levering van de eerste leverancier"),
    ("4c", "Grondstoffenmarkt"),
    ("5", "Diensten na een prijsvraag"),
)
GROUNDS = (
    ("organised_crime", "Criminele organisatie"),
    ("bribery", "Omkoping"),
    ("fraud", "Fraude"),
    ("terrorism", "Terrorisme"),
    ("money_laundering", "Witwassen of financiering van terrorisme"),
    ("child_labour", "Kinderarbeid of andere mensenhandel"),
    ("illegal_employment", "Tewerkstelling van mensen zonder verblijfsrecht"),
    ("art7", "Inbreuk op milieu-, sociaal of arbeidsrecht"),
    ("bankruptcy", "Faillissement of een gelijkaardige toestand"),
    ("misconduct", "Ernstige beroepsfout"),
    ("distortion", "Afspraken die de mededinging vervalsen"),
    ("conflict", "Belangenconflict"),
    ("prior_involvement", "Eerdere betrokkenheid bij de voorbereiding"),
    ("past_performance", "Tekortkomingen in een vorige opdracht"),
    ("false_statement", "Valse verklaring"),
    ("undue_influence", "Onrechtmatige beïnvloeding"),
)
MANDATORY = frozenset(code for code, _ in GROUNDS[:7])
LABELS = (
    ("fairtrade_cotton", "Fairtrade-katoen"),
    ("fairtrade_sourcing_cotton", "Fairtrade Sourced Ingredient katoen"),
    ("fairtrade_textile_standard", "Fairtrade Textile Standard"),
    ("gots", "GOTS"),
    ("step", "STeP by OEKO-TEX"),
    ("bluesign", "bluesign"),
    ("fair_wear", "Fair Wear"),
    ("sa8000", "SA8000"),
    ("amfori_bsci", "amfori BSCI"),
    ("fla", "Fair Labor Association"),
    ("sedex_smeta", "Sedex en SMETA"),
    ("ecovadis", "EcoVadis"),
    ("iso26000", "ISO 26000"),
    ("gri", "Global Reporting Initiative"),
    ("iso14001", "ISO 14001"),
    ("emas", "EMAS"),
    ("pso", "PSO-Prestatieladder"),
)
OPERATORS = (
    ("maatwerkbedrijf", "Maatwerkbedrijf"),
    ("sheltered_workshop", "Andere sociale werkplaats"),
    ("integration_enterprise", "Onderneming met integratie als doel"),
    ("other", "Andere onderneming"),
)
SIZES = (
    ("micro", "Micro-onderneming"),
    ("small", "Kleine onderneming"),
    ("medium", "Middelgrote onderneming"),
    ("large", "Grote onderneming"),
)
SELECTION_KINDS = (
    ("professional", "Beroepsbevoegdheid"),
    ("financial", "Economische en financiële draagkracht"),
    ("technical", "Technische en beroepsbekwaamheid"),
    ("other", "Iets anders"),
)
AWARD_BASES = (
    ("price", "Alleen de prijs"),
    ("cost", "Kosten over de levenscyclus"),
    ("quality", "Beste prijs-kwaliteitsverhouding"),
)
CONTRACT_FORMS = (("classic", "Klassiek"), ("neoclassic", "Neo-klassiek"), ("relational", "Relationeel"))
FUNDING = (
    ("availability", "Beschikbaarheid"),
    ("population", "Populatiegebonden"),
    ("output", "Prestatie"),
    ("result", "Resultaat"),
    ("combination", "Combinatie"),
)
SUBSIDY_FORMS = (("contract", "Overeenkomst"), ("subsidy", "Subsidie"))
COUNTRIES = (("be", "België (Vlaanderen)"), ("nl", "Nederland"))


def _spec(
    name: str, label: str, kind: str, group: str, choices: tuple[tuple[str, str], ...] = (), hint: str = ""
) -> FactSpec:
    return FactSpec(name, label, kind, group, choices, hint)


_ALL = (
    _spec("jurisdiction", "Land", "choice", PURCHASE, COUNTRIES),
    _spec("contract_type", "Soort opdracht", "choice", PURCHASE, CONTRACT_TYPES),
    _spec(
        "estimated_value", "Raming zonder btw", "amount", PURCHASE, hint="Met alle opties, percelen en verlengingen."
    ),
    _spec(
        "expenditure",
        "Goed te keuren uitgave zonder btw",
        "amount",
        PURCHASE,
        hint="Het bedrag van de gekozen offerte, zodra u het kent.",
    ),
    _spec("sector", "Sector", "choice", PURCHASE, SECTORS),
    _spec("buyer_kind", "Soort bestuur", "choice", PURCHASE, BUYERS),
    _spec("cpv", "CPV-code", "cpv", PURCHASE, hint="Acht cijfers, bijvoorbeeld 85320000."),
    _spec("social_service", "Sociale of andere specifieke dienst (bijlage III)", "flag", PURCHASE),
    _spec("social_aim", "Sociaal doel", "choice", PURCHASE, AIMS),
    _spec("duration_months", "Duur in maanden", "integer", PURCHASE),
    _spec("estimate_complete", "De raming telt alle opties, percelen en verlengingen mee", "flag", PURCHASE),
    _spec("split", "De opdracht wordt gesplitst om onder een grens te blijven", "flag", PURCHASE),
    _spec("fraud_sensitive", "Fraudegevoelige sector", "flag", PURCHASE),
    _spec("lot_values", "Raming per perceel", "amounts", LOTS, hint="Eén bedrag per regel."),
    _spec("divided_in_lots", "Verdeeld in percelen", "flag", LOTS),
    _spec("not_divided_reason", "Waarom niet verdeeld in percelen", "text", LOTS),
    _spec("lot_limit", "Hoogstens een aantal percelen per inschrijver", "flag", LOTS),
    _spec("lot_limit_announced", "Die beperking staat in de aankondiging", "flag", LOTS),
    _spec("procedure", "Gekozen procedure", "choice", PROCEDURE, PROCEDURES),
    _spec("reserved", "Voorbehouden volgens artikel 15", "flag", PROCEDURE),
    _spec("art38_ground", "Reden om te onderhandelen (artikel 38)", "choice", PROCEDURE, ART38),
    _spec("art42_ground", "Reden voor onderhandeling zonder bekendmaking (artikel 42)", "choice", PROCEDURE, ART42),
    _spec("ground_motivated", "De feitelijke redenen staan in het dossier", "flag", PROCEDURE),
    _spec("innovation_need", "Niets op de markt vult de behoefte in", "flag", PROCEDURE),
    _spec("prior_notice", "Er was een vooraankondiging", "flag", PROCEDURE),
    _spec("urgent", "Gemotiveerde urgentie", "flag", PROCEDURE),
    _spec("electronic_submission", "Offertes komen elektronisch binnen", "flag", PROCEDURE),
    _spec("documents_electronic", "De documenten zijn vrij en elektronisch beschikbaar", "flag", PROCEDURE),
    _spec("framework", "Raamovereenkomst", "flag", PROCEDURE),
    _spec("on_framework", "Opdracht op basis van een raamovereenkomst", "flag", PROCEDURE),
    _spec("duration_motivated", "De langere duur is gemotiveerd", "flag", PROCEDURE),
    _spec("only_winner_involved", "De begunstigde is de enige betrokken inschrijver", "flag", PROCEDURE),
    _spec("operators_consulted", "Aantal geraadpleegde ondernemers", "integer", PROCEDURE),
    _spec("tender_deadline", "Uiterste dag voor offertes", "date", DATES),
    _spec("award_sent_on", "Gemotiveerde beslissing verzonden op", "date", DATES),
    _spec("concluded_on", "Opdracht gesloten op", "date", DATES),
    _spec("stopped_on", "Beslist om niet te gunnen op", "date", DATES),
    _spec("invoice_received_on", "Factuur en prestatie ontvangen op", "date", DATES),
    _spec("contract_started_on", "Uitvoering gestart op", "date", DATES),
    _spec(
        "reserved_variant",
        "Variant van het voorbehoud",
        "choice",
        RESERVATION,
        (("access", "Toegang tot de procedure"), ("execution", "Uitvoering van de opdracht")),
    ),
    _spec("target_share", "Aandeel werknemers met een handicap of kansarme werknemers", "percent", RESERVATION),
    _spec("operator_kind", "Soort onderneming", "choice", RESERVATION, OPERATORS),
    _spec("integration_is_aim", "Integratie is het doel van de onderneming", "flag", RESERVATION),
    _spec("integration_is_main_aim", "Integratie is het hoofddoel van de onderneming", "flag", RESERVATION),
    _spec("art15_mentioned", "De aankondiging of het bestek noemt artikel 15", "flag", RESERVATION),
    _spec("foreign_accepted", "Gelijkwaardige en buitenlandse werkplaatsen mogen meedoen", "flag", RESERVATION),
    _spec("local_limit", "Het voorbehoud beperkt tot een plaats of land", "flag", RESERVATION),
    _spec("competition_evidence", "Er is nagegaan dat er mededinging is", "flag", RESERVATION),
    _spec("other_employer", "De onderneming is niet zelf de werkgever (artikel 60)", "flag", RESERVATION),
    _spec("art91_wanted", "Voorbehoud volgens artikel 91 gewenst", "flag", RESERVATION),
    _spec("art91_designated", "Uw bestuur is aangewezen voor artikel 91", "flag", RESERVATION),
    _spec("exclusion_ground", "Uitsluitingsgrond", "choice", EXCLUSION, GROUNDS),
    _spec("exclusion_event_on", "Datum van het vonnis, de gebeurtenis of het einde van de inbreuk", "date", EXCLUSION),
    _spec("assessed_on", "Datum van het onderzoek", "date", EXCLUSION),
    _spec("corrective_measures", "De ondernemer toonde corrigerende maatregelen", "flag", EXCLUSION),
    _spec("corrective_judged", "De maatregelen zijn met reden beoordeeld", "flag", EXCLUSION),
    _spec("breach_proven", "De inbreuk is aangetoond", "flag", EXCLUSION),
    _spec("breach_criminal", "De inbreuk is strafbaar", "flag", EXCLUSION),
    _spec("debt_amount", "Fiscale of sociale schuld", "amount", EXCLUSION),
    _spec("debt_notified_on", "Schuld meegedeeld aan de ondernemer op", "date", EXCLUSION),
    _spec(
        "regularised_before", "De ondernemer kreeg in deze procedure al een kans om te regulariseren", "flag", EXCLUSION
    ),
    _spec(
        "claim_on_public_buyer", "Onbetwiste schuldvordering op een overheid van minstens dat bedrag", "flag", EXCLUSION
    ),
    _spec("selection_kind", "Soort selectiecriterium", "choice", SELECTION, SELECTION_KINDS),
    _spec("selection_linked", "Het criterium hoort bij een eis van de opdracht", "flag", SELECTION),
    _spec("selection_proportional", "Het criterium staat in verhouding tot de opdracht", "flag", SELECTION),
    _spec("required_turnover", "Geëiste omzet", "amount", SELECTION),
    _spec("turnover_reasons", "De omzeteis heeft zwaarwegende redenen", "flag", SELECTION),
    _spec("reference_percent", "Omvang van de gevraagde referentie tegenover de opdracht", "percent", SELECTION),
    _spec("environment_certificate", "Bewijs van milieubeheer gevraagd", "flag", SELECTION),
    _spec("other_proof_accepted", "Andere passende bewijzen zijn aanvaard", "flag", SELECTION),
    _spec("documents_mention_art69", "De documenten zeggen dat artikel 69 geldt", "flag", SELECTION),
    _spec(
        "barriers",
        "Gestelde eisen aan nieuwe ondernemers",
        "choices",
        SELECTION,
        (
            ("turnover", "Omzet"),
            ("anbi", "ANBI-status"),
            ("experience", "Ervaring met zulke aanbestedingen"),
            ("age", "Aantal jaren bestaan"),
        ),
    ),
    _spec("barrier_motivated", "De eis is gemotiveerd", "flag", SELECTION),
    _spec("label", "Keurmerk of systeem", "choice", SPECIFICATION, LABELS),
    _spec("label_required", "U eist een keurmerk", "flag", SPECIFICATION),
    _spec("label_linked", "De eisen van het keurmerk gaan alleen over de opdracht", "flag", SPECIFICATION),
    _spec("label_objective", "De criteria zijn objectief en niet-discriminerend", "flag", SPECIFICATION),
    _spec("label_open_procedure", "Het keurmerk kwam open en transparant tot stand", "flag", SPECIFICATION),
    _spec("label_accessible", "Het keurmerk is toegankelijk voor iedereen", "flag", SPECIFICATION),
    _spec(
        "label_third_party",
        "Een derde bepaalt de eisen, zonder beslissende invloed van de aanvrager",
        "flag",
        SPECIFICATION,
    ),
    _spec("label_equivalents", "Gelijkwaardige keurmerken zijn aanvaard", "flag", SPECIFICATION),
    _spec("label_proof_accepted", "Ander passend bewijs is aanvaard", "flag", SPECIFICATION),
    _spec("label_statement_present", "De documenten zeggen hoe u het keurmerk gebruikt", "flag", SPECIFICATION),
    _spec("label_broader", "Het keurmerk gaat verder dan de opdracht", "flag", SPECIFICATION),
    _spec("spec_on_process", "De specificatie gaat over het productieproces", "flag", SPECIFICATION),
    _spec("spec_brand", "De specificatie noemt een merk of norm", "flag", SPECIFICATION),
    _spec("spec_or_equivalent", "De specificatie zegt “of gelijkwaardig”", "flag", SPECIFICATION),
    _spec("used_by_people", "Mensen gebruiken het resultaat", "flag", SPECIFICATION),
    _spec("accessible_design", "De specificaties vragen toegankelijkheid voor iedereen", "flag", SPECIFICATION),
    _spec("test_report_required", "U vraagt een testverslag of certificaat", "flag", SPECIFICATION),
    _spec("test_report_equivalents", "Gelijkwaardige verslagen zijn aanvaard", "flag", SPECIFICATION),
    _spec("award_basis", "Grondslag van de gunning", "choice", AWARD, AWARD_BASES),
    _spec("criterion_linked", "Het gunningscriterium houdt verband met het voorwerp", "flag", AWARD),
    _spec("criterion_described", "Het criterium is beschreven", "flag", AWARD),
    _spec("criterion_measure", "Het criterium heeft een maat", "flag", AWARD),
    _spec("criterion_scoring", "Het criterium heeft een manier van punten geven", "flag", AWARD),
    _spec("weights_given", "De gunningscriteria hebben een gewicht", "flag", AWARD),
    _spec("criteria_ranked", "De gunningscriteria staan in dalende volgorde", "flag", AWARD),
    _spec("weights", "Gewicht van elk gunningscriterium", "percents", AWARD),
    _spec("sustainable_weights", "Gewicht van elk sociaal en milieucriterium", "percents", AWARD),
    _spec("lcc_social_costs", "De levenscycluskosten bevatten sociale kosten", "flag", AWARD),
    _spec("lcc_verifiable", "De externe kosten hebben een controleerbare geldwaarde", "flag", AWARD),
    _spec("tender_prices", "Totaalprijzen van alle offertes", "amounts", AWARD),
    _spec("tender_price", "Totaalprijs van deze offerte", "amount", AWARD),
    _spec("rejected_for_labour_law", "Offerte geweerd als abnormaal laag door sociaal of arbeidsrecht", "flag", AWARD),
    _spec("samples_required", "U vraagt stalen, maquettes, prototypes of tekeningen", "flag", AWARD),
    _spec("price_only", "Prijs is het enige gunningscriterium", "flag", AWARD),
    _spec("condition_linked", "De uitvoeringsvoorwaarde houdt verband met het voorwerp", "flag", PERFORMANCE),
    _spec("condition_announced", "De uitvoeringsvoorwaarde staat in de documenten", "flag", PERFORMANCE),
    _spec("control_moments", "Aantal controlemomenten", "integer", PERFORMANCE),
    _spec(
        "ladder_present",
        "De documenten beschrijven gesprek, bijsturing, ingebrekestelling en straf",
        "flag",
        PERFORMANCE,
    ),
    _spec("special_penalty_set", "Er is een bijzondere straf bepaald", "flag", PERFORMANCE),
    _spec(
        "special_penalty_proportional",
        "De bijzondere straf staat in verhouding tot de tekortkoming",
        "flag",
        PERFORMANCE,
    ),
    _spec("continuous_improvement", "De voorwaarde werkt met groeiende streefwaarden", "flag", PERFORMANCE),
    _spec("partnership_described", "De documenten beschrijven de samenwerking", "flag", PERFORMANCE),
    _spec("subcontracting_levels", "Aantal niveaus in de onderaanneming", "integer", PERFORMANCE),
    _spec("change_percent", "Wijziging tegenover het oorspronkelijke bedrag", "percent", PERFORMANCE),
    _spec("contract_value", "Oorspronkelijk opdrachtbedrag zonder btw", "amount", MONEY),
    _spec("contract_value_with_vat", "Oorspronkelijk opdrachtbedrag met btw", "amount", MONEY),
    _spec("planned_days", "Oorspronkelijke termijn in werkdagen", "integer", MONEY),
    _spec("delay_days", "Dagen vertraging", "integer", MONEY),
    _spec("breach_days", "Dagen dat de tekortkoming duurt", "integer", MONEY),
    _spec(
        "opzvb_ground",
        "Grond voor de onderhandelingsprocedure zonder bekendmaking",
        "choice",
        MONEY,
        (("1a", "Op bedrag (1a)"), *ART42),
    ),
    _spec("company_size", "Grootte van de opdrachtnemer", "choice", SUPPLIER, SIZES),
    _spec("advance_excluded", "De opdracht valt onder een uitzondering op het voorschot", "flag", MONEY),
    _spec("bond_percent", "Gevraagde borgtocht", "percent", MONEY),
    _spec("bond_motivated", "De borgtocht is gemotiveerd", "flag", MONEY),
    _spec("fte_target_workers", "Voltijdse doelgroepwerknemers", "integer", SUPPLIER),
    _spec("social_turnover_percent", "Aandeel doelgroepwerknemers", "percent", SUPPLIER),
    _spec(
        "support_measure",
        "Steunmaatregel van de onderneming",
        "choice",
        SUPPLIER,
        (
            ("lde", "Lokale diensteneconomie"),
            ("sine", "SINE"),
            ("vop", "VOP"),
            ("maatwerkafdeling", "Maatwerkafdeling"),
            ("individueel_maatwerk", "Individueel maatwerk"),
        ),
    ),
    _spec("employees", "Aantal werknemers van de leverancier", "integer", SUPPLIER),
    _spec("turnover", "Omzet van de leverancier", "amount", SUPPLIER),
    _spec("chain_reports_positive", "Opeenvolgende ketenrapporten met een stijgende lijn", "integer", SUPPLIER),
    _spec("years_in_system", "Jaren in een managementsysteem", "integer", SUPPLIER),
    _spec("contract_form", "Contractvorm", "choice", PROCEDURE, CONTRACT_FORMS),
    _spec("societal", "Maatschappelijke aanbesteding", "flag", PROCEDURE),
    _spec("funding_model", "Bekostigingsmodel", "choice", PROCEDURE, FUNDING),
    _spec("result_agreements", "Er zijn afspraken over inzet, prestatie en resultaat", "flag", PROCEDURE),
    _spec("named_population", "De groep of het gebied is bepaald", "flag", PROCEDURE),
    _spec("legal_form", "Overeenkomst of subsidie", "choice", PROCEDURE, SUBSIDY_FORMS),
    _spec("subsidy_selects", "De subsidie vraagt voorstellen en kiest eruit", "flag", PROCEDURE),
    _spec("invited_parties", "Aantal uitgenodigde partijen", "integer", PROCEDURE),
    _spec("central_government", "De koper is het Rijk", "flag", PURCHASE),
    _spec("risk_category", "De opdracht valt in een risicocategorie", "flag", PURCHASE),
)

FACTS: dict[str, FactSpec] = {spec.name: spec for spec in _ALL}
