"""Names in running text, with the article that lists leave out (R2.2).

English has one for some States, French for nearly all. Names in other languages stay as they are:
there an article belongs to the name already, or there is none, or it bends with the sentence.
Ministries, missions and organizations have one in Spanish and Portuguese too.
"""

import re

from eventhub.core.text import fold


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH_THE = _codes("""
ARE BHS BOL CAF COD COG COM DOM FSM GBR GMB IRN KOR LAO MDA MHL NER NLD PHL PRK PSE RUS SDN SYR TZA
USA VAT VEN
""")
_FRENCH_BARE = _codes("""
ATG BHR CPV CUB CYP DJI HTI ISR KIR KNA LCA LKA MCO MDG MLT MUS NRU OMN SGP SLV SMR STP TUV VCT VUT
""")
_FRENCH_MASCULINE = _codes("""
BDI BEN BFA BGD BLR BLZ BRA BRN BTN BWA CAN CHL CMR COG CRI DNK GAB GBR GHA GTM GUY HND JPN KAZ KEN
KGZ KHM KWT LBN LBR LIE LSO LUX MAR MEX MLI MMR MNE MOZ MWI NER NGA NIC NPL PAK PAN PER PRT PRY QAT
RWA SDN SEN SSD SUR TCD TGO TJK TKM TLS VAT VNM WSM YEM ZWE
""")
_FRENCH_PLURAL = _codes("ARE BHS COM FJI MDV MHL PHL PLW SLB SYC TON USA")

_TURNED = {
    "en": {
        "BOL": "the Plurinational State of Bolivia",
        "FSM": "the Federated States of Micronesia",
        "IRN": "the Islamic Republic of Iran",
        "NLD": "the Kingdom of the Netherlands",
        "VEN": "the Bolivarian Republic of Venezuela",
    },
    "fr": {
        "BOL": "l'État plurinational de Bolivie",
        "FSM": "les États fédérés de Micronésie",
        "IRN": "la République islamique d'Iran",
        "NLD": "le Royaume des Pays-Bas",
        "VEN": "la République bolivarienne du Venezuela",
    },
}
"""Names whose parenthesis comes first in a sentence."""


def in_text(code: str, name: str, language: str) -> str:
    """Return the bare name of a State, as lists have it, as a sentence has it.

    "Gambia" gives "the Gambia", "Zambie" gives "la Zambie". Give it the table's name only: one
    that an event wrote itself is printed as it was written.
    """
    if "(" in name and code in _TURNED.get(language, {}):
        return _TURNED[language][code]
    if language == "en":
        return f"the {name}" if code in _ENGLISH_THE else name
    return _french(code, name) if language == "fr" else name


def _french(code: str, name: str) -> str:
    if code in _FRENCH_BARE:
        return name
    if code in _FRENCH_PLURAL:
        return f"les {name}"
    if fold(name)[:1] in "aeiou":
        return f"l'{name}"
    return f"le {name}" if code in _FRENCH_MASCULINE else f"la {name}"


_BODIES = {
    "en": {
        "the": "academy agency alliance association bank board bureau center centre commission "
        "committee community council department embassy federation forum foundation fund group "
        "institute league mission ministry network office organisation organization partnership "
        "programme secretariat society union university "
        "commonwealth confederation duchy emirate emirates kingdom principality republic see "
        "state states sultanate"
    },
    "fr": {
        "le": "bureau centre comité conseil département fonds forum gouvernement groupe haut "
        "ministère partenariat programme secrétariat commonwealth grand-duché royaume saint-siège "
        "sultanat",
        "la": "banque chambre commission communauté direction fédération fondation ligue mission "
        "représentation société confédération principauté république",
        "l'": "académie agence alliance ambassade association institut office organisation union "
        "université école émirat état",
        "les": "émirats états états-unis",
    },
    "es": {
        "el": "banco centro comité consejo departamento fondo foro gobierno grupo instituto "
        "ministerio programa estado gran principado reino sultanato",
        "la": "academia agencia alianza asociación comisión comunidad dirección embajada "
        "federación fundación junta liga misión oficina organización secretaría sociedad unión "
        "universidad confederación mancomunidad república santa",
        "los": "emiratos estados",
    },
    "pt": {
        "o": "banco centro comité conselho departamento fundo fórum gabinete governo grupo "
        "instituto ministério programa secretariado estado grão-ducado principado reino sultanato",
        "a": "academia agência aliança associação comissão comunidade direção embaixada federação "
        "fundação liga missão organização secretaria sociedade união universidade confederação "
        "república santa",
        "os": "emirados estados",
    },
}
"""Articles by the noun that says what a body is: "Mission" in "Permanent Mission of Zambia", and
"Republic" in the formal name of a State."""

_END_OF_NOUN = re.compile(r"\s+(?:of|for|on|to|in|against)\s|\s*[(,]")


def body_in_text(name: str, language: str) -> str:
    """Return the name of a ministry, mission or organization, or the formal one of a State, as a
    sentence has it.

    "Permanent Mission of Zambia" gives "the Permanent Mission of Zambia", "Institut de recherche"
    gives "l'Institut de recherche". A body that is not known by its noun stays as it is,
    and one written with its article.
    """
    noun = _END_OF_NOUN.split(name, maxsplit=1)[0].split()
    if not noun or language not in _BODIES:
        return name
    if noun[0].casefold() in _BODIES[language]:
        return name
    key = (noun[-1] if language == "en" else noun[0]).casefold()
    for article, nouns in _BODIES[language].items():
        if key in nouns.split():
            return f"{article}{name}" if article.endswith("'") else f"{article} {name}"
    return name
