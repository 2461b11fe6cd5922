"""Whatever a server answers, readers keep the edition that they have, and a sentence says what happened."""

import gzip
import random

import pytest

from loaders import download
from tests.faults.conftest import CONTRACTS
from tests.faults.publisher import cut, raw, silence, trickle, whole
from tests.faults.records import as_json, as_parquet, zipped

PAGE = b"<!DOCTYPE html><html><head><title>503</title></head><body>Service indisponible</body></html>"
JSON = as_json(60)
PARQUET = as_parquet()
GZIP = gzip.compress(JSON)
ZIP = zipped(**{"marches.json": JSON})
KEPT = "édition courante reste en place"

CUTS = {
    "in the status line": (raw(b"HTTP/1.1 20"), "n’est pas joignable", KEPT),
    "in the headers": (raw(b"HTTP/1.1 200 OK\r\nContent-Le"), KEPT),
    "in the body, length promised": (cut(JSON, len(JSON) // 2, len(JSON)), "s’est interrompue", KEPT),
    "in the body of a chunked answer": (
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nabc"),
        "s’est interrompue",
        KEPT,
    ),
    "before the body": (cut(JSON, 0, len(JSON)), "s’est interrompue", KEPT),
    "in the middle of a record": (cut(JSON, len(JSON) // 2), "s’arrête au milieu"),
    "in the middle of a Parquet footer": (cut(PARQUET, len(PARQUET) - 40), "Parquet", "abîmé"),
    "in the middle of Parquet pages": (cut(PARQUET, len(PARQUET) // 3), "Parquet", "abîmé"),
    "in a gzip member": (cut(GZIP, len(GZIP) // 2), "abîmée ou incomplète"),
    "in the last bytes of a gzip member": (cut(GZIP, len(GZIP) - 4), "abîmée ou incomplète"),
    "in a zip directory": (cut(ZIP, len(ZIP) - 30), "abîmée ou incomplète"),
    "in a zip member": (cut(ZIP, len(ZIP) // 2), "abîmée ou incomplète"),
}


@pytest.mark.parametrize("place", CUTS)
def test_a_download_cut_short(observatory, place):
    observatory.publisher.answer, *sentence = CUTS[place]
    observatory.refused(*sentence)


@pytest.mark.parametrize("shape", ["JSON", "Parquet", "gzip", "zip"])
def test_a_download_cut_anywhere_without_a_promise_of_length(observatory, shape):
    content = {"JSON": JSON, "Parquet": PARQUET, "gzip": GZIP, "zip": ZIP}[shape]
    chance = random.Random(shape)
    for _ in range(4):
        observatory.publisher.answer = cut(content, chance.randrange(len(content) - 1))
        observatory.refused()


def redirected(handler):
    handler.say(302, Location=handler.publisher.address + "/again" + handler.path, Content_Length=0)


ANSWERS = {
    "a web page with status 200": (whole(PAGE), "est une page web"),
    "redirections without end": (redirected, "redirections sans fin", KEPT),
    "a redirection to a file of this machine": (
        lambda handler: handler.say(302, Location="file:///etc/passwd", Content_Length=0),
        KEPT,
    ),
    "a length that is no number": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + JSON[:900]), "au milieu"),
    "a length too short": (
        lambda handler: (handler.say(200, Content_Length=300), handler.wfile.write(JSON)),
        "s’arrête au milieu",
    ),
    "a length too long": (cut(JSON, len(JSON), len(JSON) + 1000), "s’est interrompue", KEPT),
    "two lengths": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nabcdefghi"), KEPT),
    "a length beyond any source": (cut(JSON, 100, 10**15), "n’a pas la taille", KEPT),
    "more bytes than any source": (whole(b"x" * 6_000_000), "n’a pas la taille", KEPT),
    "compression that unfolds beyond any source": (
        lambda handler: (
            handler.say(200, Content_Encoding="gzip"),
            handler.wfile.write(gzip.compress(b"\0" * 50_000_000)),
            setattr(handler, "close_connection", True),
        ),
        "n’a pas la taille",
        KEPT,
    ),
    "compression that is none": (
        lambda handler: (handler.say(200, Content_Encoding="gzip", Content_Length=4), handler.wfile.write(b"oups")),
        "s’est interrompue",
        KEPT,
    ),
    "nothing": (whole(b""), "est vide"),
    "no such page": (lambda handler: handler.say(404, Content_Length=0), "HTTP 404", KEPT),
    "a server that is broken": (lambda handler: handler.say(503, Content_Length=0), KEPT),
    "a server that wants to be left alone for a day": (
        lambda handler: handler.say(429, Retry_After=86_400, Content_Length=0),
        KEPT,
    ),
    "a range that nobody asked for": (lambda handler: handler.say(416, Content_Length=0), "HTTP 416", KEPT),
    "not modified since nothing": (lambda handler: handler.say(304), "HTTP 304", KEPT),
    "half a line and good-bye": (raw(b"\x16\x03\x01"), KEPT),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_is_no_file(observatory, answer):
    download.forget(observatory.downloads / "decp_tabular")
    observatory.publisher.answer, *sentence = ANSWERS[answer]
    observatory.refused(*sentence)


def test_a_server_that_never_answers(observatory, monkeypatch):
    monkeypatch.setattr(download, "TIMEOUT_SECONDS", (0.2, 0.2))
    observatory.publisher.answer = silence(1)
    observatory.refused("ne répond plus", KEPT)


def test_a_server_that_sends_a_byte_now_and_then_is_not_waited_for(observatory, monkeypatch):
    monkeypatch.setattr(download, "PATIENCE_SECONDS", 0.3)
    observatory.publisher.answer = trickle(10)
    observatory.refused("trop lentement", KEPT)


def test_a_file_that_could_not_be_read_is_fetched_again_though_its_publisher_says_that_it_has_not_changed(observatory):
    """Cut short without a promise of length, it was taken for whole; « not modified » would keep it for ever."""
    sound = as_json(CONTRACTS + 1)
    observatory.publisher.answer = whole(sound[:-50], etag='"second"')
    observatory.refused("s’arrête au milieu", KEPT)
    observatory.publisher.answer = whole(sound, etag='"second"')
    code, said = observatory.update()
    assert code == 0, said


def test_a_rest_that_is_not_the_rest_is_thrown_away(observatory):
    """A server that answers a range with another range: the two would make a file that nobody published."""
    observatory.publisher.answer = lambda handler: (
        handler.say(200, ETag='"second"', Content_Length=len(JSON)),
        handler.wfile.write(JSON[:1000]),
        setattr(handler, "close_connection", True),
    )
    observatory.refused("s’est interrompue")
    observatory.publisher.answer = lambda handler: (
        handler.say(206, ETag='"second"', Content_Range=f"bytes 0-{len(JSON) - 1}/{len(JSON)}", Content_Length=9),
        handler.wfile.write(JSON[:9]),
    )
    observatory.refused("ne se suit pas", KEPT)
    assert list(observatory.downloads.glob("*.part")) == []


def test_a_download_killed_between_its_tag_and_its_first_byte_does_not_mix_two_files(observatory, monkeypatch):
    """The tag of a new file stands before its bytes do: those of the former one must be gone by then."""

    def killed(_answer):
        raise KeyboardInterrupt

    monkeypatch.setattr(download, "_declared_length", killed)
    part = observatory.downloads / "decp_tabular.part"
    part.write_bytes(JSON[:700])
    observatory.publisher.answer = raw(b'HTTP/1.1 200 OK\r\nETag: "new"\r\nContent-Length: 900\r\n\r\n')
    before = observatory.served()
    assert observatory.update()[0] != 0
    assert part.with_name("decp_tabular.part.etag").read_text(encoding="utf-8") == '"new"'
    assert not part.exists()
    assert observatory.served() == before


@pytest.mark.parametrize("note", [b"", b'{"etag": "', b"[]", b"\xff\xfe\x00"])
def test_a_note_cut_short_is_no_note(observatory, note):
    (observatory.downloads / "decp_tabular.json").write_bytes(note)
    code, said = observatory.update()
    assert code == 0, said
