#!/bin/bash
# Builds every fuzz target into $OUT, each with its seeds, dictionary and options. The environment is that of ClusterFuzzLite:
# SRC, WORK, OUT, CC, CXX, CFLAGS, CXXFLAGS, LIB_FUZZING_ENGINE. fuzz/check-clusterfuzzlite sets it up elsewhere.
set -euo pipefail

project="$SRC/prpack"
prefix="$WORK/prefix"

# Libraries whose sources stand beside the project are built with the same instrumentation.
if [ -d "$SRC/cJSON" ]; then
    cmake -S "$SRC/cJSON" -B "$WORK/cJSON" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" \
        -DCMAKE_INSTALL_LIBDIR=lib -DENABLE_CJSON_TEST=OFF -DENABLE_CUSTOM_COMPILER_FLAGS=OFF \
        -DCMAKE_POLICY_VERSION_MINIMUM=3.5
    cmake --build "$WORK/cJSON" --target install
fi
if [ -d "$SRC/xxHash" ]; then
    cmake -S "$SRC/xxHash/cmake_unofficial" -B "$WORK/xxHash" -G Ninja -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib -DXXHASH_BUILD_XXHSUM=OFF
    cmake --build "$WORK/xxHash" --target install
fi
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"

# The instrumentation is in CFLAGS already. Fuzzers run on a machine without the libraries: they find them beside themselves.
cmake -S "$project" -B "$WORK/prpack" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DBUILD_TESTING=ON \
    -DPRPACK_LIBFUZZER=ON -DPRPACK_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" -DPRPACK_FUZZING_LINK_CXX=ON \
    -DCMAKE_EXE_LINKER_FLAGS="-Wl,--disable-new-dtags" -DCMAKE_BUILD_RPATH='$ORIGIN/lib'
cmake --build "$WORK/prpack" --target fuzzers

mkdir -p "$OUT/lib"
for program in "$WORK"/prpack/bin/fuzz_*; do
    target="$(basename "$program")"
    name="${target#fuzz_}"
    cp "$program" "$OUT/"
    cp "$project/fuzz/options/$target.options" "$OUT/"
    inputs=()
    for directory in "$project/corpus/fuzz/$name" "$project/corpus/regressions/$name"; do
        if [ -d "$directory" ]; then
            inputs+=("$directory"/*)
        fi
    done
    rm -f "$OUT/${target}_seed_corpus.zip"
    python3 -m zipfile -c "$OUT/${target}_seed_corpus.zip" "${inputs[@]}"
    LD_LIBRARY_PATH="$prefix/lib" ldd "$program" | awk '$3 ~ /^\// { print $3 }' |
        grep -vE '/(libc|libm|libdl|librt|libpthread|libresolv|ld-linux[^/]*)\.so' |
        while read -r library; do cp -L "$library" "$OUT/lib/"; done
done
cp "$project"/fuzz/dictionaries/*.dict "$OUT/"
