"""The program in docs/rpc.md is examples/rpc_client/first_steps.cpp to the letter, which the build compiles."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
page = (root / "docs/rpc.md").read_text(encoding="utf-8")
shown = re.findall(r"```cpp\n(.*?)```", page, flags=re.S)
compiled = (root / "examples/rpc_client/first_steps.cpp").read_text(encoding="utf-8")
assert shown == [compiled], "docs/rpc.md shows another program than examples/rpc_client/first_steps.cpp"
