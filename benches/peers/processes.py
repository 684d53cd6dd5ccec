"""Ten million process events: the Endpoint.Processes detections in one pass of Weir, next to DuckDB, one query each.

    pip install duckdb 'deltalake[pyarrow]'
    weir ingest LOGS --lake small
    python3 benches/peers/processes.py CONTENT small WORK [ROWS]

Makes a lake of ROWS process events (10,000,000 unless said) out of those of the lake `small`, with other hosts, times, process
ids and command lines. Recorded attacks are nearly all attack: of the rows that some condition finds, one copy in RARE is taken.

Runs `weir scan --lake` with the detections whose condition finds fewer than one row in ten of `small`: the others ask for nearly
every process, and what they do with all of them (group ten million rows) is no matter of finding rows. Then DuckDB: one full read of
the columns that the conditions are about, and every condition by itself. Times are of this run on this machine.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time

import duckdb
from deltalake import DeltaTable, write_deltalake

content, small, work = sys.argv[1:4]
rows = int(sys.argv[4]) if len(sys.argv) > 4 else 10_000_000
RARE = 2500
BATCH = 500_000
weir = os.environ.get("WEIR", "target/release/weir")
bench = os.environ.get("WEIR_BENCH", "target/release/bench")
lake = os.path.join(work, "lake")
table = os.path.join(lake, "datasets", "Endpoint.Processes")
chosen = os.path.join(work, "content")


def view(connection, source):
    """The rows with lists as text, which is what the conditions compare."""
    columns = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {source})").fetchall()
    lists = [name for name, kind in columns if kind.endswith("[]")]
    return f"SELECT * REPLACE ({', '.join(f'array_to_string({name}, chr(10)) AS {name}' for name in lists)}) FROM {source}"


printed = subprocess.run([bench, "predicates", content], check=True, capture_output=True, text=True).stdout
conditions = dict(line.split("\t", 1) for line in printed.splitlines())
source = DeltaTable(os.path.join(small, "datasets", "Endpoint.Processes")).to_pyarrow_table()
connection = duckdb.connect()
connection.register("source", source)
connection.execute(f"CREATE TABLE flat AS {view(connection, 'source')}")
found = {name: connection.execute(f"SELECT count(*) FROM flat WHERE {condition}").fetchone()[0]
         for name, condition in conditions.items()}
wide = sorted(name for name, count in found.items() if count * 10 >= source.num_rows)
conditions = {name: condition for name, condition in conditions.items() if name not in wide}

if not os.path.isdir(table):
    connection.execute(f"CREATE TABLE hits AS SELECT place, {' OR '.join(f'({one})' for one in conditions.values())} AS hit "
                       "FROM (SELECT row_number() OVER () AS place, * FROM flat)")
    connection.execute("CREATE TABLE placed AS SELECT row_number() OVER () AS place, * FROM source")
    plain = connection.execute("SELECT count(*) FROM hits WHERE NOT coalesce(hit, false)").fetchone()[0]
    copies = rows // plain + 1
    step = max(1, BATCH // plain)
    for start in range(0, copies, step):
        end = min(copies, start + step)
        made = connection.execute(
            f"""SELECT placed.* EXCLUDE place REPLACE (
                    dest || '-' || copy AS dest,
                    _time + to_seconds(copy * 7) AS _time,
                    process_id || copy AS process_id,
                    process || ' ' || copy AS process)
                FROM placed JOIN hits USING (place), range({start}, {end}) AS copies(copy)
                WHERE NOT coalesce(hit, false) OR copy % {RARE} = 0 ORDER BY _time"""
        ).to_arrow_table()
        write_deltalake(table, made, mode="append", partition_by=["_date"])

# The chosen detections and everything else of the content.
shutil.rmtree(chosen, ignore_errors=True)
for folder, _, files in os.walk(content):
    if ".git" in folder.split(os.sep):
        continue
    for name in files:
        path = os.path.join(folder, name)
        place = os.path.relpath(path, content)
        if place.split(os.sep)[0] == "detections":
            with open(path, encoding="utf-8", errors="replace") as file:
                title = re.search(r"^name:\s*(.*?)\s*$", file.read(), re.M)
            if not title or title.group(1).strip("'\"") not in conditions:
                continue
        elif place.split(os.sep)[0] not in ("macros", "lookups", "stories"):
            continue
        target = os.path.join(chosen, place)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(path, target)

subprocess.run(
    [weir, "scan", "--content", chosen, "--lake", lake, "--rows", os.path.join(work, "rows.ndjson"), "--stats",
     os.path.join(work, "stats.json")],
    check=False, stdout=subprocess.DEVNULL)
with open(os.path.join(work, "stats.json")) as file:
    stats = json.load(file)

uris = DeltaTable(table).file_uris()
connection.execute(f"CREATE VIEW stored AS SELECT * FROM read_parquet({uris!r}, hive_partitioning = false)")
connection.execute(f"CREATE VIEW rows AS {view(connection, 'stored')}")
known = [name for name, *_ in connection.execute("SELECT column_name FROM (DESCRIBE rows)").fetchall()]
columns = [name for name in known if any(re.search(rf'"{name}"', condition) for condition in conditions.values())]
start = time.time()
connection.execute("SELECT " + ", ".join(f'max(length("{name}"))' for name in columns) + " FROM rows").fetchall()
full_read = time.time() - start
start = time.time()
found = sum(connection.execute(f"SELECT count(*) FROM rows WHERE {condition}").fetchone()[0]
            for condition in conditions.values())
one_each = time.time() - start
count = connection.execute("SELECT count(*) FROM rows").fetchone()[0]

print(json.dumps({
    "rows": count,
    "conditions": len(conditions),
    "columns": columns,
    "left_out": wide,
    "weir_detections": stats["detections"],
    "weir_seconds": stats["seconds"],
    "weir_rows": stats["rows"],
    "weir_peak_rss_bytes": stats["peak_rss_bytes"],
    "duckdb_full_read_seconds": round(full_read, 2),
    "duckdb_one_query_each_seconds": round(one_each, 2),
    "rows_that_duckdb_found": found,
}, indent=2))
