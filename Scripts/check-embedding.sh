#!/bin/sh
# Runs the embedding example and compares what it prints with what is written beside it.
# usage: Scripts/check-embedding.sh PATH-OF-EMBEDDING
set -eu
"$1" | diff -u Examples/embedding/expected.jsonl - && echo "the embedding example prints what it should"
