#!/usr/bin/env bash
# Scores the main job on the real corpus and on other forms of the same pages. Needs ../shared beside the checkout.
set -euo pipefail
cd "$(dirname "$0")/.."
shared=../shared
if [ ! -d "$shared/corpus/text" ]; then
  echo "no corpus: $shared/corpus/text is not here, nothing is scored"
  exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
score() { .venv/bin/python "$shared/tools/score_corpus.py" "$1" --require "$2" >"$scratch/out" || { cat "$scratch/out"; exit 1; }
  grep -E '^(cells|of the|heading|proved|overig)' "$scratch/out"; }
echo "== real pages"
score "$shared/corpus/text" 0.97
echo "== real PDFs"
score "$shared/corpus/pdf" 0.97
echo "== other forms of the pages"
.venv/bin/python "$shared/tools/corpus_variants.py" flatten "$shared/corpus/text" --out "$scratch/flat"
score "$scratch/flat" 0.95
for seed in ${BEGROTING_SEEDS:-1 2}; do
  .venv/bin/python "$shared/tools/corpus_variants.py" html "$shared/corpus/text" "$shared/corpus/pdf" \
    --out "$scratch/html$seed" --seed "$seed"
  score "$scratch/html$seed" 0.99
done
