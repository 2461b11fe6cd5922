"""ANSSI's catalogue, on a PDF drawn here in the published layout: headings on each page, names that overflow."""

from datetime import date

import pytest
from fpdf import FPDF

from loaders.enrich import secnumcloud_catalogue
from loaders.enrich.secnumcloud_catalogue import CatalogueRefused
from loaders.errors import UnreadableSource

LINE = 12
COLUMNS = {"SaaS": 300, "PaaS": 330, "CaaS": 360, "IaaS": 390}


class Catalogue(FPDF):
    """A page in points, written line by line, words placed as the published table places them."""

    def __init__(self, day="15/09/2026"):
        super().__init__(unit="pt", format="A4")
        self.set_auto_page_break(False)
        self.shift = 0
        self.add_page()
        self.line_of((40, f"Catalogue mis à jour le {day}"))
        self.line_of((40, "3.3.1 Les services qualifiés SecNumCloud ........ 41"))
        self.line_of((40, "3.3.2 Les services de confiance ........ 43"))
        self.new_page()
        self.line_of((40, "3.3.1 Les services qualifiés SecNumCloud"))

    def new_page(self, shift=0):
        self.add_page()
        self.set_font("Helvetica", size=9)
        self.shift = shift
        self.at = 60

    def add_page(self, *args, **kwargs):
        super().add_page(*args, **kwargs)
        self.set_font("Helvetica", size=9)
        self.at = 60

    def line_of(self, *words):
        for x, text in words:
            self.text(x, self.at, text)
        self.at += LINE

    def headings(self):
        types = [(x + self.shift, name) for name, x in COLUMNS.items()]
        self.line_of((40, "Fournisseur"), (200, "Nom du service"), *types, (430, "Début"), (490, "Fin"))
        self.at += LINE

    def service(self, provider, name, types, dates, decision=None):
        """One row: ``name`` is the lines of the name, the line of the dates being in the middle of them."""
        for place, text in enumerate(name):
            dated = []
            if place == len(name) // 2:
                crosses = [(COLUMNS[one] + self.shift + 8, "X") for one in types.split()]
                number = [(545, decision)] if decision else []
                dated = [(40, provider), *crosses, *zip((425, 485), dates, strict=True), *number]
            self.line_of((170, text), *dated)
        self.at += LINE

    def saved(self, folder):
        self.line_of((40, "3.3.2 Les services de confiance"))
        path = folder / "catalogue.pdf"
        self.output(str(path))
        return path


def fill(catalogue, count, end="01/01/2029"):
    for number in range(count):
        if number % 8 == 0:
            catalogue.new_page(shift=number)
            catalogue.headings()
        catalogue.service("Exemple", [f"Service {number}"], "IaaS", ("01/01/2026", end), str(100 + number))


def read(catalogue, folder):
    return secnumcloud_catalogue.services(catalogue.saved(folder))


def test_provider_service_types_dates_and_decision(tmp_path):
    catalogue = Catalogue()
    fill(catalogue, 15)
    catalogue.service(
        "Orange Business Services", ["Cloud Avenue SecNum"], "PaaS IaaS", ("11/07/2025", "11/07/2028"), "1147"
    )
    row = read(catalogue, tmp_path).filter(provider="Orange Business Services").to_dicts()[0]
    assert (row["service"], row["service_type"], row["decision"]) == ("Cloud Avenue SecNum", "PaaS IaaS", "1147")
    assert (row["valid_from"], row["valid_to"]) == (date(2025, 7, 11), date(2028, 7, 11))
    assert (row["provider_siren"], row["checked_on"]) == ("345039416", date(2026, 9, 15))


def test_a_name_overflows_above_and_below_its_line(tmp_path):
    catalogue = Catalogue()
    fill(catalogue, 15)
    catalogue.service(
        "OVH",
        ["Hosted Private", "Cloud powered", "by VMware co-", "edition"],
        "IaaS",
        ("28/12/2023", "29/12/2026"),
        "2279",
    )
    catalogue.service("Outscale", ["IaaS Cloud", "on Demand"], "IaaS", ("30/11/2023", "30/11/2026"), "2118")
    services = dict(read(catalogue, tmp_path).select("provider", "service").rows())
    assert services["OVH"] == "Hosted Private Cloud powered by VMware co-edition"
    assert services["Outscale"] == "IaaS Cloud on Demand"


def test_the_technology_of_a_known_decision_is_ours_to_say(tmp_path):
    catalogue = Catalogue()
    fill(catalogue, 15)
    catalogue.service("OVH", ["Hosted Private Cloud"], "IaaS", ("28/12/2023", "29/12/2026"), "2279")
    row = read(catalogue, tmp_path).filter(provider="OVH").to_dicts()[0]
    assert row["technology_country"] == "US"


def test_a_missing_decision_number_is_null(tmp_path):
    catalogue = Catalogue()
    fill(catalogue, 15)
    catalogue.service("Whaller", ["DONJON"], "SaaS", ("01/02/2025", "01/02/2028"))
    assert read(catalogue, tmp_path).filter(provider="Whaller")["decision"].to_list() == [None]


def test_too_few_services_are_refused_and_the_extract_stays(tmp_path):
    whole = Catalogue()
    fill(whole, 15)
    secnumcloud_catalogue.build(whole.saved(tmp_path), tmp_path)
    short = Catalogue()
    fill(short, 14)
    with pytest.raises(CatalogueRefused, match="Seulement 14"):
        secnumcloud_catalogue.build(short.saved(tmp_path), tmp_path)
    assert secnumcloud_catalogue.read(tmp_path).collect().height == 15


def test_a_catalogue_of_expired_services_only_is_refused(tmp_path):
    catalogue = Catalogue()
    fill(catalogue, 15, end="14/09/2026")
    with pytest.raises(CatalogueRefused, match="expirés"):
        read(catalogue, tmp_path)


def test_services_valid_on_the_catalogues_own_day_are_enough(tmp_path):
    catalogue = Catalogue()
    fill(catalogue, 15, end="15/09/2026")
    assert read(catalogue, tmp_path).height == 15


def test_a_pdf_without_the_section_or_the_day_is_refused(tmp_path):
    no_day = Catalogue(day="inconnu")
    with pytest.raises(UnreadableSource, match="mis à jour le"):
        read(no_day, tmp_path)
    empty = FPDF()
    empty.add_page()
    empty.set_font("Helvetica", size=9)
    empty.text(40, 60, "mis à jour le 15/09/2026")
    empty.output(str(tmp_path / "empty.pdf"))
    with pytest.raises(UnreadableSource, match=r"section 3\.3\.1"):
        secnumcloud_catalogue.services(tmp_path / "empty.pdf")


def test_what_is_no_pdf_is_refused(tmp_path):
    (tmp_path / "page.pdf").write_text("<html>maintenance</html>", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="PDF lisible"):
        secnumcloud_catalogue.services(tmp_path / "page.pdf")


def test_nothing_was_fetched(tmp_path):
    assert secnumcloud_catalogue.read(tmp_path).collect().schema == secnumcloud_catalogue.SCHEMA
