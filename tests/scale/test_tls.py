"""The same site by https: nginx ends TLS, the application knows it, and nobody stays on http."""

import re
import socket
import ssl
from urllib.parse import urlsplit

import pytest
import requests

from tests.browser.conftest import PATIENCE_MS, Visit
from tests.scale.test_scale import PAGE

pytestmark = [pytest.mark.scale, pytest.mark.xdist_group("scale")]

ONE_YEAR = "max-age=31536000"
OF_THE_APPLICATION = (
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
)


def asked(machines, path: str, **options) -> requests.Response:
    """What the site answers by https to a reader who checks its certificate."""
    return requests.get(f"{machines.secure}{path}", verify=machines.certificate, timeout=90, **options)


@pytest.mark.parametrize("path", ["/", "/?v=1&ministere=interieur", "/vue/fournisseurs?v=1", "/_stcore/stream"])
def test_who_comes_by_http_is_sent_to_the_same_address_by_https(machines, path):
    answer = requests.get(f"{machines.insecure}{path}", allow_redirects=False, timeout=10)
    assert answer.status_code == 301
    assert answer.headers["location"] == f"{machines.secure}{path}"
    assert "strict-transport-security" not in answer.headers
    assert requests.get(f"{machines.insecure}{path}", verify=machines.certificate, timeout=90).url.startswith("https:")


def test_the_authority_that_signs_finds_its_proof_by_http(machines):
    proof = machines.certificate.parents[1] / "letsencrypt" / ".well-known" / "acme-challenge" / "proof"
    proof.parent.mkdir(parents=True)
    proof.write_text("proof", encoding="utf-8")
    answer = requests.get(f"{machines.insecure}/.well-known/acme-challenge/proof", allow_redirects=False, timeout=10)
    assert answer.text == "proof"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/vue/methode", 200),
        ("/donnees/", 200),
        ("/api/v1/", 200),
        ("/flux/marches.atom", 200),
        ("/_stcore/health", 200),
        ("/app/static/fonts/newsreader-latin-400-normal.woff2", 200),
        ("/api/v1/nowhere.json", 404),
        ("/_stcore/metrics", 404),
        (f"/vue/?x={'a' * 9_000}", 414),
    ],
)
def test_every_answer_by_https_asks_for_https_from_then_on(machines, path, status):
    answer = asked(machines, path)
    assert answer.status_code == status
    assert answer.headers["strict-transport-security"] == ONE_YEAR
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/vue/methode", "/donnees/", "/?embed=true"])
def test_the_headers_of_the_application_are_the_same_by_https(machines, path):
    by_http, by_https = requests.get(f"{machines.proxy}{path}", timeout=90), asked(machines, path)
    said = {name: by_https.headers.get(name) for name in OF_THE_APPLICATION}
    assert said == {name: by_http.headers.get(name) for name in OF_THE_APPLICATION}
    assert said["x-content-type-options"] == "nosniff"


def test_links_and_previews_are_by_https(machines):
    twin = asked(machines, "/vue/fournisseurs").text
    assert re.search(rf'property="og:url" content="{machines.secure}/vue/fournisseurs', twin)
    feed = asked(machines, "/flux/marches.atom").text
    assert machines.secure in feed
    for said in (twin, feed):
        assert machines.secure.replace("https:", "http:") not in said


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize(
    ("version", "is_spoken"),
    [(ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)],
)
def test_versions_of_tls_that_are_broken_are_refused(machines, version, is_spoken):
    site = urlsplit(machines.secure)
    context = ssl.create_default_context(cafile=machines.certificate)
    # At the level of the distribution our own side would refuse the old versions before nginx does
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    if is_spoken:
        assert spoken(context, site.hostname, site.port) == version.name.replace("_", ".")
    else:
        with pytest.raises(ssl.SSLError, match="alert protocol version"):
            spoken(context, site.hostname, site.port)


def spoken(context: ssl.SSLContext, host: str, port: int) -> str:
    """The version of TLS that nginx agreed on."""
    with (
        socket.create_connection((host, port), timeout=10) as connection,
        context.wrap_socket(connection, server_hostname=host) as secured,
    ):
        return secured.version()


def test_an_interactive_page_speaks_and_obeys_by_https(machines, browser):
    """Its websocket by wss, its fonts and scripts by https, and nothing else."""
    page = browser.new_context(locale="fr-FR", ignore_https_errors=True).new_page()
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("websocket", lambda opened: addresses.append(opened.url))
    reader = Visit(page).open(f"{machines.insecure}{PAGE}")
    assert reader.address == f"{machines.secure}{PAGE}"
    reader.unfold("filters")
    page.get_by_role("combobox", name="Ministères").press_sequentially("Justice")
    page.get_by_role("option", name="Justice").click(timeout=PATIENCE_MS)
    reader.wait_for_lead("Justice")
    assert reader.address == f"{machines.secure}{PAGE}%2Cjustice"
    insecure, *others = addresses
    assert insecure == f"{machines.insecure}{PAGE}"
    spoken_to = {f"{each.scheme}://{each.netloc}" for each in map(urlsplit, others) if each.netloc}
    assert spoken_to == {machines.secure, machines.secure.replace("https:", "wss:")}
