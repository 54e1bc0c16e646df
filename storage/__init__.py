"""Where files are kept, on a disk or at an address of fsspec. Knows nothing of what is in them."""
