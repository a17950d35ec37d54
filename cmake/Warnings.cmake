# dosimeter_warnings: what every target of this project is compiled with. Link it as
# $<BUILD_INTERFACE:dosimeter_warnings>: it never reaches an installed target.
add_library(dosimeter_warnings INTERFACE)
target_compile_options(dosimeter_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wdouble-promotion -Wimplicit-fallthrough -Wswitch-enum
  # The same bytes from every build: no fused multiply-add.
  -ffp-contract=off
  $<$<BOOL:${DOSIMETER_WERROR}>:-Werror>)
