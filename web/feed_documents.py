"""A feed written as iCalendar (RFC 5545) or Atom (RFC 4287)."""

import re
from datetime import timedelta

from feedgen.feed import FeedGenerator
from icalendar import Calendar, Event

from web.feed_contents import Entry, Feed

_REFRESHED = timedelta(days=1)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def calendar(feed: Feed, address: str, name: str) -> bytes:
    """An all-day event for each dated entry; ``address`` is where the feed is read again, ``name`` that of its file."""
    written = Calendar()
    written.add("prodid", f"-//Nuages publics//{name}//FR")
    written.add("version", "2.0")
    written.add("method", "PUBLISH")
    written.add("name", feed.title)
    written.add("x-wr-calname", feed.title)
    written.add("description", _clean(feed.subtitle))
    written.add("x-wr-caldesc", _clean(feed.subtitle))
    written.add("url", address)
    written.add("refresh-interval", _REFRESHED, parameters={"VALUE": "DURATION"})
    written.add("last-modified", feed.updated)
    for entry in feed.entries:
        if entry.day is not None:
            written.add_component(_event(entry, feed))
    return written.to_ical()


def atom(feed: Feed, address: str, name: str) -> bytes:
    """An entry for each, in the order of the feed; ``address`` is the feed's own and its identity."""
    written = FeedGenerator()
    written.id(address)
    written.title(feed.title)
    written.subtitle(_clean(feed.subtitle))
    written.language(feed.language)
    written.author({"name": "Nuages publics"})
    written.generator("Nuages publics", uri=feed.page)
    written.rights(feed.licence)
    written.updated(feed.updated)
    written.link(href=address, rel="self", type="application/atom+xml")
    written.link(href=feed.page, rel="alternate", type="text/html")
    for entry in feed.entries:
        each = written.add_entry(order="append")
        each.id(f"urn:uuid:{entry.id}")
        each.title(_clean(entry.title))
        each.summary(_clean(entry.text))
        each.link(href=entry.link, rel="alternate", type="text/html")
        each.updated(entry.updated)
    return written.atom_str()


def _event(entry: Entry, feed: Feed) -> Event:
    event = Event()
    event.add("uid", str(entry.id))
    event.add("dtstamp", feed.updated)
    event.add("last-modified", entry.updated)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", _clean(entry.title))
    event.add("description", _clean(f"{entry.text}\n{entry.link}"))
    event.add("url", entry.link)
    event.add("transp", "TRANSPARENT")
    return event


def _clean(text: str) -> str:
    """``text`` without the characters that neither format can carry."""
    return _UNWRITABLE.sub("", text)
