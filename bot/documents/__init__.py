"""Documents that are uploaded, published and withdrawn while the program serves."""
