"""From raw text to contracts: values read, identities settled, versions put in order, absurd amounts flagged.

The rules are those of docs/methodologie.md; each broke a published figure somewhere.
"""
