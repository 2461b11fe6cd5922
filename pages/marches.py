"""Contracts, found by words and filters, in a chosen order."""

from dataclasses import replace

from analysis import contracts
from analysis.contracts import Place
from language import gettext as _
from language import mark
from ui import contract_list, export, filters, page, sentences, subscriptions
from ui.markup import anchor
from ui.view import View

TITLE = mark("Chercher un marché")
PAGE_SIZE = 25


def draw(view: View) -> None:
    """The page, from its title to the link to share."""
    order, descending = filters.ORDERS[view.state.sort]
    asked = Place(order, descending, PAGE_SIZE, (view.state.page_number - 1) * PAGE_SIZE)
    found = view.ask(contracts.search_contracts, asked)
    page_count = max(1, -(-found.total // PAGE_SIZE))
    if view.state.page_number > page_count:
        found = view.ask(contracts.search_contracts, replace(asked, offset=(page_count - 1) * PAGE_SIZE))
    columns = contract_list.columns(view, "contract_date")

    view.title(_(TITLE))
    view.lead(sentences.found(found.total))
    if found.total:
        view.note(sentences.sum_of_list(view.ask(contracts.total), view.selection))
    view.filters(view.names())

    if found.total:
        view.table(found.rows, columns, name="marches")
    elif view.selection.perimeter != "tout":
        wider = anchor(_("Chercher parmi tous les achats, numériques ou non"), view.link(perimeter="tout"))
        view.html(f'<p class="np-text">{wider}</p>')
    view.pages(page_count)
    if page_count > 1:
        view.downloads(
            lambda: view.compute(contracts.search_contracts, Place(order, descending, export.MOST_ROWS)).rows,
            columns,
            name="marches-tous",
            label=sentences.whole_list(found.total, export.MOST_ROWS),
        )
    subscriptions.show(view)
    view.share(_(TITLE))


if __name__ == "__main__":
    page.show("marches", draw)
