# Compiles each public header as a unit of its own, by CMake's own means and without the bodies in impl/*.ipp.
# cmake -D SOURCE=DIR -D WORK=DIR -D CXX=COMPILER -P alone.cmake
execute_process(
  COMMAND ${CMAKE_COMMAND} -G Ninja -S ${SOURCE} -B ${WORK} -D CMAKE_CXX_COMPILER=${CXX} -D CMAKE_BUILD_TYPE=None
    -D ACRX_TOOLS=OFF -D ACRX_TESTS=OFF -D ACRX_EXAMPLES=OFF -D ACRX_BENCHMARKS=OFF -D ACRX_INSTALL=OFF
    -D CMAKE_VERIFY_INTERFACE_HEADER_SETS=ON
    "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wconversion -Wshadow -Werror -DACRX_COMPILED"
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(
  COMMAND ${CMAKE_COMMAND} --build ${WORK} --target all_verify_interface_header_sets -j 2 -- -k 0
  COMMAND_ERROR_IS_FATAL ANY)
