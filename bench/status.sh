#!/usr/bin/env bash
# Times 'dedup status' of a policy with many sources that have run for years, beside 'dedup version', which does nothing, and writes a table to
# bench/results/status-DATE.md. The clock is worth something on a quiet machine only; the time of the processor, user and system, everywhere.
#
#   bench/status.sh
#
# From the environment:
#   SOURCES    how many sources, each with a schedule, an RPO, a drill (50)
#   SNAPSHOTS  how many snapshots the repository holds, of all sources together (5000)
#   ROUNDS     how often each command is timed; the table holds medians (41)
#   WORK       a folder in memory, removed at the end (/dev/shm/dedup-status)
#   DEDUP      a dedup program to use instead of publishing this source
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

SOURCES=${SOURCES:-50} SNAPSHOTS=${SNAPSHOTS:-5000} ROUNDS=${ROUNDS:-41} WORK=${WORK:-/dev/shm/dedup-status}
RESULT=${RESULT:-bench/results/status-$(date -u +%F).md}
die() { echo "status: $*" >&2; exit 1; }
rm -rf "$WORK" && mkdir -p "$WORK"
trap 'rm -rf "$WORK"' EXIT
if [ -z "${DEDUP:-}" ]; then
  dotnet publish src/Dedup.Cli -c Release -r linux-x64 --self-contained false -o "$WORK/program" -v quiet >"$WORK/publish.log" 2>&1 || die "dedup could not be published"
  DEDUP=$WORK/program/dedup
fi
export DEDUP_PASSWORD=bench DEDUP_CACHE_DIR=$WORK/cache

# Each source has one small file; the first snapshot of each is made by a run, the others by backups with the tag that the runs give.
echo bench >"$WORK/password"
"$DEDUP" init -q -r "$WORK/repository" >/dev/null
{
  echo "zone: Europe/Amsterdam"
  echo "state: $WORK/state"
  echo "repositories: {main: {place: $WORK/repository, password: {file: $WORK/password}, prune: {schedule: never}, replicas: {copy: {place: $WORK/copy, largest-lag: 24h}}}}"
  echo "sources:"
  for i in $(seq "$SOURCES"); do
    mkdir -p "$WORK/source/$i" && echo "$i" >"$WORK/source/$i/file"
    echo "  source-$i: {paths: $WORK/source/$i, schedule: {at: daily at 02:00, jitter: 1h}, retention: 30 daily + 12 monthly, objectives: {rpo: 28h, rto: 4h}, drill: monthly on 1 at 04:00}"
  done
} >"$WORK/dedup.yaml"
"$DEDUP" run -q "$WORK/dedup.yaml"

# The same files again and again: what differs is the time. A key file opens the repository without the cost of a password.
head -c 64 /dev/urandom >"$WORK/key"
"$DEDUP" key add -q -r "$WORK/repository" --new-key-file "$WORK/key" >/dev/null
dotnet run -c Release --project bench/Dedup.Benchmarks -- \
  snapshots "$WORK/repository" "$WORK/key" "$WORK/cache" "$((SNAPSHOTS - SOURCES))" $(seq -f "$WORK/source/%g" "$SOURCES")
count=$("$DEDUP" snapshots -r "$WORK/repository" --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')

python3 - "$DEDUP" "$WORK" "$ROUNDS" "$SOURCES" "$count" >"$RESULT" <<'PY'
import datetime, os, resource, statistics, subprocess, sys, time
dedup, work, rounds, sources, snapshots = sys.argv[1:]
commands = {"status": ["status", f"{work}/dedup.yaml"], "status --json": ["status", "--json", f"{work}/dedup.yaml"], "status --prometheus": ["status", "--prometheus", f"{work}/dedup.yaml"], "version": ["version"]}
taken = {name: [] for name in commands}
for _ in range(int(rounds)):
    for name, arguments in commands.items():
        before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([dedup, *arguments], stdout=subprocess.DEVNULL)
        end, after = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        taken[name].append((end - begin, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime))
print(f"# Status, {datetime.date.today()}\n")
print(f"{sources} sources, {snapshots} snapshots, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; medians of {rounds} rounds, in ms. Made by bench/status.sh.\n")
print("| command | clock | least | 90 % within | processor, user and system |\n|---|---:|---:|---:|---:|")
for name, times in taken.items():
    clock = sorted(1000 * entry[0] for entry in times)
    print(f"| {name} | {statistics.median(clock):.0f} | {clock[0]:.0f} | {clock[int(len(clock) * 0.9)]:.0f} | {1000 * statistics.median(entry[1] for entry in times):.0f} |")
PY
cat "$RESULT"
