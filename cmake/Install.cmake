# The installed tree: one package `dosimeter` with the components engine and rules (C++), c and rules_c (the C interface),
# the same four for pkg-config, the simulate command. It may be moved as a whole after it was installed: nothing in it names
# the build tree or the prefix.
include(CMakePackageConfigHelpers)

set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/dosimeter)
set(pkgconfig_directory ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH prefix_from_pkgconfig
     ${CMAKE_INSTALL_PREFIX}/${pkgconfig_directory} ${CMAKE_INSTALL_PREFIX})

# dosimeter_install_pkg_config(NAME): dosimeter-NAME.pc.
function(dosimeter_install_pkg_config name)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/dosimeter-${name}.pc.in dosimeter-${name}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/dosimeter-${name}.pc
    DESTINATION ${pkgconfig_directory} COMPONENT development)
endfunction()

# dosimeter_install_component(NAME): the library dosimeter_NAME, its headers, its targets file, its pkg-config file. Each
# component has its own targets file, so that a user of one needs what that one needs and no more.
function(dosimeter_install_component name)
  install(TARGETS dosimeter_${name} EXPORT dosimeter_${name}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
  install(EXPORT dosimeter_${name} NAMESPACE dosimeter:: FILE dosimeter-${name}-targets.cmake
    DESTINATION ${package_directory} COMPONENT development)
  dosimeter_install_pkg_config(${name})
endfunction()

# dosimeter_install_c_component(NAME COMPONENT): dosimeter_NAME and dosimeter_NAME_static. For the linker the static library
# of the component has a second name, beside that of the shared one: `-ldosimeter_c` finds either. The name of the C++ one
# finds no shared library, which has no C++.
function(dosimeter_install_c_component name component)
  install(TARGETS dosimeter_${name} dosimeter_${name}_static EXPORT dosimeter_${name}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT development)
  install(EXPORT dosimeter_${name} NAMESPACE dosimeter:: FILE dosimeter-${name}-targets.cmake
    DESTINATION ${package_directory} COMPONENT development)
  set(second_name ${CMAKE_STATIC_LIBRARY_PREFIX}dosimeter_${name}${CMAKE_STATIC_LIBRARY_SUFFIX})
  file(CREATE_LINK ${CMAKE_STATIC_LIBRARY_PREFIX}dosimeter_${component}${CMAKE_STATIC_LIBRARY_SUFFIX}
    ${CMAKE_CURRENT_BINARY_DIR}/second_names/${second_name} SYMBOLIC)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/second_names/${second_name}
    DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
  string(REPLACE _ - package ${name})
  dosimeter_install_pkg_config(${package})
endfunction()

file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/second_names)
dosimeter_install_component(engine)
dosimeter_install_c_component(c engine)
if(DOSIMETER_RULES)
  dosimeter_install_component(rules)
  dosimeter_install_c_component(rules_c rules)
endif()

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/dosimeterConfig.cmake.in dosimeterConfig.cmake
  INSTALL_DESTINATION ${package_directory} NO_SET_AND_CHECK_MACRO)
# While 0.x, a minor version may break what embeds it.
write_basic_package_version_file(dosimeterConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/dosimeterConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/dosimeterConfigVersion.cmake
  DESTINATION ${package_directory} COMPONENT development)

if(DOSIMETER_SIM)
  install(TARGETS simulate RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)
endif()
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime)
