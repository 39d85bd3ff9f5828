#!/usr/bin/env bash
# Times forget and prune of dedup and restic at the same work, and writes a table to bench/results/prune-DATE.md.
# A tree of small files changes from snapshot to snapshot; every second snapshot is forgotten, then pruned; then one more, and pruned again.
#
#   bench/compare-prune.sh
#
# From the environment:
#   SNAPSHOTS  how many (200)
#   FILES      how many files the tree has (20000)
#   CHANGED    how many of them change with every snapshot (5000); with the defaults a million blobs in all
#   ROUNDS     how often it is all measured, each time on fresh copies of the same repositories (3)
#   WORK       a folder in memory for everything (/dev/shm/dedup-prune); removed at the end
#   DEDUP      a dedup program to use instead of publishing this source
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

SNAPSHOTS=${SNAPSHOTS:-200} FILES=${FILES:-20000} CHANGED=${CHANGED:-5000} ROUNDS=${ROUNDS:-3} WORK=${WORK:-/dev/shm/dedup-prune}
RESULT=${RESULT:-bench/results/prune-$(date -u +%F).md}
die() { echo "compare-prune: $*" >&2; exit 1; }
command -v restic >/dev/null || { [ "$(id -u)" = 0 ] && { apt-get update -q && apt-get install -qy --no-install-recommends restic time; } >/dev/null; } || die "restic is needed; install it and run this again"

rm -rf "$WORK" && mkdir -p "$WORK/tree"
trap 'rm -rf "$WORK"' EXIT
if [ -z "${DEDUP:-}" ]; then
  dotnet publish src/Dedup.Cli -c Release -r linux-x64 --self-contained false -o "$WORK/program" -v quiet >"$WORK/publish.log" 2>&1 || die "dedup could not be published"
  DEDUP=$WORK/program/dedup
fi
export DEDUP_PASSWORD=bench DEDUP_CACHE_DIR=$WORK/dedup-cache RESTIC_PASSWORD=bench RESTIC_CACHE_DIR=$WORK/restic-cache
dedup() { "$DEDUP" "$1" -q -r "$WORK/dedup" "${@:2}"; }
restic_() { restic -q -r "$WORK/restic" "$@"; }

change() { # change SNAPSHOT: some files, others each time, get new content
  python3 - "$WORK/tree" "$FILES" "$1" "$CHANGED" <<'PY'
import os, random, sys
tree, files, snapshot = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random.seed(snapshot)
for i in range(files) if snapshot == 0 else random.sample(range(files), int(sys.argv[4])):
    folder = f"{tree}/{i // 100:04d}"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{i:06d}", "wb") as file:
        file.write(random.randbytes(500 + i % 3000))
PY
}

timed() { # timed COMMAND...: seconds and MB of memory
  local log=$WORK/time.log
  /usr/bin/time -o "$log" -f '%e %M' "$@" >/dev/null
  awk '{ printf "%.2f %.0f\n", $1, $2 / 1024 }' "$log"
}

"$DEDUP" init -q -r "$WORK/dedup"
restic_ init >/dev/null
for ((i = 0; i < SNAPSHOTS; i++)); do
  change "$i"
  dedup backup "$WORK/tree" >/dev/null
  restic_ backup "$WORK/tree" >/dev/null
done
size() { du -sm "$1" | cut -f1; }
before_dedup=$(size "$WORK/dedup") before_restic=$(size "$WORK/restic")
mkdir "$WORK/origin"
mv "$WORK/dedup" "$WORK/dedup-cache" "$WORK/restic" "$WORK/restic-cache" "$WORK/origin"

# ids TOOL: of every second snapshot, oldest first, then of the first that stays
ids() {
  "$@" --json | python3 -c 'import json, sys; ids = [snapshot["id"] for snapshot in json.load(sys.stdin)]; print(*ids[::2]); print(ids[1])'
}

run() { # forgets and prunes copies of both repositories
  local half one
  rm -rf "$WORK/dedup" "$WORK/dedup-cache" "$WORK/restic" "$WORK/restic-cache"
  cp -a "$WORK/origin/." "$WORK"
  { read -r half; read -r one; } < <(ids "$DEDUP" snapshots -r "$WORK/dedup")
  # shellcheck disable=SC2086
  note "forget half" dedup "$DEDUP" forget -q -r "$WORK/dedup" $half
  note "prune" dedup "$DEDUP" prune -q -r "$WORK/dedup" --allow-large-deletion
  after_dedup=$(size "$WORK/dedup")
  "$DEDUP" forget -q -r "$WORK/dedup" "$one" >/dev/null
  note "forget one more and prune" dedup "$DEDUP" prune -q -r "$WORK/dedup"
  "$DEDUP" check -q -r "$WORK/dedup" --read-data >/dev/null || die "the repository is damaged"

  { read -r half; read -r one; } < <(ids restic_ snapshots)
  # shellcheck disable=SC2086
  note "forget half" restic restic -q -r "$WORK/restic" forget $half
  note "prune" restic restic -q -r "$WORK/restic" prune
  after_restic=$(size "$WORK/restic")
  restic_ forget "$one" >/dev/null
  note "forget one more and prune" restic restic -q -r "$WORK/restic" prune
}

note() { # note WORK TOOL COMMAND...: adds a line to the raw results
  local work=$1 tool=$2
  shift 2
  echo "$work,$tool,$(timed "$@" | tr ' ' ',')" >>"$WORK/raw.csv"
}

for ((i = 0; i < ROUNDS; i++)); do run; done
median() { # median WORK TOOL: seconds and MB
  awk -F , -v work="$1" -v tool="$2" '$1 == work && $2 == tool { print $3, $4 }' "$WORK/raw.csv" | sort -n | awk '{ line[NR] = $0 } END { print line[int((NR + 1) / 2)] }'
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
row() { # row NAME
  # shellcheck disable=SC2046
  set -- "$1" $(median "$1" dedup) $(median "$1" restic)
  echo "| $1 | $2 s, $3 MB | $4 s, $5 MB | $(ratio "$2" "$4") |"
}
{
  echo "# Forget and prune, $(date -u +%F)"
  echo "$SNAPSHOTS snapshots of a tree of $FILES small files of which $CHANGED change each time; every second one forgotten. $(nproc) cores, everything in memory, medians of $ROUNDS rounds; \`bench/compare-prune.sh\`."
  echo
  echo "| | dedup | $(restic version | cut -d' ' -f1,2) | ratio |"
  echo "|---|---|---|---|"
  row "forget half"
  row "prune"
  row "forget one more and prune"
  echo "| repository before | $before_dedup MB | $before_restic MB | $(ratio "$before_dedup" "$before_restic") |"
  echo "| repository after | $after_dedup MB | $after_restic MB | $(ratio "$after_dedup" "$after_restic") |"
} | tee "$RESULT"
