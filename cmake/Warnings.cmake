# dosimeter_warnings: what every target of this project is compiled with. Link it as
# $<BUILD_INTERFACE:dosimeter_warnings>: it never reaches an installed target.
add_library(dosimeter_warnings INTERFACE)
target_compile_options(dosimeter_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wdouble-promotion -Wimplicit-fallthrough -Wswitch-enum
  # The same bytes from every build: no fused multiply-add.
  -ffp-contract=off
  # GCC 12 warns of its own std::string, std::optional and std::variant once they are inlined (GCC bugs 105651, 105562).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-maybe-uninitialized>
  $<$<BOOL:${DOSIMETER_WERROR}>:-Werror>)
