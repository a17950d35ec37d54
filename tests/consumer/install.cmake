# Installs BUILD into PREFIX, moves the installed tree to MOVED, and checks that no text in it names SOURCE, BUILD or
# PREFIX, and that the command in it runs.
#
#   cmake -DSOURCE=... -DBUILD=... -DPREFIX=... -DMOVED=... -DSIMULATE=ON|OFF -P install.cmake
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${PREFIX} ${MOVED})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX} COMMAND_ERROR_IS_FATAL ANY)
file(RENAME ${PREFIX} ${MOVED})

file(GLOB_RECURSE texts ${MOVED}/*.h ${MOVED}/*.cmake ${MOVED}/*.pc)
if(NOT texts)
  message(FATAL_ERROR "nothing is installed")
endif()
foreach(text IN LISTS texts)
  file(READ ${text} content)
  foreach(directory IN ITEMS ${SOURCE} ${BUILD} ${PREFIX})
    string(FIND "${content}" "${directory}" position)
    if(NOT position EQUAL -1)
      message(SEND_ERROR "${text} names ${directory}: the installed tree could not be moved")
    endif()
  endforeach()
endforeach()

if(SIMULATE)
  execute_process(COMMAND ${MOVED}/bin/simulate --version COMMAND_ERROR_IS_FATAL ANY)
endif()
