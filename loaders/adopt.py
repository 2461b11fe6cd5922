"""Publish an edition that is already built: on another machine, or kept in a folder until now."""

import shutil
from pathlib import Path

from language import mark
from loaders import editions, publish
from loaders.editions import Edition
from loaders.errors import PublicationRefused
from loaders.plausibility import expected_of, refuse_if_suspicious
from loaders.workshop import workshop


def adopt(edition: Edition, accepts_suspicious: bool = False) -> Edition:
    """Put ``edition`` into the store, as it is, and make it the current one.

    Raises PublicationRefused when it fails its checks, or when it is a national edition that astonishes
    (``plausibility.suspicions``) and that is not accepted; StoreUnreachable when the object store does not take it.
    """
    publish.refuse_if_wrong(edition)
    editions.catch_up()
    if edition.manifest["kind"] == editions.NATIONAL and not accepts_suspicious:
        refuse_if_suspicious(edition, expected_of(edition), editions.current_national())
    published = _copied(edition, editions.store())
    editions.point_to(published.id)
    return published


def _copied(edition: Edition, store: Path) -> Edition:
    try:
        with workshop(store) as work:
            copied = Edition(Path(shutil.copytree(edition.folder, work / "edition")))
            return publish.put_in_store(copied, store)
    except OSError as failure:
        raise PublicationRefused(
            mark("L’édition {id} n’a pas pu être copiée dans {folder} ({cause}) ; l’édition courante reste en place."),
            id=edition.id,
            folder=store,
            cause=failure.strerror or failure,
        ) from failure
