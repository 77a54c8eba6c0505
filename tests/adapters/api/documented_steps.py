"""The steps of a page, run as they are printed: every block of ```sh in one shell, one after the other."""
import os
import re
import signal
import subprocess


def steps_of(page):
    return re.findall(r"```sh\n(.*?)```", page, re.S)


def run_steps(page, anjie, source, folder, seconds, environment=None):
    """Runs them in a folder, with the program in PATH; a step that fails ends them, and nothing they started lives on."""
    script = "set -eu\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + "".join(f"echo '--- step {number}'\n{step}" for number, step in enumerate(steps_of(page), 1))
    env = {"PATH": f"{anjie.parent}:{os.environ['PATH']}", "LANG": "C.UTF-8", "SOURCE": str(source), "HOME": str(folder), **(environment or {})}
    # A group of its own: what is left in the background when a step fails, or time is over, ends with it.
    process = subprocess.Popen(["bash", "-c", script], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               start_new_session=True)
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate(timeout=30)
        raise AssertionError(f"not within {seconds} s:\n{out[-3000:]}\n{err[-3000:]}") from None
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    return process.returncode, out, err
