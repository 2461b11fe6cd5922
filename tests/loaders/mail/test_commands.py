"""The verbs of mail on the command line, as somebody types them."""

from typer.testing import CliRunner

from loaders.cli import app
from tests.loaders.mail.dns_server import serving


def test_a_list_is_resolved_then_serves_the_table(tmp_path):
    published, domains, out = tmp_path / "published.csv", tmp_path / "domains.csv", tmp_path / "out.csv"
    published.write_text(
        "insee,name,provider,domain,confidence,flags\n01001,Mairie - A,zimbra,a.fr,25,no_mx\n", encoding="utf-8"
    )
    domains.write_text("insee_code,domain\n01001,a.fr\n", encoding="utf-8")
    with serving({"a.fr": {"MX": ["1 mx1.mail.ovh.net."]}}) as server:
        arguments = ["mail", "resolve", str(domains), "--out", str(out), "--resolver", server.address, "--rate", "50"]
        asked = CliRunner().invoke(app, arguments)
    assert asked.exit_code == 0, asked.output
    assert "a.fr,found,ovh,85,mx:ovh,mx1.mail.ovh.net," in out.read_text(encoding="utf-8")
    build = ["mail", "build", "--from", str(published), "--refreshed", str(out), "--out", str(tmp_path / "mail")]
    built = CliRunner().invoke(app, build)
    assert built.exit_code == 0, built.output
    assert '"ovh": 1' in (tmp_path / "mail" / "manifest.json").read_text(encoding="utf-8")
