#!/usr/bin/env bash
# Times dedup, restic and borg at the same work, in turn, and writes a table of medians to bench/results/peers-DATE.md
# and all raw runs to peers-DATE.csv. docs/benchmarks.md says what the figures mean.
#
#   bench/compare-peers.sh [GIT-REPOSITORY]
#
# The git repository, or RELEASES_FROM, gives the releases of a source tree: its last 20 tags; without it that row is left out.
# Where the system has too few files for the row `files`, trees of these releases make up for it.
# From the environment:
#   ROUNDS  how often everything is done (3)
#   SCALE   a fraction of the corpora, such as 0.1 for a trial (1)
#   ROWS    which corpora: archive files releases (all three)
#   TOOLS   which tools: dedup-lz4 dedup-zstd restic borg (all four; files are also copied with cp -a)
#   WORK    a folder in memory for corpora, repositories and targets (/dev/shm/dedup-peers); removed at the end
#   DEDUP   a dedup program to use instead of publishing this source
#   RESULT  the name of the result without ending (bench/results/peers-DATE)
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

ROUNDS=${ROUNDS:-3} SCALE=${SCALE:-1} ROWS=${ROWS:-archive files releases} TOOLS=${TOOLS:-dedup-lz4 dedup-zstd restic borg}
WORK=${WORK:-/dev/shm/dedup-peers} RELEASES_FROM=${1:-${RELEASES_FROM:-}}
RESULT=${RESULT:-bench/results/peers-$(date -u +%F)}
ARCHIVE_BYTES=5200000000 RELEASE_COUNT=20
# The row `files` is about many files; large ones are in the archive, and would use up its bytes here.
FILE_BYTES=2900000000 FILE_COUNT=120000 FILE_MAX_LENGTH=1048576

say() { echo "[$(date -u +%T)] $*" >&2; }
die() { echo "compare-peers: $*" >&2; exit 1; }
scaled() { awk -v n="$1" -v s="$SCALE" 'BEGIN { printf "%.0f", n * s }'; }
has() { case " $1 " in *" $2 "*) true ;; *) false ;; esac; }

install_tools() {
  local missing=() pair
  for pair in restic:restic borg:borgbackup rsync:rsync /usr/bin/time:time git:git; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
  done
  [ ${#missing[@]} -eq 0 ] && return
  { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; } || die "these packages are needed: ${missing[*]}; install them and run this again"
  { apt-get update -q && apt-get install -qy --no-install-recommends "${missing[@]}"; } >/dev/null || die "apt-get could not install ${missing[*]}"
}

publish_dedup() {
  if [ -n "${DEDUP:-}" ]; then
    [ -x "$DEDUP" ] || die "$DEDUP: is no program; DEDUP names the dedup to be measured"
    PUBLISHED="given: $DEDUP"
    return
  fi
  local folder=$WORK/program platform
  platform=$(dotnet --info | awk '/^ *RID:/ { print $2 }')
  # Where the runtime pack of this platform cannot be had, a program that is compiled as it runs is still a program.
  if dotnet publish src/Dedup.Cli -c Release -r "${platform/#*-/linux-}" --self-contained false -o "$folder" -v quiet >"$WORK/publish.log" 2>&1; then
    PUBLISHED="ReadyToRun"
  elif dotnet publish src/Dedup.Cli -c Release -o "$folder" -v quiet >"$WORK/publish.log" 2>&1; then
    PUBLISHED="not compiled ahead"
  else
    cat "$WORK/publish.log" >&2
    die "dedup could not be published"
  fi
  DEDUP=$folder/dedup
}

# --- corpora: from what any machine has -------------------------------------------------------------------------------------

# Prints the folders of programs and their data that exist.
system_folders() {
  local folder
  for folder in /usr/lib /usr/bin /usr/share /usr/sbin /usr/libexec /usr/local /usr/include /usr/src /opt; do
    [ -d "$folder" ] && echo "$folder"
  done
}

# cut_list BYTES COUNT [MAX_LENGTH]: the regular files and links of the system in the order of their names, as many as fit these
# bounds (NUL-separated). A path with a line break would be cut in two: such are left out.
cut_list() {
  system_folders | while read -r folder; do find "$folder" -xdev ! -name $'*\n*' \( -type f -o -type l \) -printf '%s\t%p\n' | sort -t $'\t' -k 2; done |
    awk -F '\t' -v bytes="$1" -v count="$2" -v longest="${3:-0}" '
      (longest > 0 && $1 > longest) || sum + $1 > bytes || n >= count { next }
      { sum += $1; n++; printf "%s%c", $2, 0 }'
}

make_archive() {
  local folder=$WORK/archive
  mkdir -p "$folder"
  cut_list "$(scaled $ARCHIVE_BYTES)" 100000000 | tar --create --null --no-recursion --files-from=- --absolute-names --file="$folder/system.tar"
}

make_files() {
  local folder=$WORK/files tag
  mkdir -p "$folder"
  cut_list "$(scaled $FILE_BYTES)" "$(scaled $FILE_COUNT)" $FILE_MAX_LENGTH | tar --create --null --no-recursion --files-from=- --absolute-names --file=- |
    tar --extract --preserve-permissions --directory="$folder" --transform='s,^/,,S' --absolute-names --file=-

  # A small system: whole trees of releases beside its files, newest first, until there are enough.
  for tag in $(release_tags | tac); do
    [ "$(find "$folder" ! -type d | wc -l)" -lt "$(scaled $FILE_COUNT)" ] || break
    [ "$(du --summarize --apparent-size --block-size=1 "$folder" | cut -f 1)" -lt "$(scaled $FILE_BYTES)" ] || break
    mkdir -p "$folder/releases/$tag"
    git -C "$RELEASES_FROM" archive "$tag" | tar --extract --directory="$folder/releases/$tag"
  done
}

# Prints the tags of the git repository, where one is given, oldest first.
release_tags() {
  [ -z "$RELEASES_FROM" ] || git -C "$RELEASES_FROM" tag --sort=creatordate | tail -n "$RELEASE_COUNT"
}

# --- the tools: each function does one piece of work with the repository $R, whose private caches lie in $C ------------------

export PASSWORD=benchmark
export DEDUP_PASSWORD=$PASSWORD RESTIC_PASSWORD=$PASSWORD BORG_PASSPHRASE=$PASSWORD
export BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes BORG_RELOCATED_REPO_ACCESS_IS_OK=yes

use_repository() { # use_repository TOOL
  R=$WORK/repository C=$WORK/cache
  rm -rf "$R" "$C"
  mkdir -p "$C"
  export DEDUP_REPOSITORY=$R DEDUP_CACHE_DIR=$C RESTIC_REPOSITORY=$R RESTIC_CACHE_DIR=$C BORG_REPO=$R BORG_BASE_DIR=$C
  case $1 in
    dedup-lz4) "$DEDUP" init --quiet --compression lz4 ;;
    dedup-zstd) "$DEDUP" init --quiet --compression zstd:3 ;;
    restic) restic init --quiet ;;
    borg) borg init --encryption repokey-blake2 ;;
  esac
}

backup() { # backup TOOL FOLDER
  case $1 in
    dedup-*) "$DEDUP" backup --quiet "$2" ;;
    restic) restic backup --quiet "$2" ;;
    borg) borg create "::snapshot-$RANDOM-$RANDOM-$RANDOM" "$2" ;;
  esac
}

restore() { # restore TOOL TARGET: the newest snapshot
  case $1 in
    dedup-*) "$DEDUP" restore --quiet latest --target "$2" ;;
    restic) restic restore --quiet latest --target "$2" ;;
    borg) local name && name=$(borg list --last 1 --short) && mkdir -p "$2" && cd "$2" && borg extract "::$name" ;;
  esac
}

check() {
  case $1 in
    dedup-*) "$DEDUP" check --quiet --read-data ;;
    restic) restic check --quiet --read-data ;;
    borg) borg check --verify-data ;;
  esac
}
export -f backup restore check

# GNU time runs programs, not functions: a shell calls them, at the same small cost for every tool.

# --- measuring ---------------------------------------------------------------------------------------------------------------

# warm_memory BYTES: a virtual machine may have given its free memory back, and gets it again page by page at several times the cost
# of using it. What is about to be written goes to memory that was used a moment ago, for every tool alike.
warm_memory() {
  head -c "$(scaled "$1")" /dev/zero >"$WORK/warm"
  rm "$WORK/warm"
}

# measure ROUND WORK TOOL COMMAND...: runs a command under GNU time and adds a line to the raw results.
measure() {
  local round=$1 work=$2 tool=$3 report=$WORK/time.txt wall cpu peak size
  shift 3
  say "round $round: $work, $tool"
  if ! /usr/bin/time --output="$report" --format='%e %U %S %M' "$@" >"$WORK/output.log" 2>&1; then
    tail -n 20 "$WORK/output.log" >&2
    die "$tool failed at: $work"
  fi
  read -r wall user system peak < <(tail -n 1 "$report")
  cpu=$(awk -v u="$user" -v s="$system" 'BEGIN { printf "%.2f", u + s }')
  size=$([ "$tool" = cp ] && echo 0 || du --summarize --bytes "$R" | cut -f 1)
  echo "$round,$work,$tool,$wall,$cpu,$peak,$size" >>"$RESULT.csv"
}

run_archive() { # run_archive ROUND TOOL
  local file=$WORK/archive/system.tar
  use_repository "$2" >/dev/null 2>&1 || die "$2 could not make a repository"
  warm_memory $((ARCHIVE_BYTES / 2))
  measure "$1" "archive: first backup" "$2" bash -c 'backup "$@"' - "$2" "$WORK/archive"
  touch "$file"
  measure "$1" "archive: touched and read again" "$2" bash -c 'backup "$@"' - "$2" "$WORK/archive"
  warm_memory $ARCHIVE_BYTES
  measure "$1" "archive: restore" "$2" bash -c 'restore "$@"' - "$2" "$WORK/target"
  cmp -s "$file" "$WORK/target/$file" || die "$2 restored the archive wrong"
  rm -rf "$WORK/target"
}

run_files() { # run_files ROUND TOOL
  use_repository "$2" >/dev/null 2>&1 || die "$2 could not make a repository"
  warm_memory $((FILE_BYTES / 2))
  measure "$1" "files: first backup" "$2" bash -c 'backup "$@"' - "$2" "$WORK/files"
  measure "$1" "files: nothing changed" "$2" bash -c 'backup "$@"' - "$2" "$WORK/files"
  warm_memory $FILE_BYTES
  measure "$1" "files: restore" "$2" bash -c 'restore "$@"' - "$2" "$WORK/target"
  [ "$(find "$WORK/files" | wc -l)" -le "$(find "$WORK/target/$WORK/files" | wc -l)" ] || die "$2 did not restore all files"
  rm -rf "$WORK/target"
  measure "$1" "files: check with all data" "$2" bash -c 'check "$@"' - "$2"
}

run_copy() { # run_copy ROUND
  warm_memory $FILE_BYTES
  measure "$1" "files: restore" cp cp -a "$WORK/files" "$WORK/target"
  rm -rf "$WORK/target"
}

run_releases() { # run_releases ROUND TOOL: one snapshot for each release, all of them timed together
  use_repository "$2" >/dev/null 2>&1 || die "$2 could not make a repository"
  rm -rf "$WORK/release"
  mkdir -p "$WORK/release"
  local tag n=0
  for tag in $TAGS; do
    find "$WORK/release" -mindepth 1 -delete
    git -C "$RELEASES_FROM" archive "$tag" | tar --extract --directory="$WORK/release"
    n=$((n + 1))
    measure "$1" "releases: snapshot $n" "$2" bash -c 'backup "$@"' - "$2" "$WORK/release"
  done
  rm -rf "$WORK/release"
  # The snapshots' lines become one: times added, the highest peak, the last size.
  awk -F , -v OFS=, -v round="$1" -v tool="$2" -v work="releases: $n snapshots" '
    $1 == round && $3 == tool && $2 ~ /^releases: snapshot / { wall += $4; cpu += $5; if ($6 > peak) peak = $6; size = $7; next }
    { print }
    END { print round, work, tool, wall, cpu, peak, size }' "$RESULT.csv" >"$WORK/merged.csv"
  cp "$WORK/merged.csv" "$RESULT.csv"
}

# --- the table ---------------------------------------------------------------------------------------------------------------

write_table() {
  {
    echo "# Compared with peers, $(date -u +%F)"
    echo "$(nproc) cores of $(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), $(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GiB of memory, Linux $(uname -r)."
    echo "dedup $("$DEDUP" version 2>/dev/null | head -n 1) ($PUBLISHED, commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)); $(restic version | cut -d ' ' -f 1-2); $(borg --version)."
    echo "Medians of $ROUNDS rounds; sources in the page cache, repositories and targets in memory; scale $SCALE. Load when it began: $LOAD."
    echo
    local note
    for note in "${NOTES[@]+"${NOTES[@]}"}"; do echo "- $note"; done
    echo
    echo "Made by \`ROUNDS=$ROUNDS SCALE=$SCALE bench/compare-peers.sh${RELEASES_FROM:+ GIT-REPOSITORY}\`. Time beside restic's and borg's: 0.25 is four times as fast."
    echo
    echo "| work | tool | time s | CPU s | cores busy | peak MB | repository MB | time / restic | time / borg | size / restic |"
    echo "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    # Medians by work and tool, in the order in which they first appear.
    tail -n +2 "$RESULT.csv" | awk -F , '
      function median(key, column,   n, i, j, t, v) {
        n = count[key]
        for (i = 1; i <= n; i++) v[i] = values[key, column, i]
        for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j - 1] > v[j]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
        return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
      }
      function ratio(key, column, other) {
        return (other in count) && median(other, column) > 0 ? sprintf("%.2f", median(key, column) / median(other, column)) : ""
      }
      {
        key = $2 SUBSEP $3
        if (!(key in count)) keys[++total] = key
        if (!($2 in seen)) { seen[$2] = 1; works[++workTotal] = $2 }
        count[key]++
        for (c = 4; c <= 7; c++) values[key, c, count[key]] = $c + 0
      }
      END {
        for (w = 1; w <= workTotal; w++) for (k = 1; k <= total; k++) {
          split(keys[k], part, SUBSEP)
          if (part[1] != works[w]) continue
          key = keys[k]; restic = part[1] SUBSEP "restic"; borg = part[1] SUBSEP "borg"
          wall = median(key, 4); size = median(key, 7)
          printf "| %s | %s | %.2f | %.2f | %.2f | %.0f | %s | %s | %s | %s |\n", part[1], part[2], wall, median(key, 5),
            (wall > 0 ? median(key, 5) / wall : 0), median(key, 6) * 1024 / 1e6, (size > 0 ? sprintf("%.0f", size / 1e6) : ""),
            ratio(key, 4, restic), ratio(key, 4, borg), (size > 0 ? ratio(key, 7, restic) : "")
        }
      }'
  } >"$RESULT.md"
}

# -----------------------------------------------------------------------------------------------------------------------------

[ "$(uname)" = Linux ] || die "runs on Linux only"
install_tools
[ ! -e "$WORK" ] || die "$WORK is there already: another comparison may be under way; remove it or set WORK"
mkdir -p "$WORK" "$(dirname "$RESULT")"
# The archive, its restored copy and the largest repository of it.
free=$(df --output=avail --block-size=1 "$WORK" | tail -n 1) needed=$(scaled $((ARCHIVE_BYTES * 5 / 2)))
[ "$free" -ge "$needed" ] || { rmdir "$WORK"; die "$WORK has $((free / 1000000)) MB free and $((needed / 1000000)) are needed: set SCALE below 1, or WORK to a larger place"; }
trap 'rm -rf "$WORK"' EXIT
LOAD=$(cut -d ' ' -f 1 /proc/loadavg) NOTES=() TAGS=""
publish_dedup
export DEDUP
echo "round,work,tool,wall_s,cpu_s,peak_kib,repository_bytes" >"$RESULT.csv"

describe() { # describe NAME FOLDER
  NOTES+=("$1: $(find "$2" -type f | wc -l) files, $(du --summarize --apparent-size --block-size=1000000 "$2" | cut -f 1) MB")
}

for row in $ROWS; do
  case $row in
    archive) say "making the archive"; make_archive; describe "archive" "$WORK/archive" ;;
    files) say "making the files"; make_files; describe "files" "$WORK/files" ;;
    releases)
      [ -n "$RELEASES_FROM" ] || { say "releases: left out, as no git repository is given (first argument, or RELEASES_FROM)"; continue; }
      TAGS=$(release_tags)
      [ -n "$TAGS" ] || { say "releases: left out, as $RELEASES_FROM has no tags"; continue; }
      NOTES+=("releases: $(wc -w <<<"$TAGS") tags of $(basename "$RELEASES_FROM"), $(head -n 1 <<<"$TAGS") to $(tail -n 1 <<<"$TAGS")") ;;
    *) die "ROWS: '$row' is none of archive, files, releases" ;;
  esac
  for round in $(seq "$ROUNDS"); do
    for tool in $TOOLS; do
      case $row in
        archive) run_archive "$round" "$tool" ;;
        files) run_files "$round" "$tool" ;;
        releases) run_releases "$round" "$tool" ;;
      esac
    done
    [ "$row" != files ] || run_copy "$round"
  done
  rm -rf "${WORK:?}/$row" "$WORK/repository" "$WORK/cache"
done
write_table
say "wrote $RESULT.md and $RESULT.csv"
cat "$RESULT.md"
