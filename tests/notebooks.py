"""python -m tests.notebooks: execute the notebooks in place, with the kernel of this interpreter (``make notebooks``)."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import matplotlib.font_manager  # noqa: F401 (lists the fonts of a new machine here, and not in the output of a cell)
import nbformat
from ipykernel.kernelspec import write_kernel_spec
from nbclient import NotebookClient

__all__ = ["NOTEBOOKS", "execute"]

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
_KERNEL = "python3"


def execute(path: Path) -> None:
    """Execute the notebook at ``path`` in its folder, and write its outputs into it.

    CellExecutionError when a cell fails.  Nothing that a clock or a counter gives is kept, so that the same notebook gives
    the same file.
    """
    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory() as folder:
        write_kernel_spec(Path(folder) / "kernels" / _KERNEL)
        os.environ |= {"JUPYTER_PATH": folder, "IPYTHONDIR": folder, "JUPYTER_PLATFORM_DIRS": "1"}
        # The kg of this checkout, as a module and as a command.
        os.environ |= {"PYTHONPATH": str(ROOT), "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        place = {"metadata": {"path": str(path.parent)}}
        NotebookClient(notebook, kernel_name=_KERNEL, timeout=600, record_timing=False, resources=place).execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": _KERNEL},
        "language_info": {"name": "python"},
    }
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    for chosen in [Path(name) for name in sys.argv[1:]] or NOTEBOOKS:
        execute(chosen)
