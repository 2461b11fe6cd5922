"""What the pages share: addresses and filters, sentences, tables, exports, links and citations."""
