"""Ten million process events: all Endpoint.Processes detections in one pass of Weir, next to DuckDB, one query each.

    pip install duckdb deltalake
    weir ingest LOGS --lake small
    python3 benches/peers/processes.py CONTENT small WORK [ROWS]

Makes a lake of ROWS process events (10,000,000 unless said) out of those of the lake `small`, with other hosts, times and
process ids; runs `weir scan --lake` on it with the detections that read Endpoint.Processes alone; then DuckDB: one full
read of the columns that the conditions are about, and every condition by itself. Times are of this run on this machine.
"""

import json
import os
import subprocess
import sys
import time

import duckdb
from deltalake import DeltaTable, write_deltalake

content, small, work = sys.argv[1:4]
rows = int(sys.argv[4]) if len(sys.argv) > 4 else 10_000_000
weir = os.environ.get("WEIR", "target/release/weir")
bench = os.environ.get("WEIR_BENCH", "target/release/bench")
table = os.path.join(work, "datasets", "Endpoint.Processes")

if not os.path.isdir(table):
    source = DeltaTable(os.path.join(small, "datasets", "Endpoint.Processes")).to_pyarrow_table()
    copies = rows // source.num_rows + 1
    connection = duckdb.connect()
    connection.register("source", source)
    times = 500_000
    for start in range(0, copies, max(1, times // source.num_rows)):
        end = min(copies, start + max(1, times // source.num_rows))
        made = connection.execute(
            f"""SELECT source.* REPLACE (
                    dest || '-' || copy AS dest,
                    _time + to_seconds(copy * 7) AS _time,
                    process_id || copy AS process_id,
                    process || ' ' || copy AS process)
                FROM source, range({start}, {end}) AS copies(copy) ORDER BY _time"""
        ).to_arrow_table()
        write_deltalake(table, made, mode="append", partition_by=["_date"])

start = time.time()
names = subprocess.run([bench, "predicates", content], check=True, capture_output=True, text=True).stdout
conditions = [line.split("\t", 1) for line in names.splitlines()]

subprocess.run(
    [weir, "scan", "--content", content, "--lake", work, "--select", "datamodel=Endpoint.Processes", "--rows", os.devnull,
     "--stats", os.path.join(work, "stats.json")],
    check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
with open(os.path.join(work, "stats.json")) as file:
    stats = json.load(file)

connection = duckdb.connect()
files = DeltaTable(table).file_uris()
connection.execute(f"CREATE VIEW rows AS SELECT * FROM read_parquet({files!r})")
columns = [name for name in ("process_name", "process", "parent_process_name", "original_file_name", "parent_process",
                             "process_path", "user", "dest", "process_hash")]
start = time.time()
connection.execute("SELECT " + ", ".join(f"max(length({name}))" for name in columns) + " FROM rows").fetchall()
full_read = time.time() - start
start = time.time()
found = 0
for _, condition in conditions:
    found += connection.execute(f"SELECT count(*) FROM rows WHERE {condition}").fetchone()[0]
one_each = time.time() - start
count = connection.execute("SELECT count(*) FROM rows").fetchone()[0]

print(json.dumps({
    "rows": count,
    "conditions": len(conditions),
    "weir_seconds": round(stats["seconds"]["total"], 2),
    "weir_match_seconds": round(stats["seconds"]["match"], 2),
    "weir_search_seconds": round(stats["seconds"]["search"], 2),
    "weir_peak_rss_bytes": stats["peak_rss_bytes"],
    "duckdb_full_read_seconds": round(full_read, 2),
    "duckdb_one_query_each_seconds": round(one_each, 2),
    "rows_that_duckdb_found": found,
    "weir_to_duckdb": round(stats["seconds"]["total"] / one_each, 4),
    "weir_to_full_read": round(stats["seconds"]["total"] / full_read, 2),
}))
