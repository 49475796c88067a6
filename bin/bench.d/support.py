"""What the parts of bin/bench share: the environment of programs, Pythons with packages, tables."""

import os
import signal
import subprocess
import sys
from pathlib import Path


def environment(**more):
    """The environment without our own settings, so that nothing of the user's is measured by accident."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("CITONG_")}
    return {**ours, **more}


def say(text):
    print(text, file=sys.stderr, flush=True)


def python_with(folder, *packages):
    """A Python that has packages: this one, or one in the temporary folder into which pip installs them."""
    def has(python):
        return subprocess.run([python, "-c", "import " + ", ".join(packages)], capture_output=True,
                              check=False).returncode == 0

    home = folder / "venv"
    own = str(home / "bin/python")
    for python in [sys.executable, *([own] if home.exists() else [])]:
        if has(python):
            return python
    say(f"用 pip 把 {'、'.join(packages)} 装进临时文件夹……")
    if not home.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True, capture_output=True)
    subprocess.run([own, "-m", "pip", "install", "-q", *packages], check=True, capture_output=True)
    return own


def reason(error):
    """Why a program did not do its work, in its own last words."""
    told = getattr(error, "stderr", None)
    return (told or str(error).encode()).decode("utf-8", "replace").strip()[-300:]


def family(pid):
    """A process and all it started, whatever groups they are in."""
    found, waiting = [], [pid]
    while waiting:
        pid = waiting.pop()
        try:
            for thread in Path(f"/proc/{pid}/task").iterdir():
                waiting += [int(child) for child in (thread / "children").read_text().split()]
        except OSError:
            continue
        found.append(pid)
    return found


def end_family(process):
    """Ends a program, with all it started, if it still runs."""
    if process.poll() is not None:
        return
    for pid in family(process.pid):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    process.wait()


def width(text):
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def table(head, rows):
    widths = [max(width(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for number, row in enumerate([head, *rows]):
        cells = [text + " " * (size - width(text)) if column == 0 else " " * (size - width(text)) + text
                 for column, (text, size) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("  ".join("-" * size for size in widths))
