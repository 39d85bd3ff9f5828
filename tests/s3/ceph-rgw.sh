#!/usr/bin/env bash
# A real S3 server for tests: the gateway of Ceph 16 (Debian 12) with one monitor and one OSD, all data in memory, on 127.0.0.1 only.
# Runs as any user and touches nothing outside DIR. Needs: apt-get install --no-install-recommends radosgw ceph-mon ceph-osd
#   ceph-rgw.sh start DIR PORT [PID]          starts it, with data and logs in DIR; ends it when process PID is gone.
#                                             Exit code 3: a port is taken. PORT is S3, PORT+1 the monitor, up to PORT+40 the OSD.
#                                             It takes up to CEPH_RGW_MEMORY bytes of data, 4 GiB unless that is set.
#   ceph-rgw.sh user DIR NAME KEY SECRET      makes a user
#   ceph-rgw.sh stop DIR                      ends what start began, and deletes DIR
set -euo pipefail
usage() { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
verb=$1 dir=$2 conf=$2/ceph.conf

# A pid file holds the pid and when it started, so that a pid that was given again is left alone.
started() { awk '$3 != "Z" { print $22 }' "/proc/$1/stat" 2>/dev/null; }
alive() {
  [ -s "$dir/$1.pid" ] || return 1
  read -r pid start <"$dir/$1.pid"
  [ "$(started "$pid")" = "$start" ]
}
run() { # run NAME COMMAND...
  local name=$1
  shift
  setsid "$@" >"$dir/$name.out" 2>&1 </dev/null &
  echo "$! $(started $!)" >"$dir/$name.pid"
}
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
end_all() {
  local name
  for name in rgw osd mon; do
    if alive "$name"; then
      kill -9 "$pid" 2>/dev/null || true
      for _ in $(seq 100); do alive "$name" || break; sleep 0.05; done
    fi
  done
}
fail() {
  echo "the S3 server for tests did not start: $1" >&2
  tail -qn 5 "$dir"/*.out "$dir"/*.log >&2 2>/dev/null || true
  end_all
  exit 1
}

start() {
  local port=$1 watched=${2:-}
  for program in ceph ceph-mon ceph-osd radosgw radosgw-admin monmaptool; do
    command -v "$program" >/dev/null || { echo "$program is missing; install it: apt-get install --no-install-recommends radosgw ceph-mon ceph-osd" >&2; exit 1; }
  done
  for taken in "$port" $((port + 1)); do
    if listening "$taken"; then echo "port $taken is taken" >&2; exit 3; fi
  done
  mkdir -p "$dir/mon" "$dir/osd" "$dir/rgw"
  local cluster osd
  cluster=$(printf '5ec00000-0000-4000-8000-%012d' "$port") osd=$(printf '05d00000-0000-4000-8000-%012d' "$port")
  cat >"$conf" <<C
[global]
fsid = $cluster
mon_host = [v2:127.0.0.1:$((port + 1))]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_msgr1 = false
ms_bind_ipv6 = false
ms_bind_port_min = $((port + 2))
ms_bind_port_max = $((port + 40))
ms_async_op_threads = 1
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
# the gateway's default, "secure", needs keys
ms_mon_client_mode = crc
ms_mon_service_mode = crc
ms_mon_cluster_mode = crc
run_dir = $dir
admin_socket =
crash_dir = $dir
log_file = $dir/\$name.log
keyring = /dev/null
mon_allow_pool_size_one = true
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_max_pg_per_osd = 2000
[mon]
mon_data = $dir/mon
mon_cluster_log_file = $dir/cluster.log
mon_data_avail_warn = 1
mon_data_avail_crit = 1
paxos_propose_interval = 0.01
[osd]
osd_data = $dir/osd
osd_objectstore = memstore
memstore_device_bytes = ${CEPH_RGW_MEMORY:-$((4 << 30))}
osd_crush_initial_weight = 1
osd_op_num_shards = 2
osd_op_num_threads_per_shard = 1
[client]
rgw_frontends = beast endpoint=127.0.0.1:$port
rgw_data = $dir/rgw
rgw_rados_pool_pg_num_min = 1
rgw_override_bucket_index_max_shards = 1
rgw_dynamic_resharding = false
rgw_thread_pool_size = 64
rgw_enable_ops_log = false
rgw_enable_usage_log = false
rgw_run_sync_thread = false
# the room of deleted objects is free at once, not after two hours
rgw_gc_obj_min_wait = 15
rgw_gc_processor_period = 15
rgw_gc_processor_max_time = 15
C
  monmaptool --create --clobber --fsid "$cluster" --addv a "[v2:127.0.0.1:$((port + 1))]" "$dir/monmap" >"$dir/mkfs.out" 2>&1 || fail "monitor map"
  ceph-mon -c "$conf" -i a --mkfs --monmap "$dir/monmap" --fsid "$cluster" >>"$dir/mkfs.out" 2>&1 || fail "monitor's data"
  run mon ceph-mon -c "$conf" -i a -f
  ceph-osd -c "$conf" -i 0 --mkfs --osd-uuid "$osd" >>"$dir/mkfs.out" 2>&1 || fail "OSD's data"
  timeout 120 ceph -c "$conf" --connect-timeout 60 osd new "$osd" 0 >"$dir/osdnew.out" 2>&1 || fail "new OSD"
  run osd ceph-osd -c "$conf" -i 0 -f
  timeout 120 radosgw-admin -c "$conf" user create --uid=owner --display-name=owner --access-key=OWNERKEY --secret-key=ownerSecret0123456789 \
    >"$dir/user.out" 2>&1 || fail "first user"
  run rgw radosgw -c "$conf" -n client.rgw -f
  for _ in $(seq 1200); do
    if listening "$port"; then
      if [ -n "$watched" ]; then
        setsid bash -c 'tail --pid="$1" -f /dev/null; bash "$0" stop "$2"' "$(realpath "$0")" "$watched" "$dir" >/dev/null 2>&1 </dev/null &
      fi
      return
    fi
    alive rgw || break
    sleep 0.1
  done
  fail "gateway"
}

case $verb in
start) [ $# -ge 3 ] || usage; start "$3" "${4:-}" ;;
user) [ $# -eq 5 ] || usage
  timeout 120 radosgw-admin -c "$conf" user create --uid="$3" --display-name="$3" --access-key="$4" --secret-key="$5" >/dev/null 2>"$dir/user.out" || { cat "$dir/user.out" >&2; exit 1; } ;;
stop) if [ -f "$conf" ]; then end_all; rm -rf "$dir"; fi ;;
*) usage ;;
esac
