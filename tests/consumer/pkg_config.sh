#!/usr/bin/env bash
# Compiles and runs one program with what pkg-config says of one package, as a makefile would.
#
#   pkg_config.sh COMPILER PACKAGE MAIN.CPP OUTPUT
# PKG_CONFIG_LIBDIR names the directory of the .pc files, and the only one.
set -euo pipefail
compiler=$1 package=$2 source=$3 output=$4

version=$(pkg-config --modversion "$package")
for kind in "" --static; do
  # One flag each, and no blanks in them.
  # shellcheck disable=SC2046
  "$compiler" -std=c++20 "-DPACKAGE_VERSION=\"$version\"" $(pkg-config --cflags "$package") "$source" -o "$output" \
    $(pkg-config --libs ${kind:+"$kind"} "$package")
  "$output"
done
