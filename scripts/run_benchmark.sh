#!/usr/bin/env bash
# Makes budget PDFs and measures the whole of `begroting run` on them. Needs ../shared beside the checkout; PAGES=300 RUNS=3
set -euo pipefail
cd "$(dirname "$0")/.."
maker=../shared/tools/make_budget_pdf.py
if [ ! -f "$maker" ]; then
  echo "no maker: $maker is not here, nothing is measured"
  exit 0
fi
pages=${PAGES:-300} made=pdf-benchmark
make_pdf() { # producer, pages, seed
  local file=$made/begroting-$1-${2}p-s$3.pdf
  if [ ! -f "$file" ]; then
    .venv-makers/bin/python "$maker" --producer "$1" --pages "$2" --seed "$3" --out "$made" >&2 ||
      { echo "no PDF by $1: it is not installed here" >&2; return 0; }
  fi
  echo "$file"
}
producers=(reportlab weasyprint chromium libreoffice)
four=() many=() long=()
for at in 0 1 2 3; do
  four+=($(make_pdf "${producers[$at]}" "$pages" 7))
done
for seed in 1 2 3 4 5 6 7 8 9 10; do
  many+=($(make_pdf "${producers[$((seed % 4))]}" "$pages" "$seed"))
done
for producer in reportlab chromium; do
  long+=($(make_pdf "$producer" 400 3))
done
.venv/bin/python -m benchmarks.run_speed "${four[@]}" --many "${many[@]}" --long "${long[@]}" --runs "${RUNS:-3}"
