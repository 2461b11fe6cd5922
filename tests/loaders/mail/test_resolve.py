"""The resolver against a DNS server on loopback: every shape of answer, the pace, retries, going on after a stop."""

import signal
from itertools import pairwise

import polars as pl
import pytest

from loaders.errors import LoaderError, UnreadableSource
from loaders.mail.answers import appended, read_answers
from loaders.mail.lookup import Manners
from loaders.mail.resolve import resolve
from tests.loaders.mail.dns_server import SILENT, serving

ZONE = {
    "agrees.fr": {
        "MX": ["0 agrees-fr.mail.protection.outlook.com."],
        "TXT": ['"unrelated"', '"v=spf1 include:spf.protection." "outlook.com -all"'],
    },
    "mx-only.fr": {"MX": ["10 mx2.mail.ovh.net.", "1 mx1.mail.ovh.net."]},
    "both.fr": {"MX": ["10 spool.mail.gandi.net."], "TXT": ['"v=spf1 include:_spf.google.com ~all"']},
    "gateway.fr": {
        "MX": ["10 mx01.hornetsecurity.com."],
        "TXT": ['"v=spf1 include:spf.protection.outlook.com include:antispameurope.com -all"'],
    },
    "hidden.fr": {"MX": ["10 mx01.hornetsecurity.com."]},
    "own.fr": {"MX": ["10 mail.own.fr."]},
    "stranger.fr": {"MX": ["10 mx.tiny-host.example."]},
    "null.fr": {"MX": ["0 ."]},
    "bare.fr": {"TXT": ['"v=spf1 -all"']},
    "silent.fr": SILENT,
    "broken.fr": "SERVFAIL",
}
HASTE = Manners(queries_per_second=200, timeout_seconds=0.3, tries=2, first_pause_seconds=0.02)


@pytest.fixture
def ask(tmp_path):
    """Ask some domains of a server; a second call goes on in the same file."""

    def asking(server, *domains, manners=HASTE):
        wanted = tmp_path / "domains.csv"
        pl.DataFrame({"domain": domains}, schema={"domain": pl.String}).write_csv(wanted)
        done = resolve(wanted, tmp_path / "out.csv", manners, server.address, lambda *_: None)
        return done, tmp_path / "out.csv"

    return asking


EXPECTED = {
    "agrees.fr": ("found", "microsoft", 95, "mx:microsoft spf:microsoft"),
    "mx-only.fr": ("found", "ovh", 85, "mx:ovh"),
    "both.fr": ("found", "gandi", 75, "mx:gandi spf:google"),
    "gateway.fr": ("found", "microsoft", 60, "mx:hornetsecurity spf:microsoft spf:hornetsecurity"),
    "hidden.fr": ("unknown_provider", "unknown", 0, "mx:hornetsecurity"),
    "own.fr": ("found", "local", 55, "mx:own-name"),
    "stranger.fr": ("unknown_provider", "unknown", 0, None),
    "null.fr": ("null_mx", "unknown", 0, None),
    "bare.fr": ("no_mx", "unknown", 0, None),
    "nowhere.fr": ("nxdomain", "unknown", 0, None),
    "silent.fr": ("timeout", "unknown", 0, None),
    "broken.fr": ("failure", "unknown", 0, None),
    "no dots": ("not_a_domain", "unknown", 0, None),
    "a..fr": ("not_a_domain", "unknown", 0, None),
}


def test_every_shape_of_answer_has_its_own_status(ask):
    with serving(ZONE) as server:
        done, out = ask(server, *EXPECTED)
    rows = pl.read_csv(out).select("domain", "status", "provider", "confidence", "evidence")
    assert {row[0]: row[1:] for row in rows.iter_rows()} == EXPECTED
    assert (done.asked, done.skipped) == (len(EXPECTED), 0)


def test_hosts_stand_by_preference_and_spf_is_whole(ask):
    with serving(ZONE) as server:
        _done, out = ask(server, "mx-only.fr", "agrees.fr")
    rows = {row["domain"]: row for row in read_answers(out).iter_rows(named=True)}
    assert rows["mx-only.fr"]["mx_hosts"] == "mx1.mail.ovh.net mx2.mail.ovh.net"
    assert rows["agrees.fr"]["spf"] == "v=spf1 include:spf.protection.outlook.com -all"


def test_a_domain_is_asked_once_however_it_is_written(ask):
    with serving(ZONE) as server:
        done, _out = ask(server, "own.fr", " OWN.fr ", "", "own.fr")
    assert done.asked == 1
    assert [kind for _domain, kind, _time in server.asked] == ["MX", "TXT"]


def test_questions_keep_the_pace(ask):
    """20 questions a second: ten questions never come faster than one every 50 ms, whatever the workers."""
    manners = Manners(queries_per_second=20, timeout_seconds=1, tries=1, at_once=4)
    with serving(ZONE) as server:
        ask(server, "own.fr", "mx-only.fr", "both.fr", "gateway.fr", "stranger.fr", manners=manners)
    times = server.times()
    assert len(times) == 10
    assert times[-1] - times[0] >= 9 / 20 - 0.03
    assert sum(after - before >= 0.03 for before, after in pairwise(times)) >= 7


def test_a_time_out_is_tried_again_after_a_pause_that_grows(ask):
    manners = Manners(queries_per_second=200, timeout_seconds=0.2, tries=3, first_pause_seconds=0.1)
    with serving(ZONE, silences={"own.fr": 2}) as server:
        _done, out = ask(server, "own.fr", manners=manners)
    assert read_answers(out)["provider"].to_list() == ["local"]
    first, second, third, _spf = server.times()
    assert second - first >= 0.2 + 0.1 - 0.02
    assert third - second >= 0.2 + 0.2 - 0.02


def test_a_second_run_asks_only_what_has_no_answer(ask):
    with serving({**ZONE, "late.fr": SILENT}) as server:
        ask(server, "own.fr", "late.fr")
    with serving({**ZONE, "late.fr": ZONE["own.fr"]}) as server:
        done, out = ask(server, "own.fr", "late.fr", "null.fr")
        assert {domain for domain, _kind, _time in server.asked} == {"late.fr", "null.fr"}
    assert (done.asked, done.skipped) == (2, 1)
    assert sorted(read_answers(out)["domain"]) == ["late.fr", "null.fr", "own.fr"]


def test_an_interruption_loses_nothing_that_was_answered(ask, tmp_path):
    """Ctrl-C comes with the third answer: three are on disk, and the next run asks the last one."""
    wanted, out = tmp_path / "domains.csv", tmp_path / "out.csv"
    wanted.write_text("domain\nown.fr\nnull.fr\nbare.fr\nmx-only.fr\n", encoding="utf-8")

    def interrupting(_label, done, _total):
        if done == 3:
            signal.raise_signal(signal.SIGINT)

    one_by_one = Manners(queries_per_second=200, timeout_seconds=0.3, tries=1, at_once=1)
    with serving(ZONE) as server:
        with pytest.raises(KeyboardInterrupt):
            resolve(wanted, out, one_by_one, server.address, interrupting)
        assert read_answers(out)["domain"].to_list() == ["own.fr", "null.fr", "bare.fr"]
        done = resolve(wanted, out, one_by_one, server.address, lambda *_: None)
    assert (done.asked, done.skipped) == (1, 3)


def test_a_line_cut_in_the_middle_is_asked_again(ask):
    with serving(ZONE) as server:
        _done, out = ask(server, "own.fr", "null.fr")
        out.write_bytes(out.read_bytes()[:-5])
        with appended(out):
            pass
        assert read_answers(out).height == 1
        done, _out = ask(server, "own.fr", "null.fr")
    assert done.asked == 1
    assert read_answers(out).height == 2


def test_what_is_given_wrong_is_told(tmp_path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("site\na.fr\n", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="domain"):
        resolve(wrong, tmp_path / "out.csv", HASTE, "127.0.0.1:5353", lambda *_: None)
    right = tmp_path / "right.csv"
    right.write_text("domain\na.fr\n", encoding="utf-8")
    with pytest.raises(LoaderError, match=r"right\.csv"):
        resolve(right, right, HASTE, "127.0.0.1:5353", lambda *_: None)
    with pytest.raises(LoaderError, match="localhost:x"):
        resolve(right, tmp_path / "out.csv", HASTE, "localhost:x", lambda *_: None)
