"""The Dutch texts of the contract, beside the English ones in contract.py.

By table and column; a column that says the same in several tables stands under its bare name.
"""

from __future__ import annotations

from schemas.contract import Field, Table

TITLES = {
    "budget_lines": (
        "Begrotingsregels",
        "Eén regel per afgedrukt bedrag, in euro's, met zijn plaats in de bron en wat de optellingen van de tabel bewijzen.",
    ),
    "tables": ("Tabellen", "Eén rij per gevonden tabel, gepubliceerd of opzijgelegd."),
    "documents": (
        "Documenten",
        "Eén rij per bron en adres van een document, ook als er niets gelezen kon worden, met de verantwoording van alles"
        " wat op een bedrag lijkt.",
    ),
    "findings": (
        "Bevindingen",
        "Wat een mens moet weten: tabellen en rijen die opzijgelegd zijn met hun mogelijke lezingen, optellingen die niet"
        " kloppen, onbekende kopjes.",
    ),
    "budget_current": (
        "Actuele bedragen",
        "Het veilige overzicht: één bedrag per overheid, begrotingsjaar, fase en regel, uit het nieuwste document dat het"
        " noemt. Alleen exploitatie zonder duration, geen fase overig, dubbele tabellen één keer. Tel bedragen op van één"
        " begrotingsjaar, fase, measure en breakdown (bij other: van één tabel), zonder is_total.",
    ),
    "restatements": (
        "Herzieningen",
        "Eén begrotingsjaar van een regel over de documenten die het noemen, de oudste eerst: elke opgave van de jaren die"
        " ten minste twee bronnen van een overheid noemen, en elke tegenspraak binnen een document.",
    ),
    "changes": (
        "Wijzigingen",
        "Eén rij per regel die anders is dan in de vorige release, gevonden op line_key binnen hetzelfde document; leeg in"
        " een eerste release. Wat alleen van plaats op de pagina veranderde, is geen wijziging. Vervallen regels die over een"
        " persoon kunnen gaan, staan er zonder woorden en bedrag.",
    ),
    "withdrawn": (
        "Ingetrokken regels",
        "Eén rij per regel die een release ooit publiceerde en nu geen meer, meegenomen van release op release; een regel"
        " die terugkomt, verdwijnt eruit. Zonder woorden en bedrag: wat ingetrokken is, wordt niet opnieuw gepubliceerd.",
    ),
}

_WORKBOOK = ("Werkmap", "Dezelfde bedragen als werkmap voor Excel, om te lezen.")


def file_words(name: str) -> tuple[str, str]:
    """The title and description of a file of a release, by the name of its table; any other name is a workbook's."""
    return TITLES.get(name, _WORKBOOK)


_REASONS = (
    "document_added en document_removed: het document stond niet in de andere release; document_moved: het staat op een"
    " ander adres of onder een andere bron van het bronnenbestand; document_failed: voor een van beide releases kon het"
    " niet gelezen worden; new_version: andere bytes op hetzelfde adres; correction: dezelfde bytes, en het bronnenbestand"
    " zegt er iets anders van; new_code: dezelfde bytes en dezelfde gegevens, anders gelezen."
)

_COLUMNS = {
    "series_key": (
        "De regel over documenten en jaren heen: hash van overheid, code, programma, label en measure, zover de koppeling"
        " van de regels gaat."
    ),
    "fiscal_year": "Het begrotingsjaar van het bedrag.",
    "status_date": "De dag van het raadsbesluit over het document, uit het bronnenbestand.",
    "budget_current.line_id": (
        "Sleutel: de regel die het bedrag noemt; van meer in het document de nauwkeurigste, dan een bewezen, dan de eerste."
    ),
    "budget_current.breakdown": (
        "Of de regel die van een programma als geheel is of van een taakveld als geheel. Hetzelfde geld staat in elke"
        " indeling."
    ),
    "budget_current.is_total": "Of elke opgave van het document een som is van andere regels van haar tabel.",
    "budget_current.state": (
        "Of er een bedrag is. conflicting: het nieuwste document noemt er meer, verder uiteen dan afronding verklaart;"
        " older_only: een nieuwer document noemt dit jaar en deze fase minstens half zo volledig, maar niet deze regel: die"
        " kan hernoemd, verplaatst of vervallen zijn, en meetellen zou geld dubbel kunnen tellen."
    ),
    "budget_current.amount_eur": (
        "Het bedrag in euro's met het teken zoals afgedrukt; leeg bij pm en n.v.t., en in elke toestand behalve current."
    ),
    "budget_current.net_effect_eur": (
        "Het vergelijkbare bedrag: positief verbetert het saldo. Leeg als amount_eur dat is, en als de tabel niet laat zien"
        " hoe de tekens bedoeld zijn."
    ),
    "budget_current.stated_eur": "Wat de regel noemt, in elke toestand; met het teken zoals afgedrukt.",
    "budget_current.lowest_eur": "Het laagste bedrag dat het document noemt.",
    "budget_current.highest_eur": "Het hoogste bedrag dat het document noemt.",
    "budget_current.statement_count": "Hoe vaak het document het noemt.",
    "budget_current.source_count": "Hoeveel bronnen het noemen.",
    "restatements.line_id": "Sleutel: de regel die de opgave doet.",
    "restatements.statement_number": (
        "De plaats in de geschiedenis van de regel en het begrotingsjaar, vanaf 1: eerst naar document, dan naar fase."
        " Opgaven die elkaar in één document tegenspreken, delen haar."
    ),
    "restatements.change": (
        "Tegenover de opgave ervoor: van dezelfde fase (gelijk binnen de afronding, of herzien), anders van een andere fase."
        " conflicting: een ander bedrag voor dezelfde fase in hetzelfde document."
    ),
    "restatements.previous_line_id": "De opgave waarmee vergeleken is.",
    "restatements.difference_eur": (
        "Het bedrag min dat waarmee vergeleken is, beide met de tekens van deze opgave als de vergelijkbare bedragen die"
        " laten zien."
    ),
    "restatements.match_method": (
        "Hoe de opgaven van de documenten gekoppeld zijn, het zwakste voor de regel. none: geen andere bron heeft de regel,"
        " of meer van haar regels kunnen het zijn."
    ),
    "restatements.match_confidence": (
        "high: op taakveld, of op code en label; medium: op label; low: regels met één naam, alleen door hun volgorde"
        " onderscheiden; leeg zonder koppeling."
    ),
    "source_id": "De bron in het bronnenbestand.",
    "document_id": "Het document: hash van bron en adres.",
    "findings.document_id": "Het document; leeg als de bevinding over de hele bron gaat.",
    "documents.document_id": "Sleutel: hash van bron en adres.",
    "snapshot_id": "De sha256 van het gelezen document.",
    "documents.snapshot_id": "De sha256 van het document; leeg als er niets te lezen was.",
    "findings.snapshot_id": "De sha256 van het document; leeg als er niets te lezen was.",
    "publisher_id": "TOOI-code van de overheid, zoals gm1895.",
    "publisher_name": "Naam van de overheid volgens TOOI, zoals gemeente Oldambt.",
    "document_type": (
        "Het soort document; een kadernota kan ook voorjaarsnota of perspectiefnota heten, een tussenrapportage ook"
        " najaarsnota of berap."
    ),
    "document_year": "Het begrotingsjaar waarover het document gaat.",
    "document_status": "Of de raad over het document heeft besloten.",
    "page": "De pagina vanaf 1, zoals #page= telt, als het document pagina's heeft.",
    "locator": "De plaats in het document.",
    "tables.locator": "De plaats van de eerste cel van de tabel.",
    "budget_lines.locator": (
        "Waar de cel in het document staat: line=12, table=2;row=3;cell=4 of box=x0,top,x1,bottom in punten."
    ),
    "table_title": "De titel boven de tabel.",
    "source_url": "Waar het document gepubliceerd is.",
    "budget_lines.line_id": "Sleutel: hash van bron, document en de plaats van de eerste cel van de tabel en van deze cel.",
    "budget_lines.line_key": (
        "Hash van overheid, document, titel, pad, labels en volgnummer onder gelijken: waarop een vergelijking van"
        " uitgaven koppelt, want hij verandert niet met nieuwe bytes."
    ),
    "budget_lines.table_id": "De tabel waarin het bedrag staat.",
    "budget_lines.section_path": "De kopjes boven de regel binnen de tabel, de buitenste eerst, met ' > ' ertussen.",
    "budget_lines.line_number": "De rij in de tabel, vanaf 1.",
    "budget_lines.column_number": "De kolom in de tabel, vanaf 1.",
    "budget_lines.line_label": "Het label van de rij zoals afgedrukt.",
    "budget_lines.column_label": "De kopjes van de kolom zoals afgedrukt, van boven naar beneden.",
    "budget_lines.line_type": (
        "Wat de rij van zichzelf zegt (BBV art. 17); leeg als die alleen iets noemt. Een voorziening is geen reserve."
    ),
    "budget_lines.is_total": (
        "Of de rij de som is van andere regels van de tabel, volgens het label of de optelling. Het saldo van lasten en"
        " baten is dat niet, zodat ook saldo optelt; een saldo van andere saldo's, zoals het resultaat na reserves, wel."
    ),
    "budget_lines.programme": (
        "Het programma dat het label, een kopje in de tabel of haar titel noemt, of de regel boven een titel die spreekt van"
        " het programma. Naar het hoofdstuk waarin de tabel staat, wordt niet gekeken."
    ),
    "budget_lines.taakveld_code": "Het Iv3-taakveld, als het document dat zegt. Tekst: 0.1 is niet 0.10.",
    "budget_lines.fiscal_year": "Het begrotingsjaar van het bedrag; leeg bij kredieten die niet van één jaar zijn.",
    "budget_lines.stage": "De fase van het bedrag. Overig: verschillen, mutaties, kredieten, prognoses.",
    "budget_lines.measure": (
        "Wat het bedrag is: de kolom zegt het, anders het kopje, anders de rij. Bij waterschappen gelden kosten als lasten"
        " en opbrengsten als baten."
    ),
    "budget_lines.amount_kind": (
        "Wat bij wat opgeteld mag worden: alleen bedragen van één soort, van de soort exploitatie alleen die zonder"
        " duration, en van één measure, want het saldo staat naast zijn lasten en baten."
    ),
    "budget_lines.balance_date": "De datum van een stand, als die is afgedrukt.",
    "budget_lines.duration": "Als een kolom, rij of sectie een bedrag splitst in wat blijft en wat eenmalig is.",
    "budget_lines.amount_printed": "De tekst van de cel zoals afgedrukt.",
    "budget_lines.unit": "Euro's per afgedrukte eenheid: 1, 1000 of 1000000.",
    "budget_lines.amount_eur": (
        "Het bedrag in euro's met het teken zoals afgedrukt (N, nadeel, is negatief); leeg bij pm en n.v.t."
    ),
    "budget_lines.net_effect_eur": (
        "Het vergelijkbare bedrag in euro's: positief verbetert het saldo, hoe het document de tekens ook gebruikt. Leeg"
        " bij standen, kredieten en prognoses, en als geen optelling en geen V of N laat zien hoe de tekens bedoeld zijn."
    ),
    "budget_lines.proof": (
        "Of een optelling van de tabel het bedrag bewijst (proved), tegenspreekt zoals het is afgedrukt (contradicted) of"
        " niet bereikt (not_covered)."
    ),
    "tables.table_id": "Sleutel: hash van bron, document en de plaats van de eerste cel van de tabel.",
    "tables.status": "Wat er met de tabel gebeurd is.",
    "tables.reason": "Waarom de tabel opzijgelegd is, in één woord.",
    "message": "Hetzelfde in een zin.",
    "findings.message": "Wat gevonden is, in een zin.",
    "tables.unit": "Euro's per afgedrukte eenheid.",
    "tables.sign_convention": "Hoe de tabel lasten, baten en saldo tot elkaar stelt, of v_n als V en N het laten zien.",
    "tables.row_count": "Gepubliceerde rijen met bedragen.",
    "tables.column_count": "Gepubliceerde kolommen met bedragen.",
    "line_count": "Gepubliceerde begrotingsregels.",
    "tables.proved_count": "Regels die een optelling bewijst.",
    "tables.contradicted_count": "Regels in een optelling die niet klopt zoals afgedrukt.",
    "tables.equations_found": "Bekeken optellingen.",
    "tables.equations_held": "Optellingen die kloppen binnen de afronding.",
    "tables.second_reading": (
        "Of een tweede, onafhankelijke lezer hetzelfde zag in een tabel van een PDF die de optellingen niet bewijzen; leeg"
        " als die niet nodig of niet mogelijk was."
    ),
    "tables.duplicate_of": "De eerdere tabel van het document met dezelfde cellen.",
    "documents.title": "De titel van het document, uit het bronnenbestand.",
    "documents.file_name": "De naam van het gelezen bestand.",
    "documents.retrieved_at": "Wanneer deze bytes daar voor het eerst zijn opgehaald; leeg bij lokale bestanden.",
    "documents.freshness": (
        "Of deze bytes nu op dat adres staan: current; vanished, daar niet meer, de laatste versie is gepubliceerd; stale,"
        " een nieuwere versie kon niet worden opgehaald of is geweigerd, de laatste goede regels zijn gepubliceerd."
    ),
    "documents.stale_since": "Sinds wanneer het vanished of stale is.",
    "documents.status": "Wat er met het document gebeurd is.",
    "documents.reason": "Waarom niets of niet alles gepubliceerd is, in één woord.",
    "documents.licence_note": "Wat de bron zelf zegt over gebruik van het document, uit het bronnenbestand.",
    "documents.byte_count": "Grootte in bytes.",
    "documents.table_count": "Gevonden tabellen.",
    "documents.published_table_count": "Gepubliceerde tabellen.",
    "documents.set_aside_table_count": "Opzijgelegde tabellen.",
    "documents.token_count": "Wat op een bedrag lijkt, geteld in de ruwe tekst, zonder iets van tabellen te weten.",
    "documents.published_token_count": "Daarvan: in gepubliceerde bedragen.",
    "documents.set_aside_token_count": "Daarvan: in opzijgelegde tabellen, rijen en regels.",
    "documents.not_euros_token_count": (
        "Daarvan: in labels, kopjes, codes, percentages en tabellen van iets anders dan euro's."
    ),
    "documents.outside_token_count": "Daarvan: buiten tabellen.",
    "findings.finding_id": "Sleutel: hash van bron, adres, document, regel, plaats en bericht.",
    "findings.table_id": "De tabel, als de bevinding over één tabel gaat.",
    "findings.rule": "De regel die het vond.",
    "findings.severity": "Hoe zwaar het weegt.",
    "findings.values": "De bedragen of lezingen waar het om gaat.",
    "documents.stated_unit": "Euro's per gedrukte eenheid die het bronnenbestand geeft voor pagina's die er geen noemen.",
    "changes.change_id": "Sleutel: de line_id van vroeger en die van nu, met een streepje ertussen; één ontbreekt als een"
    " regel erbij kwam of verviel.",
    "changes.change": "added en removed: maar één van de releases heeft de regel; restated: een andere versie van het"
    " document noemt een ander bedrag; changed: elk ander verschil.",
    "changes.reason": "Waarom: " + _REASONS,
    "changes.line_key": "De line_key van nu, of bij een vervallen regel van vroeger.",
    "changes.changed_columns": "De kolommen van budget_lines die verschillen, met komma's ertussen; null als een regel"
    " erbij kwam of verviel.",
    "changes.old_values": "Wat deze kolommen eerst zeiden, als JSON-object van teksten.",
    "changes.new_values": "Wat ze nu zeggen.",
    "changes.old_amount_eur": "Het bedrag in euro's van vroeger.",
    "changes.new_amount_eur": "Het bedrag in euro's van nu.",
    "changes.difference_eur": "Het bedrag van nu min dat van vroeger; null als er een ontbreekt.",
    "changes.old_line_id": "De regel in de vorige release.",
    "changes.new_line_id": "De regel in deze release.",
    "changes.old_document_id": "Het document in de vorige release.",
    "changes.new_document_id": "Het document in deze release.",
    "changes.old_snapshot_id": "De sha256 van de bytes die het bedrag eerst noemden.",
    "changes.new_snapshot_id": "De sha256 van de bytes die het nu noemen.",
    "changes.old_source_url": "Waar het document eerst gepubliceerd was.",
    "changes.new_source_url": "Waar het nu gepubliceerd is.",
    "changes.old_page": "De pagina van vroeger.",
    "changes.new_page": "De pagina van nu.",
    "changes.old_locator": "De plaats in het document van vroeger.",
    "changes.new_locator": "De plaats in het document van nu.",
    "withdrawn.withdrawn_id": "Sleutel: line_id en line_key zoals het laatst gepubliceerd, met een streepje ertussen.",
    "withdrawn.line_id": "De line_id zoals het laatst gepubliceerd.",
    "withdrawn.line_key": "De line_key zoals het laatst gepubliceerd.",
    "withdrawn.replaced_by": "De line_key waaronder de regel verdergaat, als het bronnenbestand iets anders van het"
    " document zegt.",
    "withdrawn.last_release": "De laatste release met de regel: de tekens aan het eind van de naam van haar map.",
    "withdrawn.withdrawn_at": "Wanneer de bytes zonder de regel voor het eerst opgehaald zijn; null als dat niet bekend is"
    " of niet de reden is.",
    "withdrawn.reason": "Waarom: " + _REASONS,
    "withdrawn.source_url": "Waar het document gepubliceerd was.",
    "withdrawn.locator": "Waar in het document de cel stond.",
}


def dutch_of(table: Table, field: Field) -> str:
    """The Dutch description of a column: its own, else the one of its name, else that of the budget lines.

    Raises:
        KeyError: where there is none; a test sees to it that there is.
    """
    own = f"{table.name}.{field.name}"
    names = (own, field.name, f"budget_lines.{field.name}")
    return _COLUMNS[next((name for name in names if name in _COLUMNS), own)]


def unused(tables: tuple[Table, ...]) -> set[str]:
    """The Dutch texts that no column of the tables has."""
    used = set()
    for table in tables:
        for field in table.fields:
            own = f"{table.name}.{field.name}"
            used.add(own if own in _COLUMNS else field.name)
    return set(_COLUMNS) - used
