"""What a submission may do: read the library, its packages, the data sets and its own folder, and nothing else."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Iterable, Optional

# `env` is asked for reading and for writing alike. These decide how Deno reaches the network.
SETTINGS_OF_DENO = re.compile(r"proxy|deno|ssl|cert", re.IGNORECASE)
NOT_PERMITTED = {
    "write": "write to {}",
    "net": "use the network ({})",
    "run": "start, signal or ask about processes ({})",
    "ffi": "load native code ({})",
    "sys": "ask about the machine ({})",
    "import": "import code from the network ({})",
    "env": "use the environment variable {}",
    "read": "read {}",
}


class Permissions:
    """Answers what Deno asks before it does something for a cell, and before it loads a module.

    `submission` is the folder of the notebook. Its notebooks are not readable: they hold the hidden tests while they run.
    """

    def __init__(self, readable: Iterable[Path], submission: Path) -> None:
        self._readable = [folder.resolve() for folder in readable]
        self._submission = submission.resolve()
        # A link could lead out, and be exchanged between the question and what follows.
        self._links = any(map(has_links, [self._submission, *handed_in(self._submission)]))
        self.own_ports: frozenset[str] = frozenset()

    def refusal(self, permission: str, value: Optional[str]) -> Optional[str]:
        """Why something is refused; nothing if it is permitted. `value` is what Deno says: a path, host, name, or nothing for all."""
        if self._permits(permission, value):
            return None
        what = NOT_PERMITTED.get(permission, permission + " ({})").format(value or "any")
        return f"A notebook that is graded may not {what}."

    def _permits(self, permission: str, value: Optional[str]) -> bool:
        if permission == "read":
            return value is not None and self._may_read(value)
        if permission == "env":
            return value is None or not SETTINGS_OF_DENO.search(value)
        return permission == "net" and value in self.own_ports

    def _may_read(self, value: str) -> bool:
        try:
            path = (self._submission / value).resolve()
            if path == self._submission:  # to go there
                return True
            if path.is_relative_to(self._submission):
                return not self._links and path.suffix.lower() != ".ipynb"
            # Not folders: nobody needs to list them, and a cell that could go there would change what relative paths mean.
            return any(path.is_relative_to(folder) for folder in self._readable) and not path.is_dir()
        except (OSError, ValueError, RuntimeError):
            return False


def handed_in(submission: Path) -> list[Path]:
    """Where nbgrader has copied the submission from, if it has: what was a link there is here a copy of what it led to."""
    parts = submission.parts[-3:]
    if len(parts) < 3 or parts[0] != "autograded":
        return []
    return [submission.parents[2] / "submitted" / parts[1] / parts[2]]


def has_links(folder: Path) -> bool:
    return any(
        os.path.islink(os.path.join(place, name)) for place, folders, files in os.walk(folder) for name in folders + files
    )
