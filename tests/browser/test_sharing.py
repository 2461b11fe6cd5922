"""What leaves the observatory: a link, a light page, a file, a frame; each says the same as the page it came from."""

import io
import json
import re
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from PIL import Image

from tests.browser.conftest import PATIENCE_MS, Visit

pytestmark = pytest.mark.xdist_group("browser")

VIEW = "ministeres?v=1&ministere=interieur&definition=france"


def _shared(visited: Visit) -> str:
    visited.unfold("share")
    return visited.page.locator(".st-key-share .np-code").first.inner_text()


def _csv(visited: Visit) -> bytes:
    with visited.page.expect_download(timeout=PATIENCE_MS) as download:
        visited.page.locator("a[href*='/tableau/'][href*='.csv']").first.click()
    return download.value.path().read_bytes()


def test_a_shared_link_leads_others_to_the_same_page_and_the_same_bytes(site, visit, browser):
    mine = visit(f"{site}/{VIEW}")
    link = _shared(mine)
    assert link.startswith(f"{site}/vue/ministeres?v=1&ministere=interieur")
    context = browser.new_context(locale="en-GB", accept_downloads=True)
    light = Visit(context.new_page()).open(link)
    assert light.lead == mine.lead
    light.page.get_by_role("link", name="Explorer cette vue").click()
    theirs = Visit(light.page)
    theirs.wait_for_lead("par le ministère de l’Intérieur")
    theirs.settled()
    assert theirs.lead == mine.lead
    assert _csv(theirs) == _csv(mine)
    context.close()


def test_the_link_is_copied_by_its_button_or_left_selected_where_browsers_do_not_let_us(site, visit):
    shown = visit(f"{site}/{VIEW}")
    link = _shared(shown)
    button = shown.page.get_by_role("button", name="Copier").first
    shown.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error('refused')); }")
    button.click()
    assert shown.page.evaluate("getSelection().toString()") == link
    assert button.inner_text() == "Copier"
    shown.page.evaluate("() => { navigator.clipboard.writeText = async text => { window.copied = text; }; }")
    button.click()
    shown.page.get_by_role("button", name="Copié").wait_for(timeout=PATIENCE_MS)
    assert shown.page.evaluate("window.copied") == link
    shown.page.get_by_role("button", name="Copier").first.wait_for(timeout=PATIENCE_MS)


def test_a_light_page_is_whole_with_scripts_off_on_a_phone(site, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}, locale="fr-FR")
    page = context.new_page()
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(f"{site}/vue/{VIEW}")
    assert page.locator(".np-lead").inner_text().startswith("Sur 100")
    figure = page.locator("figure img.np-narrow").first
    figure.scroll_into_view_if_needed()
    assert figure.is_visible()
    assert page.locator("main").bounding_box()["width"] <= 360
    page.get_by_role("link", name="Marchés", exact=True).first.click()
    assert page.url == f"{site}/vue/marches?v=1&ministere=interieur&definition=france"
    assert hosts == {urlsplit(site).netloc}
    context.close()


@pytest.mark.parametrize("path", ["", "marches?v=1&q=messagerie", VIEW])
def test_any_address_has_its_preview(site, path):
    head = urlopen(f"{site}/{path}").read().decode()
    said = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', head))
    assert said["og:title"] in re.search(r"<title>(.*?)</title>", head)[1]
    assert said["og:description"]
    picture = Image.open(io.BytesIO(urlopen(said["og:image"].replace("&amp;", "&")).read()))
    assert picture.size == (int(said["og:image:width"]), int(said["og:image:height"]))


def test_the_package_is_one_click_under_the_chart(site, visit):
    shown = visit(f"{site}/{VIEW}")
    with shown.page.expect_download(timeout=PATIENCE_MS) as download:
        shown.page.get_by_role("link", name="Citer (ZIP)").first.click()
    with zipfile.ZipFile(download.value.path()) as archive:
        state = json.loads(archive.read("etat.json"))
    assert state["parameters"]["definition"] == "france"
    light = visit(state["link"])
    assert light.lead == shown.lead


def test_a_frame_in_the_page_of_someone_else_shows_the_chart(site, visit, browser, tmp_path):
    code = visit(f"{site}/{VIEW}")
    code.page.get_by_role("link", name="Intégrer").first.click()
    code.page.locator(".np-code").first.wait_for(timeout=PATIENCE_MS)
    frame = code.page.locator(".np-code").first.inner_text()
    (tmp_path / "index.html").write_text(f"<!doctype html><title>Journal</title>{frame}", encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    newspaper = ThreadingHTTPServer(("localhost", 0), handler)
    threading.Thread(target=newspaper.serve_forever, daemon=True).start()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://localhost:{newspaper.server_port}/")
    inside = page.frame_locator("iframe")
    inside.locator("figure svg").wait_for(timeout=PATIENCE_MS)
    assert inside.get_by_role("link", name="explorer cette vue").count() == 1
    context.close()
    newspaper.shutdown()


def test_no_cookie_is_left_behind(site, browser):
    context = browser.new_context()
    Visit(context.new_page()).open(f"{site}/{VIEW}")
    assert context.cookies() == []
    context.close()
