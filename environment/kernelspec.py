"""Registers the Jupyter kernels: kernelspec.py JAVA JAR [--kotlin FOLDER] [--only FOLDER]

`java` is the project's own kernel, which is in JAR; with --kotlin FOLDER, where its jars are, also JetBrains' `kotlin`.
Where another kernel of that name is installed, stock IJava or JJava for instance, that one stays as it is, and a copy of its
description gets our class path. Either way the result lies in target/jupyter, which the project's scripts put first on
JUPYTER_PATH; our own description is registered for the user as well, so that a Jupyter started by hand finds it. With
--only all is written below that FOLDER and nowhere else.
"""
import argparse
import json
import os
import pathlib
import zipfile

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_core.paths import jupyter_data_dir

JAVA_MAIN = "org.hscl.kernel.JavaKernel"
KOTLIN_MAIN = "org.jetbrains.kotlinx.jupyter.IkotlinKt"
KOTLIN_SCRIPT_JARS = "kotlin-jupyter-lib kotlin-jupyter-api kotlin-stdlib kotlin-script-runtime kotlin-reflect kotlinx-serialization annotations"


def java_options(jar):
    quiet = "--enable-native-access=ALL-UNNAMED"  # Java 24 and later warn of native code without it
    chosen = os.environ.get("HSCL_JAVA_OPTS", "-Xmx2g").split()
    crash = f"-XX:ErrorFile={jar.parent}/hs_err_pid%p.log"  # not among the notebooks
    return [quiet, crash, "-Doffline=true", "-Djava.awt.headless=true", *chosen]


def java_kernel(java, jar):
    """The jar's manifest lists all other jars, in the order that the engine needs."""
    argv = [java, *java_options(jar), "-cp", str(jar), JAVA_MAIN, "{connection_file}"]
    return {"argv": argv, "display_name": "Java", "language": "java", "interrupt_mode": "message"}


def kotlin_kernel(java, jar, folder):
    """Kotlin's compiler does not read manifests, so it gets every jar by name."""
    script = [str(path) for name in KOTLIN_SCRIPT_JARS.split() for path in sorted(folder.glob(f"{name}-*.jar"))]
    class_path = ":".join([*script, str(jar), *listed_in(jar)])
    quiet = f"-Dlogback.configurationFile={pathlib.Path(__file__).resolve().parent / 'kotlin-kernel' / 'logback.xml'}"
    argv = [java, *java_options(jar), quiet, "-cp", f"{folder}/*", KOTLIN_MAIN, "{connection_file}", f"-cp={class_path}", f"-home={folder}"]
    return {"argv": argv, "display_name": "Kotlin", "language": "kotlin", "interrupt_mode": "message"}


def listed_in(jar):
    with zipfile.ZipFile(jar) as content:
        manifest = content.read("META-INF/MANIFEST.MF").decode().replace("\r\n ", "")
    line = next(line for line in manifest.splitlines() if line.startswith("Class-Path: "))
    return [str(jar.parent / name) for name in line.split()[1:]]


def installed(name, main, jar):
    """Another kernel of that name, or None; a registration of ours from before doesn't count."""
    manager = KernelSpecManager()
    manager.kernel_dirs = [d for d in manager.kernel_dirs if jar.parent / "jupyter" not in pathlib.Path(d).parents]
    try:
        spec = manager.get_kernel_spec(name)
    except NoSuchKernel:
        return None
    if main in spec.argv:
        return None
    argv = [part.replace("{resource_dir}", spec.resource_dir) for part in spec.argv]
    if pathlib.Path(argv[0]).name == "java":
        argv[1:1] = java_options(jar)
    return {**spec.to_dict(), "argv": argv}


def register(name, main, own, jar, only):
    other = None if only else installed(name, main, jar)
    spec = other or own
    spec["env"] = {
        **spec.get("env", {}),
        "IJAVA_CLASSPATH": str(jar),
        "JJAVA_CLASSPATH": str(jar),
        "JJAVA_JVM_OPTS": " ".join(java_options(jar)),
        "OPT_OUT_TRACKING": "true",
        "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE": "1",
        **{name: value for name, value in os.environ.items() if name.startswith(("MALLOC_", "GLIBC_", "LC_ALL"))},
    }
    write(spec, (only or jar.parent / "jupyter") / "kernels" / name)
    if other:
        print(f"The installed kernel {other['display_name']} is used for {name} notebooks.")
    elif not only:
        write(spec, pathlib.Path(jupyter_data_dir()) / "kernels" / name)


def write(spec, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kernel.json").write_text(json.dumps(spec, indent=2) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("java")
    parser.add_argument("jar", type=pathlib.Path)
    parser.add_argument("--kotlin", type=pathlib.Path)
    parser.add_argument("--only", type=pathlib.Path)
    arguments = parser.parse_args()

    jar = arguments.jar.resolve()
    register("java", JAVA_MAIN, java_kernel(arguments.java, jar), jar, arguments.only)
    if arguments.kotlin:
        own = kotlin_kernel(arguments.java, jar, arguments.kotlin.resolve())
        register("kotlin", KOTLIN_MAIN, own, jar, arguments.only)


if __name__ == "__main__":
    main()
