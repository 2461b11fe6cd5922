"""What each word of the observatory means, for the method page."""

from language import mark

VERDICTS = {
    "foreign_control": mark("Le titulaire est contrôlé depuis un pays étranger à la date du marché."),
    "foreign_product": mark("L’objet ou le lot nomme un produit ou un éditeur étranger."),
    "hybrid": mark("Un opérateur d’ici vend une offre qui repose sur une technologie étrangère."),
    "opaque": mark(
        "Un revendeur, un intégrateur ou une centrale, et aucun produit nommé : on ne sait pas ce qui est livré."
    ),
    "home_documented": mark("Le contrôle est documenté, et il n’est pas étranger."),
    "home_presumed": mark("Un SIREN français, et rien qui documente la maison mère."),
    "unknown": mark("Rien ne permet d’en juger."),
}

DEFINITIONS = {
    "france": mark("Tout ce qui n’est pas contrôlé depuis la France est étranger."),
    "ue": mark("Tout ce qui est contrôlé hors de l’Union européenne est étranger."),
    "europe": mark(
        "La Norvège, l’Islande, le Liechtenstein, la Suisse et le Royaume-Uni ne sont pas étrangers non plus."
    ),
    "hors-us": mark("N’est étranger que ce qui est soumis au droit des États-Unis."),
}

AMOUNTS = {
    "partage": mark(
        "Le montant publié est partagé également entre les titulaires : la somme des parts est le montant."
    ),
    "plafond": mark(
        "Le montant est pris tel que publié, une fois par marché, sous le verdict du premier titulaire ; dans un "
        "classement, chaque titulaire le porte."
    ),
    "annualise": mark("La part est divisée par le nombre d’années de durée ; sans durée, elle n’est pas divisée."),
    "simples": mark("Les accords-cadres, dont le montant est un plafond, sont laissés de côté."),
}

AXES = {
    "control": mark("Contrôle du titulaire"),
    "product": mark("Produit nommé"),
    "ministry": mark("Ministère de l’acheteur"),
    "category": mark("Catégorie numérique"),
    "duration": mark("Durée"),
    "amount": mark("Montant"),
}

AXIS_VALUES = {
    "known": mark("connu"),
    "not_known": mark("inconnu"),
    "outside_state": mark("hors de l’État"),
}

CORRECTIONS = {
    "reason": mark("Pourquoi"),
    "key_column": mark("Repéré par"),
    "key": mark("Valeur repérée"),
    "column": mark("Champ corrigé"),
    "value": mark("Nouvelle valeur"),
    "source": mark("Source"),
    "corrected_on": mark("Corrigé le"),
}

MEASURES = {
    "axis": mark("Axe"),
    "labelled": mark("Étiquettes"),
    "precision_share": mark("Précision"),
    "recall_share": mark("Rappel"),
    "coverage_share": mark("Couverture"),
}

MEASURED_AXES = {
    "foreign_control": mark("Contrôle étranger, par fournisseur"),
    "foreign_control_by_contract": mark("Contrôle étranger, par marché"),
    "registry_country": mark("Pays exact, d’après le registre"),
    "digital": mark("Périmètre numérique"),
    "cloud": mark("Nuage et hébergement"),
    "product": mark("Produit nommé"),
    "product_country": mark("Produit nommé et son pays"),
    "ministry": mark("Ministère de l’acheteur"),
    "state": mark("État, opérateur ou autre"),
    "buyer_kind": mark("Type d’acheteur"),
}
