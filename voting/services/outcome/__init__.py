"""From the close to the result: counted, certified, published, corrected."""
