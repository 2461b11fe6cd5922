"""The pages of the observatory: address, file, words for menus and previews, keys of the address that each obeys."""

from dataclasses import dataclass

from language import mark

FILTER_KEYS = ("ministere", "annees", "acheteur", "perimetre", "definition", "montant", "signales")
SEARCH_KEYS = ("verdict", "q", "groupe", "fournisseur", "produit", "fin", "controle")
PLACE_KEYS = ("langue", "edition", "embed", "graphique")


@dataclass(frozen=True)
class Page:
    """One page: ``path`` in the address (empty for the first page), ``file`` in ``pages/``, and its words.

    It obeys ``keys``; it only remembers ``context_keys``, to lead back where the reader came from: a shared link
    leaves them out.
    """

    path: str
    file: str
    title: str
    description: str
    keys: tuple[str, ...]
    in_menu: bool = True
    context_keys: tuple[str, ...] = ()


PAGES = (
    Page(
        "",
        "vue_ensemble",
        mark("Vue d’ensemble"),
        mark(
            "Ce que les acheteurs publics français achètent à des fournisseurs de numérique étrangers, "
            "et ce qu’on n’en sait pas."
        ),
        (*FILTER_KEYS, *PLACE_KEYS),
    ),
    Page(
        "ministeres",
        "ministeres",
        mark("Ministères"),
        mark(
            "Les achats numériques de chaque ministère : verdicts au fil des ans, fournisseurs, revendeurs, "
            "produits nommés."
        ),
        (*FILTER_KEYS, "onglet", *PLACE_KEYS),
    ),
    Page(
        "fournisseurs",
        "fournisseurs",
        mark("Fournisseurs"),
        mark("Fournisseurs et groupes : ce qu’ils vendent aux acheteurs publics, qui les contrôle, ce qui le dit."),
        (*FILTER_KEYS, "q", "groupe", "fournisseur", "onglet", *PLACE_KEYS),
    ),
    Page(
        "alternatives",
        "alternatives",
        mark("Alternatives"),
        mark("Service par service, ce qui s’achète aujourd’hui, ce qui existe ici, et ce que déplacerait un quota."),
        (*FILTER_KEYS, "service", "face", "quota", *PLACE_KEYS),
    ),
    Page(
        "marches",
        "marches",
        mark("Marchés"),
        mark("Chercher un marché public numérique par mot, acheteur, fournisseur, année ou verdict."),
        (*FILTER_KEYS, *SEARCH_KEYS, "tri", "page", *PLACE_KEYS),
    ),
    Page(
        "marche",
        "marche",
        mark("Un marché"),
        mark("Un marché public : ses versions, ses titulaires, et pourquoi il est compté ainsi."),
        ("id", "definition", *PLACE_KEYS),
        in_menu=False,
        context_keys=tuple(key for key in (*FILTER_KEYS, *SEARCH_KEYS, "tri", "page") if key != "definition"),
    ),
    Page(
        "echeances",
        "echeances",
        mark("Échéances"),
        mark(
            "Les marchés sous contrôle étranger ou à produit étranger nommé qui finissent bientôt, "
            "et les qualifications SecNumCloud qui expirent."
        ),
        (*FILTER_KEYS, "mois", "au", *PLACE_KEYS),
    ),
    Page(
        "messageries",
        "messageries",
        mark("Messageries"),
        mark("Qui achemine le courrier des mairies de France : carte, classement, commune par commune."),
        ("departement", "fournisseur_mail", "pays", "definition", "commune", "page", *PLACE_KEYS),
    ),
    Page(
        "reperes",
        "reperes",
        mark("Repères"),
        mark(
            "Des cas documentés et les dates du droit sur une même frise, et les totaux officiels à côté de ce que "
            "montrent les données."
        ),
        ("ministere", "theme", "statut", "cas", *PLACE_KEYS),
    ),
    Page(
        "methode",
        "methode",
        mark("Méthode"),
        mark("Définitions, sources, qualité des données, corrections et dictionnaire."),
        PLACE_KEYS,
    ),
)


def page(path: str) -> Page:
    """The page at ``path``; KeyError when there is none."""
    return {known.path: known for known in PAGES}[path]
