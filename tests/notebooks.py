"""python -m tests.notebooks: execute the notebooks in place, with the kernel of this interpreter (``make notebooks``)."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from ipykernel.kernelspec import write_kernel_spec
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

__all__ = ["NOTEBOOKS", "execute"]

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
_KERNEL = "python3"


def execute(path: Path) -> None:
    """Execute the notebook at ``path`` in its folder, and write its outputs into it.

    CellExecutionError when a cell fails.  Nothing that a clock or a counter gives is kept, so that the same notebook gives
    the same file.
    """
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        write_kernel_spec(Path(folder) / _KERNEL)
        specs = KernelSpecManager(kernel_dirs=[folder], ensure_native_kernel=False)
        manager = AsyncKernelManager(kernel_name=_KERNEL, kernel_spec_manager=specs)
        client = NotebookClient(
            notebook, km=manager, timeout=600, record_timing=False, resources={"metadata": {"path": str(path.parent)}}
        )
        client.execute(env=os.environ | {"IPYTHONDIR": folder, "JUPYTER_PLATFORM_DIRS": "1"})
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": _KERNEL},
            "language_info": {"name": "python"},
        }
    )
    nbformat.write(notebook, path)


if __name__ == "__main__":
    os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "1")
    for chosen in [Path(name) for name in sys.argv[1:]] or NOTEBOOKS:
        execute(chosen)
