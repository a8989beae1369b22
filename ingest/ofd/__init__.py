"""OFD, the national format of official documents (GB/T 33190-2016): its pages as they are printed."""
