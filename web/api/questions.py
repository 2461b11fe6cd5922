"""The named questions of the API: each asks of ``analysis`` what a page asks, and is declared once, here.

Routes, documents, the OpenAPI description and the tests come from these declarations.
"""

from collections.abc import Iterable

from analysis import alternatives, coverage, ministries, quality, quota, rivals, shares, vendor_profile, vendors
from analysis.selection import Selection
from language import mark
from loaders import schema
from loaders.mail.schema import TOWN_HALLS
from loaders.schema import Column
from ui.sitemap import FILTER_KEYS, SEARCH_KEYS
from web.api import asking
from web.api.asking import Found, Question
from web.api.columns import INTERVAL, OFFER, SELLER, SUMMED

_PLACE = ("langue", "edition")
_FILTERS = (*FILTER_KEYS, *_PLACE)
_SELLERS = (*FILTER_KEYS, "q", "groupe", "fournisseur", *_PLACE)
_MAIL = ("departement", "fournisseur_mail", "pays", "definition", "commune", *_PLACE)
_ENDS = (*FILTER_KEYS, "mois", "au", *_PLACE)

_DATES = mark("Les marchés sans date, ou datés d’une année à venir, ne sont dans aucune ligne.")
_OUTSIDE_THE_STATE = mark("Les acheteurs hors de l’État n’ont pas de ministère : ils ne sont dans aucune ligne.")
_ENDS_ARE_COMPUTED = mark(
    "Fin : date du marché plus durée publiée ; les reconductions et les fins anticipées ne sont pas connues."
)
_EVERY_NAMED_COUNTS = mark("Un marché qui nomme plusieurs produits compte pour chacun.")
_NOT_THE_SERVERS = mark("Le pays est celui d’où le fournisseur est contrôlé, et non celui de ses serveurs.")
_OUR_TABLES = mark("Nos tables de référence : chaque ligne porte sa source.")


def _every(columns: Iterable[Column], meaning: str = "{name}") -> str:
    return " ".join(meaning.format(name=column.name) for column in columns)


QUESTIONS: dict[str, Question] = {
    question.name: question
    for question in (
        Question(
            "part-etrangere",
            mark("La part étrangère, en intervalle"),
            "",
            _FILTERS,
            "low middle high unknown total_cents contract_count flagged_count missing_count undivided_count",
            asking.one_row(shares.interval),
        ),
        Question(
            "verdicts",
            mark("Ce que pèse chaque verdict"),
            "",
            _FILTERS,
            f"verdict {SUMMED} award_count share",
            asking.frame(shares.by_verdict),
        ),
        Question(
            "annees", mark("L’intervalle, année par année"), "", _FILTERS, f"year {INTERVAL}", asking.years, (_DATES,)
        ),
        Question(
            "ministeres",
            mark("L’intervalle, ministère par ministère"),
            "ministeres",
            _FILTERS,
            f"ministry {INTERVAL} award_count vendor_count top_vendor_id top_vendor_name top_vendor_cents",
            asking.frame(ministries.ranking),
            (_OUTSIDE_THE_STATE,),
        ),
        Question(
            "couverture",
            mark("Ce que l’édition contient de chaque ministère, et avec quel retard"),
            "ministeres",
            _FILTERS,
            "ministry contract_count buyer_count award_count documented_share flagged_share first_year last_year "
            "median_days in_time_share",
            asking.frame(coverage.by_ministry),
            (_OUTSIDE_THE_STATE,),
        ),
        Question(
            "fournisseurs",
            mark("Les fournisseurs qui pèsent le plus"),
            "fournisseurs",
            _SELLERS,
            f"vendor_id vendor_name group_name {SELLER}",
            asking.ranked(vendors.top_vendors),
        ),
        Question(
            "groupes",
            mark("Les groupes qui pèsent le plus"),
            "fournisseurs",
            _SELLERS,
            f"group_id group_name vendor_count {SELLER}",
            asking.ranked(vendors.top_groups),
        ),
        Question(
            "revendeurs",
            mark("Les fournisseurs par qui passent les produits des autres"),
            "ministeres",
            _FILTERS,
            f"vendor_id vendor_name group_name {SELLER}",
            asking.ranked(vendors.top_resellers),
        ),
        Question(
            "produits",
            mark("Les produits et éditeurs que nomment les objets des marchés"),
            "fournisseurs",
            _SELLERS,
            f"product country {SUMMED} buyer_count vendor_count",
            asking.ranked(vendors.top_products),
            (_EVERY_NAMED_COUNTS,),
            page_without_seller="ministeres",
        ),
        Question(
            "acheteurs",
            mark("Les acheteurs qui pèsent le plus"),
            "fournisseurs",
            _SELLERS,
            f"buyer_key buyer_name buyer_kind ministry {SUMMED} award_count vendor_count first_year last_year",
            asking.ranked(vendors.top_buyers),
            page_without_seller="ministeres",
        ),
        Question(
            "controle",
            mark("Qui contrôle un fournisseur ou un groupe, et ce qui le dit"),
            "fournisseurs",
            _SELLERS,
            "vendor_id vendor_name group_name owner control_country technology_country valid_from valid_to "
            "control_basis control_confidence control_source contract_count",
            asking.frame(vendor_profile.control_chain),
        ),
        Question(
            "marches",
            mark("Les marchés, par mot et par filtre"),
            "marches",
            (*FILTER_KEYS, *SEARCH_KEYS, "tri", *_PLACE),
            "contract_id contract_date year publication_date end_date duration_months buyer_key buyer_name buyer_kind "
            "ministry title lot cpv digital_category is_cloud amount_cents amount_flag is_framework holder_count "
            "source_id vendor_ids vendor_names verdict counted_cents",
            asking.found_contracts,
        ),
        Question(
            "marche",
            mark("Un marché : ses titulaires, et pourquoi il est compté ainsi"),
            "marche",
            ("id", "definition", *_PLACE),
            _every(schema.TABLES["awards"]) + " verdict",
            asking.one_contract,
            required=("id",),
            beside={
                "contract": _every(schema.TABLES["contracts"]),
                "verdicts": "definition holder_rank vendor_name verdict",
                "versions": _every(schema.TABLES["versions"]),
                "subcontracts": _every(schema.TABLES["subcontracts"]),
            },
        ),
        Question(
            "echeances",
            mark("Les marchés sous contrôle étranger ou à produit étranger nommé qui finissent bientôt"),
            "echeances",
            _ENDS,
            "contract_id end_date contract_date publication_date duration_months ministry buyer_name title "
            "is_framework amount_cents amount_flag vendor_names verdict counted_cents",
            asking.ending_contracts,
            (_ENDS_ARE_COMPUTED,),
            counts_from_a_day=True,
        ),
        Question(
            "echeances-ministeres",
            mark("Combien finissent dans chaque période, ministère par ministère"),
            "echeances",
            _ENDS,
            "ministry within_3 within_6 within_12 within_24 amount_cents=summed_cents",
            asking.ending_by_ministry,
            (_ENDS_ARE_COMPUTED,),
            counts_from_a_day=True,
        ),
        Question(
            "qualifications",
            mark("Les qualifications SecNumCloud qui expirent bientôt"),
            "echeances",
            ("mois", "au", *_PLACE),
            "service_id provider service service_type decision valid_from valid_to third_party_technology "
            "technology_country source verified",
            asking.ending_qualifications,
            (_OUR_TABLES,),
            counts_from_a_day=True,
        ),
        Question(
            "alternatives",
            mark("Les offres d’ici qui rendent un service, et ce qui s’en achète"),
            "alternatives",
            (*FILTER_KEYS, "service", *_PLACE),
            OFFER,
            asking.of_service(alternatives.alternatives_for),
            (_OUR_TABLES,),
        ),
        Question(
            "nuages",
            mark("Les nuages, étrangers et non, et ce qui s’en achète"),
            "alternatives",
            _FILTERS,
            OFFER,
            asking.frame(alternatives.clouds),
            (_OUR_TABLES,),
        ),
        Question(
            "achats",
            mark("Les produits nommés qui s’achètent pour un service"),
            "alternatives",
            (*FILTER_KEYS, "service", *_PLACE),
            f"product owner country verdict {SUMMED} buyer_count vendor_names first_year last_year",
            asking.of_service(alternatives.bought),
            (_EVERY_NAMED_COUNTS,),
        ),
        Question(
            "quota",
            mark("Ce qu’il manque à chaque ministère pour un quota d’achats non étrangers"),
            "alternatives",
            (*FILTER_KEYS, "quota", *_PLACE),
            "ministry total_cents contract_count home_cents undecided_cents foreign_cents home_low_share "
            "home_high_share missing_low_cents missing_high_cents",
            lambda asked: Found(asked.of_awards(quota.quota_by_ministry, asked.state.quota)),
            (_OUTSIDE_THE_STATE,),
        ),
        Question(
            "face-a-face",
            mark("Deux groupes ou fournisseurs, face à face"),
            "alternatives",
            (*FILTER_KEYS, "face", *_PLACE),
            f"rival rival_name is_group control_country {SUMMED} buyer_count ministry_count vendor_count flagged_count "
            "first_year last_year",
            lambda asked: Found(asked.of_awards(rivals.rival_totals, asked.state.rivals)),
            required=("face",),
        ),
        Question(
            "messageries",
            mark("Les messageries des mairies, commune par commune"),
            "messageries",
            _MAIL,
            _every(TOWN_HALLS, "{name}=mail.{name}"),
            asking.town_halls,
            (_NOT_THE_SERVERS,),
        ),
        Question(
            "messageries-fournisseurs",
            mark("Qui achemine le courrier des mairies"),
            "messageries",
            _MAIL,
            "provider=mail.provider country town_hall_count share",
            asking.mail_providers,
            (_NOT_THE_SERVERS,),
        ),
        Question(
            "messageries-departements",
            mark("Les messageries des mairies, département par département"),
            "messageries",
            ("fournisseur_mail", "pays", "definition", *_PLACE),
            "department_code=mail.department_code town_hall_count counted_count unknown_count share",
            asking.mail_departments,
            (_NOT_THE_SERVERS,),
        ),
        Question(
            "qualite",
            mark("Ce qui est documenté des achats numériques, axe par axe"),
            "methode",
            _PLACE,
            "axis value award_count amount_cents=summed_cents award_share amount_share",
            lambda asked: Found(asked.of_awards(quality.coverage, selection=Selection())),
        ),
        Question(
            "signales",
            mark("Les montants hors de toutes les sommes"),
            "methode",
            _PLACE,
            "contract_id contract_date buyer_key buyer_name ministry title amount_cents amount_flag is_framework "
            "source_id",
            asking.flagged,
        ),
        Question(
            "ecartes",
            mark("Les enregistrements écartés, par raison"),
            "methode",
            _PLACE,
            "reason source_id reject_count",
            lambda asked: Found(quality.rejects_by_reason(asked.edition)),
        ),
    )
}
