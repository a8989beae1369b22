"""Word documents in Office Open XML (ECMA-376): their text in order, with the list numbers Word prints."""
