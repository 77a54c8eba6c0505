"""How a test asks a program that others wrote: a script of this folder, run by node where the packages are."""
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "adapters" / "sinks"), str(HERE.parent / "adapters" / "api")]
PACKAGES = pathlib.Path(os.environ["ANJIE_PEERS"])


def ask(script, *words, given=None, timeout=240):
    """What the script prints, as JSON. It fails when the script does."""
    done = subprocess.run(["node", PACKAGES / script, *map(str, words)], input=json.dumps(given) if given is not None else "",
                          capture_output=True, text=True, timeout=timeout, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{script}: exit {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return json.loads(done.stdout)
