"""Registers the Jupyter kernel `java`: kernelspec.py JAVA JAR [--only FOLDER]

The kernel is the project's own, in JAR. Where another kernel named `java` is installed, stock IJava for one, that one
stays as it is, and a copy of its description gets our class path. Either way the result lies in target/jupyter, which
the project's scripts put first on JUPYTER_PATH; our own kernel is registered for the user as well, so that a Jupyter
started by hand finds it. With --only it is written below FOLDER and nowhere else.
"""
import argparse
import json
import os
import pathlib

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_core.paths import jupyter_data_dir

MAIN = "org.hscl.kernel.JavaKernel"


def java_options():
    quiet = "--enable-native-access=ALL-UNNAMED"  # Java 24 and later warn of native code without it
    chosen = os.environ.get("HSCL_JAVA_OPTS", "-Xmx2g").split()
    return [quiet, "-Doffline=true", "-Djava.awt.headless=true", *chosen]


def own_kernel(java, jar):
    """The jar's manifest lists all other jars, in the order that the engine needs."""
    return {
        "argv": [java, *java_options(), "-cp", jar, MAIN, "{connection_file}"],
        "display_name": "Java",
        "language": "java",
        "interrupt_mode": "message",
        "env": {},
    }


def installed_kernel():
    """Another kernel named java, or None; a registration of ours from before doesn't count."""
    elsewhere = KernelSpecManager()
    elsewhere.kernel_dirs = [d for d in elsewhere.kernel_dirs if "target/jupyter" not in d]
    try:
        spec = elsewhere.get_kernel_spec("java")
    except NoSuchKernel:
        return None
    if MAIN in spec.argv:
        return None
    argv = [part.replace("{resource_dir}", spec.resource_dir) for part in spec.argv]
    if pathlib.Path(argv[0]).name == "java":
        argv[1:1] = java_options()
    return {**spec.to_dict(), "argv": argv}


def write(spec, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kernel.json").write_text(json.dumps(spec, indent=2) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("java")
    parser.add_argument("jar", type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--only", type=pathlib.Path)
    arguments = parser.parse_args()

    installed = installed_kernel()
    spec = installed or own_kernel(arguments.java, arguments.jar)
    spec["env"] = {
        **spec.get("env", {}),
        "IJAVA_CLASSPATH": arguments.jar,
        "OPT_OUT_TRACKING": "true",
        "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE": "1",
    }
    target = pathlib.Path(arguments.jar).parent
    write(spec, (arguments.only or target / "jupyter") / "kernels" / "java")
    if arguments.only:
        return
    if installed:
        print(f"The kernel `java` that is installed is used: {spec['display_name']}.")
    else:
        write(spec, pathlib.Path(jupyter_data_dir()) / "kernels" / "java")


if __name__ == "__main__":
    main()
