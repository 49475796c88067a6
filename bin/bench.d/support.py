"""What the parts of bin/bench share: the environment of programs, Pythons with packages, tables."""

import os
import signal
import subprocess
import sys
from collections import namedtuple
from pathlib import Path


def environment(**more):
    """The environment without our own settings, so that nothing of the user's is measured by accident."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("CITONG_")}
    return {**ours, **more}


def say(text):
    print(text, file=sys.stderr, flush=True)


def python_with(folder, *modules, packages=None):
    """A Python that has modules: this one, or one in the temporary folder into which pip installs them."""
    packages = packages or modules

    def has(python):
        return subprocess.run([python, "-c", "import " + ", ".join(modules)], capture_output=True,
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


# What a program said, and what it took: seconds, seconds of processors, memory at most in MB.
Run = namedtuple("Run", "said seconds cpu peak")


def measured(command, folder):
    """Runs a program to its end; anything but success is an `OSError` in its own words."""
    note = folder / "time.txt"
    # A child's own count of memory begins with that of its parent, so a small program stands in between.
    process = subprocess.Popen(["/usr/bin/time", "-f", "%e %U %S %M", "-o", str(note), *command], cwd=folder,
                               env=environment(PYTHONDONTWRITEBYTECODE="1"), stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        said, told = process.communicate()
    finally:
        end_family(process)
    if process.returncode != 0:
        name = " ".join(Path(word).name for word in command[:3])
        raise OSError(f"{name}：{told.decode('utf-8', 'replace').strip()[-300:]}")
    seconds, user, system, peak = (float(number) for number in note.read_text().split())
    return Run(said.decode("utf-8"), seconds, user + system, peak / 1024)


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
