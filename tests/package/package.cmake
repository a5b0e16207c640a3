# Installs acrx to a prefix of its own, then configures, builds and runs a project that finds it there.
# cmake -D BUILD=DIR -D SOURCE=DIR -D WORK=DIR -D CXX=COMPILER -D LAUNCHER=LAUNCHER -P package.cmake
file(REMOVE_RECURSE ${WORK})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --component development --prefix ${WORK}/prefix
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

function(configure name result)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -G Ninja -S ${SOURCE} -B ${WORK}/${name} -D CMAKE_PREFIX_PATH=${WORK}/prefix
      -D CMAKE_CXX_COMPILER=${CXX} "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" ${ARGN}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  set(output "${output}" PARENT_SCOPE)
  set(${result} ${status} PARENT_SCOPE)
endfunction()

function(build_and_run name)
  configure(${name} status ${ARGN})
  if(status)
    message(FATAL_ERROR "the project does not find acrx:\n${output}")
  endif()
  execute_process(COMMAND ${CMAKE_COMMAND} --build ${WORK}/${name} COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${WORK}/${name}/consumer alpine:3.20
    OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
  if(NOT said STREQUAL "docker.io/library/alpine:3.20\n")
    message(FATAL_ERROR "the project ran, but said: ${said}")
  endif()
endfunction()

build_and_run(two_rooms -D "ROOMS=core;image")
build_and_run(all)

configure(no_such_room status -D ROOMS=cellar)
if(status EQUAL 0 OR NOT output MATCHES "no component 'cellar', but these: core")
  message(FATAL_ERROR "a component that does not exist must be refused by name:\n${output}")
endif()

# A room brings along the rooms below it and their libraries, and no others.
file(READ ${WORK}/two_rooms/CMakeCache.txt cache)
if(cache MATCHES "CLI11_DIR|LibArchive_LIBRARY")
  message(FATAL_ERROR "COMPONENTS core image looks for libraries that these rooms do not use")
endif()
