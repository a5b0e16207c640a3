# Fails unless README.md shows the first example as it is. Usage: cmake -DROOT=DIR -P readme.cmake
file(READ ${ROOT}/README.md readme)
file(READ ${ROOT}/examples/1_first/build_and_push.cpp example)
string(FIND "${readme}" "${example}" place)
if(place EQUAL -1)
  message(FATAL_ERROR "README.md does not show examples/1_first/build_and_push.cpp as it is")
endif()
