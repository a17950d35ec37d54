#!/usr/bin/env bash
# Compiles and runs a C program with what pkg-config says of one package: by the shared libraries, and all static.
#
#   pkg_config_c.sh COMPILER PACKAGE MAIN.C OUTPUT shared|static
# PKG_CONFIG_LIBDIR names the directory of the .pc files, and the only one.
set -euo pipefail
compiler=$1 package=$2 source=$3 output=$4 kind=$5

version=$(pkg-config --modversion "$package")
options=()
if [[ $kind == static ]]; then options=(--static); fi
# One flag each, and no blanks in them.
# shellcheck disable=SC2046
"$compiler" -std=c99 "-DPACKAGE_VERSION=\"$version\"" $(pkg-config --cflags "$package") "$source" -o "$output" \
  ${options[@]+-static} $(pkg-config --libs ${options[@]+"${options[@]}"} "$package")

needed=$(readelf -d "$output" | grep -c 'NEEDED.*libdosimeter' || true)
if [[ $kind == static ]]; then
  if [[ $needed -ne 0 ]]; then
    echo "the static program needs shared libraries"
    exit 1
  fi
  "$output"
else
  if [[ $needed -eq 0 ]]; then
    echo "the program needs no shared library of ours"
    exit 1
  fi
  LD_LIBRARY_PATH=$(pkg-config --variable=libdir "$package") "$output"
fi
