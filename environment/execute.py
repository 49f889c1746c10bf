"""Runs notebooks through Jupyter's own client, as a browser would.

execute.py [--refresh] [--into FOLDER] [--timeout SECONDS] [NAME…]

A name is a file of notebooks/ with or without its ending, or how it starts; without one, all run. The executed notebooks
and their HTML go to FOLDER (target/notebooks). With --refresh the outputs are written back into notebooks/ as well,
along with a checksum of the code that made them.
"""
import argparse
import hashlib
import pathlib
import re
import sys
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter

ROOT = pathlib.Path(__file__).resolve().parent.parent
LARGEST = 2_500_000
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Run(NotebookClient):
    """Says which cell runs; on a terminal it lets what the cell prints through."""

    async def async_execute_cell(self, cell, cell_index, *arguments, **options):
        if cell.cell_type != "code" or not cell.source.strip():
            return await super().async_execute_cell(cell, cell_index, *arguments, **options)
        code = [i for i, c in enumerate(self.nb.cells) if c.cell_type == "code"]
        first_line = cell.source.strip().splitlines()[0][:70]
        print(f"  [{code.index(cell_index) + 1}/{len(code)}] {first_line}", flush=True)
        start = time.monotonic()
        try:
            return await super().async_execute_cell(cell, cell_index, *arguments, **options)
        finally:
            seconds = time.monotonic() - start
            if seconds >= 1:
                print(f"        {seconds:.1f} s", flush=True)

    def process_message(self, message, *arguments):
        if message["msg_type"] == "stream" and sys.stdout.isatty():
            print(message["content"]["text"], end="", flush=True)
        return super().process_message(message, *arguments)


def find(names):
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    if not names:
        return notebooks
    chosen = []
    for name in names:
        stem = pathlib.Path(name).stem
        found = [n for n in notebooks if n.stem == stem] or [n for n in notebooks if n.stem.startswith(stem)]
        if not found:
            sys.exit(f"There is no notebook {name}; there are: {', '.join(n.stem for n in notebooks)}.")
        chosen += found
    return chosen


def execute(path, timeout):
    """The notebook with its outputs, and the message of the cell that failed or None."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    run = Run(notebook, timeout=timeout, record_timing=False, resources={"metadata": {"path": str(path.parent)}})
    failure = None
    try:
        run.execute()
    except CellExecutionError as error:
        failure = shown_error(notebook) or str(error)
    except Exception as error:  # the kernel died, or a cell ran out of time
        failure = f"{type(error).__name__}: {error}"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    return notebook, failure


def shown_error(notebook):
    errors = [o for c in notebook.cells for o in c.get("outputs", []) if o.output_type == "error"]
    return "\n".join(errors[-1].traceback) if errors else None


def joined(outputs):
    """What a browser shows: consecutive prints as one, each line as the last carriage return left it."""
    result = []
    for output in outputs:
        previous = result[-1] if result else None
        if output.output_type == "stream" and previous and previous.output_type == "stream" and previous.name == output.name:
            previous.text += output.text
        else:
            result.append(output)
    for output in result:
        if output.output_type == "stream":
            lines = output.text.split("\n")
            output.text = "\n".join(next((part for part in reversed(line.split("\r")) if part), "") for line in lines)
    return result


def code_checksum(notebook):
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    return hashlib.sha256(code.encode()).hexdigest()


def write_html(notebook, path):
    page, _ = HTMLExporter().from_notebook_node(notebook, {"metadata": {"name": path.stem}})
    path.write_text(page, encoding="utf-8")


def refresh(notebook, path):
    """Writes the outputs back, without what differs from one run or machine to the next."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata["hscl"] = {"code_sha256": code_checksum(notebook)}
    size = len(nbformat.writes(notebook).encode())
    if size >= LARGEST:
        return f"{path.name} would have {size:,} bytes with its outputs; at most {LARGEST:,} are allowed."
    nbformat.write(notebook, path)
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--refresh", action="store_true")
    parser.add_argument("--into", type=pathlib.Path, default=ROOT / "target" / "notebooks")
    parser.add_argument("--timeout", type=int, help="the most seconds that one cell may take")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()

    arguments.into.mkdir(parents=True, exist_ok=True)
    failed = []
    for path in find(arguments.names):
        print(f"{path.stem}", flush=True)
        start = time.monotonic()
        notebook, failure = execute(path, arguments.timeout)
        nbformat.write(notebook, arguments.into / path.name)
        write_html(notebook, arguments.into / f"{path.stem}.html")
        if failure is None and arguments.refresh:
            failure = refresh(notebook, path)
        if failure is not None:
            failed.append(path.stem)
            print(failure if sys.stdout.isatty() else ANSI.sub("", failure), flush=True)
        print(f"  {'failed' if failure else 'done'} after {time.monotonic() - start:.0f} s", flush=True)
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
