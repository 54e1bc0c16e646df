#!/usr/bin/env bash
# Makes 20 budget PDFs and measures what Prefect costs a run of them. Needs ../shared beside the checkout; PAGES=100 RUNS=3
set -euo pipefail
cd "$(dirname "$0")/.."
maker=../shared/tools/make_budget_pdf.py
if [ ! -f "$maker" ]; then
  echo "no maker: $maker is not here, nothing is measured"
  exit 0
fi
pages=${PAGES:-100} made=pdf-benchmark files=()
for seed in $(seq 1 20); do
  file=$made/begroting-reportlab-${pages}p-s$seed.pdf
  [ -f "$file" ] || .venv-makers/bin/python "$maker" --producer reportlab --pages "$pages" --seed "$seed" --out "$made" >&2
  files+=("$file")
done
.venv/bin/python -m benchmarks.prefect_cost "${files[@]}" --runs "${RUNS:-3}"
