"""From bytes to tables of cells, each cell with its place. The only room that knows HTML, plain text and PDF."""
