#!/usr/bin/env bash
# Times a restore over a damaged copy of a tree against a full restore of it, counts what is written, and writes a table to
# bench/results/restore-update-DATE.md. Of the copy one byte in a hundred is changed, in runs; one file in a hundred is missing, and as many are added.
#
#   bench/restore-update.sh
#
# From the environment:
#   SIZE    how large the tree is, in MB (5000)
#   RUNS    how long the runs of changed bytes are (1048576 65536 4096); each is measured
#   ROUNDS  how often each is measured; the table holds medians (3)
#   WORK    a folder in memory for repository and target (/dev/shm/dedup-restore), removed at the end
#   TARGET  the folder to restore into ($WORK/target); elsewhere than in memory the disk is measured too
#   SOURCE  a folder for the tree itself ($WORK/source), removed at the end
#   DEDUP   a dedup program to use instead of publishing this source
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

SIZE=${SIZE:-5000} RUNS=${RUNS:-1048576 65536 4096} ROUNDS=${ROUNDS:-3} WORK=${WORK:-/dev/shm/dedup-restore}
SOURCE=${SOURCE:-$WORK/source} TARGET=${TARGET:-$WORK/target} RESULT=${RESULT:-bench/results/restore-update-$(date -u +%F).md}
die() { echo "restore-update: $*" >&2; exit 1; }
rm -rf "$WORK" "$SOURCE" "$TARGET" && mkdir -p "$WORK" "$SOURCE"
trap 'rm -rf "$WORK" "$SOURCE" "$TARGET"' EXIT
if [ -z "${DEDUP:-}" ]; then
  dotnet publish src/Dedup.Cli -c Release -r linux-x64 --self-contained false -o "$WORK/program" -v quiet >"$WORK/publish.log" 2>&1 || die "dedup could not be published"
  DEDUP=$WORK/program/dedup
fi
export DEDUP_PASSWORD=bench DEDUP_CACHE_DIR=$WORK/cache DEDUP_REPOSITORY=$WORK/repository

# Files from 4 KiB to 64 MiB, most of the bytes in large ones; half of each compresses.
python3 - "$SOURCE" "$SIZE" <<'PY'
import os, random, sys
root, left, number = sys.argv[1], int(sys.argv[2]) * 1000 * 1000, 0
random.seed(20260101)
while left > 0:
    length = min(left, int(4096 * 2 ** random.uniform(0, 14)))
    folder = f"{root}/{number // 200:03d}"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{number:06d}", "wb") as file:
        for start in range(0, length, 65536):
            count = min(65536, length - start)
            file.write(random.randbytes(count // 2) + (b"some text, %d\n" % random.randrange(10 ** 9)) * (count // 2 // 16 + 2))
        file.truncate(length)
    left, number = left - length, number + 1
PY

damage() { # damage RUN SEED: damages the target and prints how many bytes differ from then on
  python3 - "$TARGET" "$1" "$2" <<'PY'
import os, random, sys
root, run = sys.argv[1], int(sys.argv[2])
random.seed(int(sys.argv[3]))
files = sorted(os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names)
gone = set(random.sample(files, max(1, len(files) // 100)))
differing = 0
for path in files:
    length = os.path.getsize(path)
    if path in gone:
        differing += length
        os.remove(path)
        with open(path + ".stray", "wb") as file:
            file.write(random.randbytes(length // 2))
        continue
    with open(path, "r+b") as file:
        for place in range(length // run):
            if random.randrange(100) == 0:
                content = random.randbytes(run)
                file.seek(place * run)
                old = file.read(run)
                differing += sum(map(int.__ne__, old, content))
                file.seek(place * run)
                file.write(content)
print(differing)
PY
}

seconds() { # seconds COMMAND...: runs it and prints how long it took, and the processors' time; what it prints goes to a file
  { TIMEFORMAT='%R %U %S'; time "$@" >"$WORK/output" 2>"$WORK/errors"; } 2>&1 | awk '{ print $1, $2 + $3 }'
}
median() { cut -d' ' -f"$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; } # of a column
field() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$WORK/output" | tail -1; }
restore() { "$DEDUP" restore "latest:$SOURCE" --target "$TARGET" --json "$@"; }

"$DEDUP" init -q
"$DEDUP" backup -q "$SOURCE"
for ((i = 0; i < ROUNDS; i++)); do
  rm -rf "$TARGET"
  seconds restore
done >"$WORK/full"
full=$(median 1 <"$WORK/full") full_cpu=$(median 2 <"$WORK/full")

{
  echo "# Restore over a damaged copy, $(date -u +%F)"
  echo "A tree of $(find "$SOURCE" -type f | wc -l) files, $SIZE MB; 1 % of the bytes changed in runs, 1 % of the files missing, as many added; \`--delete\`."
  echo "$(nproc) cores, target on $(stat -f -c %T "$(dirname "$TARGET")"), repository in memory, medians of $ROUNDS; load average before: $(cut -d' ' -f1 /proc/loadavg); \`bench/restore-update.sh\`."
  echo
  echo "| | seconds | of a full restore | processors' seconds | of a full restore | bytes differing | bytes written | written by differing |"
  echo "|---|---:|---:|---:|---:|---:|---:|---:|"
  echo "| full restore | $full | 1 | $full_cpu | 1 | | | |"
} >"$RESULT"
row() { # row NAME RUN OPTIONS...
  local name=$1 run=$2 differing written
  shift 2
  rm -f "$WORK/times"
  for ((i = 0; i < ROUNDS; i++)); do
    differing=$(damage "$run" "$i")
    seconds restore --delete --yes "$@" >>"$WORK/times"
    written=$(field bytes_written)
    [ -z "$(rsync -anic --delete "$SOURCE/" "$TARGET/" | grep -v '^\.d')" ] || die "what was restored differs"
  done
  local time cpu
  time=$(median 1 <"$WORK/times") cpu=$(median 2 <"$WORK/times")
  awk -v name="$name" "BEGIN { printf \"| %s | %s | %.2f | %s | %.2f | %d | %d | %.2f |\n\", name, $time, $time / $full, $cpu, $cpu / $full_cpu, $differing, $written, $written / ($differing ? $differing : 1) }" >>"$RESULT"
}
for run in $RUNS; do
  row "changed in runs of $run bytes" "$run"
done
row "the same, \`--overwrite if-changed\`" "${RUNS##* }" --overwrite if-changed
row "nothing changed but files missing and added" 100000000000
cat "$RESULT"
