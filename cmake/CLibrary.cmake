# dosimeter_add_c_library(NAME name [NEEDS name] STATIC target SOURCES file... PUBLIC_HEADERS directory): the C interface
# that the sources implement, for programs in C or C++.
#
# dosimeter::<name>_static is the static library, which has the C interface beside the C++ one. dosimeter::<name> is a
# shared library that exports the C interface alone: the sources once more, with what they need of the static library
# hidden. Where there are no shared libraries (DOSIMETER_SHARED) it is the static one. NEEDS: another such library whose C
# interface the sources call.
function(dosimeter_add_c_library)
  cmake_parse_arguments(arg "" "NAME;NEEDS;STATIC;PUBLIC_HEADERS" "SOURCES" ${ARGN})
  set(target dosimeter_${arg_NAME})

  add_library(${target}_static INTERFACE)
  add_library(dosimeter::${arg_NAME}_static ALIAS ${target}_static)
  # A C compiler does not link the C++ runtime by itself.
  set(runtime ${CMAKE_CXX_IMPLICIT_LINK_LIBRARIES})
  list(FILTER runtime INCLUDE REGEX "^(stdc[+][+]|c[+][+]|c[+][+]abi|m)$")
  list(REMOVE_DUPLICATES runtime)
  target_link_libraries(${target}_static INTERFACE ${arg_STATIC} $<$<LINK_LANGUAGE:C>:${runtime}>)
  set_target_properties(${target}_static PROPERTIES EXPORT_NAME ${arg_NAME}_static)
  list(TRANSFORM runtime PREPEND "-l")
  string(REPLACE ";" " " runtime "${runtime}")
  set(DOSIMETER_CXX_RUNTIME "${runtime}" CACHE INTERNAL "what a C program links beside a static C++ library")

  if(NOT DOSIMETER_SHARED)
    add_library(${target} INTERFACE)
    add_library(dosimeter::${arg_NAME} ALIAS ${target})
    target_link_libraries(${target} INTERFACE ${target}_static)
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${arg_NAME})
    return()
  endif()

  add_library(${target} SHARED ${arg_SOURCES})
  add_library(dosimeter::${arg_NAME} ALIAS ${target})
  target_compile_definitions(${target} PRIVATE DOSIMETER_EXPORTS)
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_include_directories(${target}
    PRIVATE ${PROJECT_SOURCE_DIR}
    INTERFACE $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/${arg_PUBLIC_HEADERS}>
              $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  # The needed C library first: what both have is taken from it.
  if(arg_NEEDS)
    target_link_libraries(${target} PUBLIC dosimeter_${arg_NEEDS})
  endif()
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:${arg_STATIC}> $<BUILD_INTERFACE:dosimeter_warnings>)
  # Hidden visibility does not reach templates of the standard library: the version script does.
  set(script ${PROJECT_SOURCE_DIR}/cmake/exports.map)
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${arg_NAME}
    # While 0.x, a minor version may break what embeds it.
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
    CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    # The installed tree may be moved, and one library needs the other.
    INSTALL_RPATH $ORIGIN
    LINK_DEPENDS ${script})
  if(NOT APPLE)
    target_link_options(${target} PRIVATE -Wl,--version-script=${script} -Wl,--as-needed)
    if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")  # their runtime is found when the program starts
      target_link_options(${target} PRIVATE -Wl,--no-undefined)
    endif()
  endif()
endfunction()
