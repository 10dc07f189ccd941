"""Papers and faxes: logged at the door, read twice, settled."""
