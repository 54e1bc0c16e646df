#!/usr/bin/env bash
# Writes requirements/*.txt anew from pyproject.toml. Only who changes dependencies needs this, and needs uv for it.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() {
  uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-header --no-annotate --quiet "$@"
}
lock --group build --output-file requirements/run.txt
lock --group build --extra cluster --output-file requirements/cluster.txt
lock --group build --extra cluster --group dev --output-file requirements/dev.txt
lock --group build --group dev --group peers --group makers --output-file requirements/peers.txt
lock --group build --group makers --output-file requirements/makers.txt
