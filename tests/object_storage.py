"""An S3 server on this machine, for tests."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loaders.editions import Edition

BUCKET = "nuages"
ADDRESS = f"s3://{BUCKET}/editions"
ACCOUNT = {"AWS_ACCESS_KEY_ID": "essai", "AWS_SECRET_ACCESS_KEY": "essai", "AWS_REGION": "us-east-1"}


@dataclass(frozen=True)
class Server:
    """An S3 server: its address, and what lies in its bucket."""

    endpoint: str
    client: object

    @property
    def settings(self) -> dict[str, str]:
        """The environment of a process that keeps its editions there."""
        return {**ACCOUNT, "AWS_ENDPOINT_URL": self.endpoint, "NUAGES_EDITIONS": ADDRESS}

    def names(self) -> set[str]:
        """Every object under the prefix."""
        listed = self.client.list_objects_v2(Bucket=BUCKET, Prefix="editions/").get("Contents", [])
        return {entry["Key"].removeprefix("editions/") for entry in listed}

    def read(self, name: str) -> bytes:
        """One object."""
        return self.client.get_object(Bucket=BUCKET, Key=f"editions/{name}")["Body"].read()

    def write(self, name: str, content: bytes) -> None:
        """Put one object there behind everybody's back."""
        self.client.put_object(Bucket=BUCKET, Key=f"editions/{name}", Body=content)

    def empty(self) -> None:
        """Remove every object."""
        for name in self.names():
            self.client.delete_object(Bucket=BUCKET, Key=f"editions/{name}")


@contextmanager
def object_storage() -> Iterator[Server]:
    """Start an S3 server on a free port, with an empty bucket."""
    import boto3
    from moto.server import ThreadedMotoServer

    os.environ.setdefault("MOTO_ALLOW_NONEXISTENT_REGION", "true")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=ACCOUNT["AWS_REGION"],
        aws_access_key_id=ACCOUNT["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=ACCOUNT["AWS_SECRET_ACCESS_KEY"],
    )
    client.create_bucket(Bucket=BUCKET)
    try:
        yield Server(endpoint, client)
    finally:
        server.stop()


def renamed(edition: Edition, folder: Path, edition_id: str, created_at: str) -> Edition:
    """The same tables under another name and date, in ``folder``."""
    copy = folder / edition_id
    copy.mkdir(parents=True)
    for table in edition.folder.glob("*.parquet"):
        (copy / table.name).symlink_to(table)
    manifest = edition.manifest | {"id": edition_id, "created_at": created_at}
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return Edition(copy)
