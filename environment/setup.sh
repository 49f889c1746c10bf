# shellcheck shell=bash
# What the scripts beside this file share: find or install the tools, build, register the kernel, get the data.
# Source it with the errors on: set -euo pipefail.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
DATA=${HSCL_DATA:-${HOME:-~}/.hscl/data}

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# --- the tools -----------------------------------------------------------------------------------------------------

# Sets JAVA_HOME to the first Java 17 or later; with the argument "jdk" it must have a compiler.
find_java() {
    local java home version
    for java in "${JAVA_HOME:-}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
        [ -x "$java" ] || continue
        version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
        home=$(dirname "$(dirname "$(readlink -f "$java")")")
        if [ "${version:-0}" -ge 17 ] && { [ "${1:-}" != jdk ] || [ -x "$home/bin/javac" ]; }; then
            export JAVA_HOME=$home
            return 0
        fi
    done
    return 1
}

# Sets HSCL_PYTHON to the first Python that has Jupyter's client: the one first on PATH often lacks it.
find_python() {
    local python
    for python in "${HSCL_PYTHON:-}" python3 "$(sed -n '1s/^#! *//p' "$(command -v jupyter || echo /dev/null)")" /usr/bin/python3; do
        if [ -n "$python" ] && "$python" -c 'import nbclient, nbconvert' 2>/dev/null; then
            export HSCL_PYTHON=$python
            return 0
        fi
    done
    return 1
}

# Finds the three tools; lists in $missing the Debian packages of those that are not there.
find_tools() {
    missing=()
    find_java jdk || missing+=("$(jdk_package)")
    command -v mvn >/dev/null || missing+=(maven)
    find_python || missing+=(jupyter-notebook jupyter-nbconvert python3-nbclient)
    [ ${#missing[@]} = 0 ]
}

jdk_package() {
    if apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1; then
        echo openjdk-17-jdk-headless
    else
        echo default-jdk-headless
    fi
}

# Makes sure of a JDK, Maven and Jupyter: by apt, else by conda, else it says what to install. $1: cpu or gpu.
ensure_tools() {
    if find_tools; then return; fi
    if can_apt; then
        quietly "Asking Debian for its packages" as_root apt-get -q update
        find_tools || apt_install "${missing[@]}"
    elif command -v conda >/dev/null; then
        enter_conda "$1"
    fi
    find_tools || fail "Missing: JDK 17 or later, Maven or Jupyter. On Debian or Ubuntu run
    sudo apt-get install ${missing[*]}
elsewhere install conda and run
    conda env create -f $ROOT/environment/environment.yml
    conda activate hscl
then run this again."
}

can_apt() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }; }
}

# One line for a step whose own lines go to a file; if it fails, the last of them. $1: what is done, then the command.
quietly() {
    local step=$1 log=${TMPDIR:-/tmp}/hscl-install-$(id -u).log
    shift
    say "$step … (log: $log)"
    if ! "$@" >>"$log" 2>&1; then
        tail -n 15 "$log" >&2
        say "That failed; all of it is in $log."
        return 1
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

apt_install() {
    quietly "Installing with apt: $*" as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y -o DPkg::Lock::Timeout=600 install --no-install-recommends "$@"
}

# Creates the conda environment once and puts its programs first.
enter_conda() {
    local name=hscl file=environment.yml
    if [ "$1" = gpu ]; then name=hscl-gpu file=environment-gpu.yml; fi
    conda env list | grep -q "^$name " || conda env create -f "$ROOT/environment/$file" >&2
    local prefix
    prefix=$(conda run -n "$name" printenv CONDA_PREFIX)
    export PATH=$prefix/bin:$PATH JAVA_HOME=$prefix/lib/jvm HSCL_PYTHON=$prefix/bin/python
}

# --- the library, the kernel, the data -----------------------------------------------------------------------------

library_jar() {
    local jar
    for jar in "$ROOT"/target/hscl-*.jar; do
        if [ -e "$jar" ]; then echo "$jar"; return; fi
    done
}

# Packages the library unless that was done since the last change. $1: cpu or gpu, which HSCL_CUDA specifies.
build_library() {
    local jar stamp=$ROOT/target/built-for profile=() wanted=$1
    if [ "$1" = gpu ]; then
        wanted=${HSCL_CUDA:-cu118}
        case $wanted in cu118 | cu124) profile=(-P"$wanted") ;; *) fail "HSCL_CUDA is '$wanted'; give cu118 or cu124." ;; esac
    fi
    jar=$(library_jar)
    if [ -n "$jar" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && [ -z "$(find "$ROOT/src/main" "$ROOT/pom.xml" -newer "$stamp")" ]; then
        return
    fi
    say "Building the library; the first time Maven fetches what it needs, which takes some minutes …"
    (cd "$ROOT" && mvn -B -q -ntp -Dstyle.color=never -Dmaven.test.skip=true ${profile[@]+"${profile[@]}"} package) >&2
    echo "$wanted" > "$stamp"
}

# Fetches the Kotlin kernel once.
fetch_kotlin_kernel() {
    if [ -d "$ROOT/target/kotlin-kernel" ]; then return; fi
    say "Fetching the Kotlin kernel …"
    mvn -B -q -ntp -Dstyle.color=never -f "$ROOT/environment/kotlin-kernel" dependency:copy-dependencies >&2
}

# Lets freed memory be used again. By default glibc gives every large tensor of a Java thread back to the system, and each
# step pays for its page faults anew: a fifth of its time. Huge pages save another twentieth. Before 2.35 glibc refused so
# high a threshold and knew no huge pages. The price is memory, some hundred MB in the quickstart; HSCL_MALLOC=plain leaves
# glibc alone.
tune_memory() {
    if [ "${HSCL_MALLOC:-}" = plain ]; then return; fi
    local version
    version=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed -n 's/^glibc 2\.//p')
    if [ "${version:-0}" -ge 35 ]; then
        export MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=4294967296
        export GLIBC_TUNABLES=${GLIBC_TUNABLES:-glibc.malloc.hugetlb=1}
    fi
}

# Java takes file names in the locale's character set; in the plain C locale, or one that is not installed, it could not name half of
# the world's files.
use_utf8() {
    case $(locale charmap 2>/dev/null) in
        ANSI_X3.4-1968) if [ "$(uname)" = Linux ]; then export LC_ALL=C.UTF-8; fi ;;
    esac
}

# Registers the Java kernel, and Kotlin's if it was fetched.
register_kernels() {
    tune_memory
    use_utf8
    local more=()
    if [ -d "$ROOT/target/kotlin-kernel" ]; then more=(--kotlin "$ROOT/target/kotlin-kernel"); fi
    "$HSCL_PYTHON" "$ROOT/environment/kernelspec.py" "$JAVA_HOME/bin/java" "$(library_jar)" ${more[@]+"${more[@]}"} >&2
    export JUPYTER_PATH=$ROOT/target/jupyter${JUPYTER_PATH:+:$JUPYTER_PATH}
}

# Fashion-MNIST: from Debian's package, else from its makers' page; the digits are inside the library.
get_data() {
    local packaged=/usr/share/datasets/fashion-mnist target=$DATA/fashion-mnist
    if [ -d "$packaged" ] || checked "$target"; then
        return
    fi
    if can_apt && apt-cache show dataset-fashion-mnist >/dev/null 2>&1; then
        apt_install dataset-fashion-mnist
        return
    fi
    say "Fetching Fashion-MNIST (30 MB) into $target …"
    mkdir -p "$target"
    local file
    for file in $(fashion_mnist_sums | awk '{print $2}'); do
        curl -fsSL --retry 3 -o "$target/$file.gz" "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/$file.gz" \
            || say "Cannot fetch $file.gz: only the built-in digits will be there. Put the file into $target yourself."
    done
    checked "$target" || say "Fashion-MNIST in $target is not complete or not what its makers published; delete it and run this again."
}

# Of the unpacked files: packagers compress them anew.
fashion_mnist_sums() {
    cat <<'SUMS'
c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888 train-images-idx3-ubyte
bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9 train-labels-idx1-ubyte
5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b t10k-images-idx3-ubyte
0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34 t10k-labels-idx1-ubyte
SUMS
}

# Whether a folder holds the four files, gzipped or plain, with their known SHA-256.
checked() {
    local sum file
    while read -r sum file; do
        [ "$(gzip -cdf "$1/$file.gz" 2>/dev/null | sha256)" = "$sum" ] || [ "$(sha256 2>/dev/null < "$1/$file")" = "$sum" ] || return 1
    done < <(fashion_mnist_sums)
}

sha256() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c1-64
}
