#!/usr/bin/env python3
"""Runs the shards of one simulation on Dask workers, then joins their parts.

    pip install "dask[distributed]"
    python dask_shards.py plan.toml --shards 16 --workers 4 -- --iterations 1M --seed 1

Everything after `--` goes to `plan simulate`. Without --scheduler the workers run on this machine;
with it, on a cluster whose machines share the folder of the parts. What is printed, and the exit
code, are those of `plan merge`, which are those of one `plan simulate`.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from distributed import Client, LocalCluster, as_completed


def run_shard(program, plan, shard, shards, part, options):
    """Runs one shard; Dask tries again if it fails. A part is written whole or not at all."""
    command = [program, "simulate", plan, "--shard", f"{shard}/{shards}", "--output", part, *options]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"shard {shard}/{shards}: {done.stderr.strip()}")
    return done.stdout.strip()


def run_all(client, arguments, options):
    """Runs all shards; the files of their parts, in order."""
    arguments.parts.mkdir(parents=True, exist_ok=True)
    parts = [str(arguments.parts / f"{shard}.part") for shard in range(1, arguments.shards + 1)]
    futures = [
        client.submit(
            run_shard,
            arguments.program,
            arguments.plan,
            shard,
            arguments.shards,
            part,
            # Several workers share a machine: one thread each, unless asked otherwise.
            [*options, *([] if "--threads" in options else ["--threads", "1"])],
            retries=2,
            pure=False,
        )
        for shard, part in enumerate(parts, start=1)
    ]
    for future in as_completed(futures):
        print(future.result(), file=sys.stderr)
    return parts


def main():
    words = sys.argv[1:]
    own, options = (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plan", help="the plan file")
    parser.add_argument("--shards", type=int, default=16, help="into how many shards the run is cut")
    parser.add_argument("--workers", type=int, default=2, help="how many workers run on this machine")
    parser.add_argument("--scheduler", help="the address of a Dask cluster to use instead")
    parser.add_argument("--parts", type=Path, default=Path("parts"), help="the folder of the part files")
    parser.add_argument("--program", default="plan", help="the program to run")
    arguments = parser.parse_args(own)
    if arguments.scheduler:
        client = Client(arguments.scheduler)
    else:
        cluster = LocalCluster(n_workers=arguments.workers, threads_per_worker=1, dashboard_address=None)
        client = Client(cluster)
    with client:
        try:
            parts = run_all(client, arguments, options)
        except RuntimeError as error:
            sys.exit(f"{error}\nthe parts that are done stay in {arguments.parts}")
    sys.exit(subprocess.run([arguments.program, "merge", *parts]).returncode)


if __name__ == "__main__":
    main()
