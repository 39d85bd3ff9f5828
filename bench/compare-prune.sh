#!/usr/bin/env bash
# Times forget and prune of dedup and restic at the same work, and writes a table to bench/results/prune-DATE.md.
# A tree of small files changes from snapshot to snapshot; every second snapshot is forgotten, then pruned, then one more, pruned again.
#
#   bench/compare-prune.sh
#
# From the environment:
#   SNAPSHOTS  how many (60)
#   FILES      how many files the tree has (20000); a twentieth changes with every snapshot
#   WORK       a folder in memory for everything (/dev/shm/dedup-prune); removed at the end
#   DEDUP      a dedup program to use instead of publishing this source
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

SNAPSHOTS=${SNAPSHOTS:-60} FILES=${FILES:-20000} WORK=${WORK:-/dev/shm/dedup-prune}
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

change() { # change SNAPSHOT: a twentieth of the files get new content, the next one each time
  python3 - "$WORK/tree" "$FILES" "$1" <<'PY'
import os, random, sys
tree, files, snapshot = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
share = files if snapshot == 0 else files // 20
first = 0 if snapshot == 0 else (snapshot * share) % files
random.seed(snapshot)
for i in range(first, first + share):
    i %= files
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

every_second() { awk 'NR % 2 == 1'; }
dedup_ids=$("$DEDUP" snapshots -r "$WORK/dedup" --json | python3 -c 'import json,sys; print("\n".join(s["id"] for s in json.load(sys.stdin)))' | every_second)
restic_ids=$(restic_ snapshots --json | python3 -c 'import json,sys; print("\n".join(s["id"] for s in json.load(sys.stdin)))' | every_second)
# shellcheck disable=SC2086
forget_dedup=$(timed "$DEDUP" forget -q -r "$WORK/dedup" $dedup_ids)
# shellcheck disable=SC2086
forget_restic=$(timed restic -q -r "$WORK/restic" forget $restic_ids)
prune_dedup=$(timed "$DEDUP" prune -q -r "$WORK/dedup" --allow-large-deletion)
prune_restic=$(timed restic -q -r "$WORK/restic" prune)
after_dedup=$(size "$WORK/dedup") after_restic=$(size "$WORK/restic")
"$DEDUP" forget -q -r "$WORK/dedup" "$("$DEDUP" snapshots -r "$WORK/dedup" --json | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["id"])')" >/dev/null
restic_ forget "$(restic_ snapshots --json | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["id"])')" >/dev/null
again_dedup=$(timed "$DEDUP" prune -q -r "$WORK/dedup")
again_restic=$(timed restic -q -r "$WORK/restic" prune)
"$DEDUP" check -q -r "$WORK/dedup" --read-data >/dev/null || die "the repository is damaged"

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
row() { # row NAME DEDUP RESTIC
  # shellcheck disable=SC2086
  set -- "$1" $2 $3
  echo "| $1 | $2 s, $3 MB | $4 s, $5 MB | $(ratio "$2" "$4") |"
}
{
  echo "# Forget and prune, $(date -u +%F)"
  echo "$SNAPSHOTS snapshots of a tree of $FILES small files of which a twentieth changes each time; every second one forgotten. $(nproc) cores, everything in memory, one round; \`bench/compare-prune.sh\`."
  echo
  echo "| | dedup | $(restic version | cut -d' ' -f1,2) | ratio |"
  echo "|---|---|---|---|"
  row "forget half" "$forget_dedup" "$forget_restic"
  row "prune" "$prune_dedup" "$prune_restic"
  row "forget one more and prune" "$again_dedup" "$again_restic"
  echo "| repository before | $before_dedup MB | $before_restic MB | $(ratio "$before_dedup" "$before_restic") |"
  echo "| repository after | $after_dedup MB | $after_restic MB | $(ratio "$after_dedup" "$after_restic") |"
} | tee "$RESULT"
