"""What is shown of a contract in a list of them."""

from ui.tables import Column
from ui.view import View


def columns(view: View, day: str, *in_files: str) -> list[Column]:
    """Its title, a ``day`` of it, its buyer, holders, amount and verdict; files say more of it, ``in_files`` too."""
    return [
        Column("title", link=lambda row: view.link("marche", contract_id=row["contract_id"]), longest=160),
        Column(day),
        Column("buyer_name", longest=80, instead="buyer_id"),
        Column("vendor_names", longest=80, links=lambda row: [view.vendor_link(one) for one in row["vendor_ids"]]),
        Column("amount_cents", remark="amount_flag"),
        Column("verdict"),
        *(Column(name, only_in_files=True) for name in ("amount_flag", "buyer_id", *in_files, "contract_id")),
    ]
