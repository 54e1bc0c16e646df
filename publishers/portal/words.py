"""What the codes of the contract say, in Dutch and English. A code that is not here is shown as it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same in two languages."""

    nl: str
    en: str


STAGES = {
    "meerjarenraming": Words("meerjarenraming", "multi-year estimate"),
    "begroting": Words("begroting", "budget"),
    "begroting_na_wijziging": Words("begroting na wijziging", "amended budget"),
    "rekening": Words("rekening", "realised"),
    "overig": Words("overig", "other"),
}
MEASURES = {
    "lasten": Words("lasten", "cost"),
    "baten": Words("baten", "income"),
    "saldo": Words("saldo", "balance"),
}
DOCUMENT_TYPES = {
    "begroting": Words("Begroting", "Budget"),
    "begrotingswijziging": Words("Begrotingswijziging", "Budget amendment"),
    "jaarstukken": Words("Jaarstukken", "Annual accounts"),
    "kadernota": Words("Kadernota", "Framework memorandum"),
    "tussenrapportage": Words("Tussenrapportage", "Interim report"),
}
DOCUMENT_STATUSES = {
    "ontwerp": Words("ontwerp", "draft"),
    "vastgesteld": Words("vastgesteld", "adopted"),
}
DOCUMENT_STATES = {
    "published": Words("gepubliceerd", "published"),
    "set_aside": Words("alles opzij gelegd", "all set aside"),
    "no_tables": Words("geen tabellen met bedragen", "no tables of amounts"),
    "duplicate": Words("zelfde document als een ander", "same document as another"),
    "failed": Words("niet te lezen", "could not be read"),
}
TABLE_STATES = {
    "published": Words("gepubliceerd", "published"),
    "set_aside": Words("opzij gelegd", "set aside"),
    "not_euros": Words("geen euro's", "not euros"),
    "hidden_copy": Words("verborgen kopie", "hidden copy"),
}
FRESHNESS = {
    "vanished": Words(
        "staat niet meer op zijn adres; de laatste versie is hier gebruikt",
        "is no longer at its address; its last version is used here",
    ),
    "stale": Words(
        "een nieuwere versie kon niet gelezen worden; de laatste goede cijfers staan hier",
        "a newer version could not be read; its last good figures are shown",
    ),
}
SEVERITIES = {
    "info": Words("ter informatie", "for information"),
    "warning": Words("let op", "warning"),
    "error": Words("fout", "error"),
}
SECOND_READINGS = {
    "agreed": Words("een tweede lezer zag hetzelfde", "a second reader saw the same"),
    "disagreed": Words("een tweede lezer zag iets anders", "a second reader saw something else"),
    "not_read": Words("een tweede lezer kon de tabel niet lezen", "a second reader could not read the table"),
}
# Why a table or document was set aside; the prefix that findings put before it is taken off first.
REASONS = {
    "ambiguous_headings": Words(
        "De koppen zijn op meer manieren te lezen.", "Its headings can be read in several ways."
    ),
    "amount_too_large": Words("Een bedrag is te groot om waar te zijn.", "An amount is too large to be true."),
    "contradicted": Words(
        "De sommen spreken de meeste bedragen tegen: de lezing kan fout zijn.",
        "Its sums contradict most amounts: the reading may be wrong.",
    ),
    "hidden_copy": Words("Dezelfde tabel staat elders op de pagina.", "The same table stands elsewhere on the page."),
    "internal_error": Words("Het programma liep vast op dit document.", "The program failed on this document."),
    "no_amounts": Words("Er staan geen bedragen in.", "It holds no amounts."),
    "no_headings": Words("Geen koppen gevonden die bij de kolommen passen.", "No headings fit its columns."),
    "no_labels": Words("De rijen hebben geen namen.", "Its rows have no labels."),
    "no_tables": Words("Er staat geen tabel met bedragen in euro's in.", "No table of amounts in euros stands in it."),
    "no_text_mapping": Words(
        "De lettertypen zeggen niet welke letters ze tonen.", "Its fonts don't say which letters they show."
    ),
    "no_unit": Words(
        "Nergens staat of het euro's, duizenden of miljoenen zijn.",
        "Nothing says whether it shows euros, thousands or millions.",
    ),
    "not_euros": Words("De tabel toont geen euro's.", "It does not show euros."),
    "not_fetched": Words("Het document kon niet worden opgehaald.", "The document could not be fetched."),
    "not_text": Words("Het document is geen tekst.", "The document is no text."),
    "personal_data": Words("De tabel gaat misschien over personen.", "The table may be about persons."),
    "picture": Words("De bladzijde is een plaatje zonder tekst.", "The page is a picture without text."),
    "readers_disagree": Words(
        "Twee onafhankelijke lezers zagen iets anders.", "Two independent readers saw something else."
    ),
    "robots_forbidden": Words("De website staat ophalen niet toe.", "The website does not allow fetching."),
    "robots_unreachable": Words("De website was niet bereikbaar.", "The website could not be reached."),
    "tables_set_aside": Words("Tabellen zijn opzij gelegd.", "Tables were set aside."),
    "too_large": Words("Het document is te groot.", "The document is too large."),
    "too_many_amounts": Words("Er staan te veel bedragen in.", "It holds too many amounts."),
    "too_many_pages": Words("Het document heeft te veel bladzijden.", "The document has too many pages."),
    "unclear_amounts": Words("Bedragen zijn niet eenduidig te lezen.", "Amounts can't be read with certainty."),
    "unit_conflict": Words("De eenheid wordt op twee manieren genoemd.", "Its unit is stated in two ways."),
    "unknown_format": Words("Dit soort bestand wordt niet gelezen.", "This kind of file is not read."),
    "vanished": Words("Het document staat niet meer op zijn adres.", "The document is no longer at its address."),
}
RULES = {
    "does_not_add_up": Words("Een som klopt niet zoals afgedrukt", "A sum does not hold as printed"),
    "sums_hold_in_part": Words("Een som klopt op te weinig plaatsen", "A sum holds in too few places"),
    "doubted_row": Words("Een rij toont misschien geen euro's", "A row may show no euros"),
    "duplicate_table": Words("Dezelfde tabel staat eerder in het document", "The same table stands earlier"),
    "number_not_placed": Words("Een getal is niet geplaatst", "A number was not placed"),
    "other_unit": Words("Een rij heeft een andere eenheid", "A row has another unit"),
    "pages_left_out": Words("Bladzijden zijn overgeslagen", "Pages were left out"),
    "personal_data": Words("Mogelijk persoonsgegevens", "Possibly personal data"),
    "second_reading": Words("Twee lezers zagen iets anders", "Two readers saw something else"),
    "second_reading_not_read": Words("De tweede lezer kon dit niet lezen", "The second reader could not read this"),
    "short_row": Words("Een rij mist bedragen en is niet geplaatst", "A row lacks amounts and was not placed"),
    "unclear_amount": Words("Een bedrag is niet eenduidig", "An amount is unclear"),
    "unknown_heading": Words("Een kop is onbekend", "A heading is not known"),
}
_PREFIXES = ("table_", "document_", "page_")
SIGN_CONVENTIONS = {
    "v_n": Words("V is voordelig, N nadelig", "V is favourable, N unfavourable"),
    "saldo = baten - lasten": Words("saldo = baten − lasten", "balance = income − cost"),
    "saldo = lasten - baten": Words("saldo = lasten − baten", "balance = cost − income"),
}


def words(known: dict[str, Words], code: str | None) -> Words:
    """What a code says; the code itself where it is not known."""
    text = code or ""
    return known.get(text) or Words(text, text)


def rule_words(rule: str) -> Words:
    """What a rule of a finding says."""
    if rule in RULES:
        return RULES[rule]
    for prefix in _PREFIXES:
        if rule.startswith(prefix) and (found := REASONS.get(rule.removeprefix(prefix))):
            return found
    return Words(rule, rule)
