"""Where documents come from: the sources file, and the files it names. Reads no table."""
