#!/usr/bin/env bash
# Makes budget PDFs with each producer that is here and compares the readers on them. Needs ../shared beside the checkout.
set -euo pipefail
cd "$(dirname "$0")/.."
maker=../shared/tools/make_budget_pdf.py
if [ ! -f "$maker" ]; then
  echo "no maker: $maker is not here, nothing is measured"
  exit 0
fi
python=.venv-peers/bin/python
pages=${PAGES:-300} seed=${SEED:-7} made=pdf-benchmark
files=()
for producer in reportlab weasyprint chromium libreoffice; do
  file=$made/begroting-$producer-${pages}p-s$seed.pdf
  if [ ! -f "$file" ]; then
    $python "$maker" --pages "$pages" --seed "$seed" --producer "$producer" --out "$made" >&2 ||
      { echo "no PDF by $producer: it is not installed here" >&2; continue; }
  fi
  files+=("$file")
done
$python -m benchmarks.pdf_peers "${files[@]}" --runs "${RUNS:-1}"
for path in ../shared/corpus/reference/icdar2013-eu; do
  [ ! -d "$path" ] || $python -m scripts.score_icdar "$path"
done
