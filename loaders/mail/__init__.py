"""Who carries the mail of town halls: the published table read into our own schema, and our own DNS look-ups."""
