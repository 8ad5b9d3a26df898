# Installs the build in BUILD below FOLDER, builds the examples of SOURCE against the package, and runs one.
function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(failed)
    message(FATAL_ERROR "${ARGV}: ${failed}\n${output}")
  endif()
endfunction()

file(REMOVE_RECURSE ${FOLDER})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${FOLDER}/prefix)
run(${CMAKE_COMMAND} -S ${SOURCE}/tests/package -B ${FOLDER}/build -DCMAKE_PREFIX_PATH=${FOLDER}/prefix
    -DCMAKE_CXX_COMPILER=${COMPILER} -DEXAMPLES=${SOURCE}/examples)
run(${CMAKE_COMMAND} --build ${FOLDER}/build)
run(${FOLDER}/build/minimal)
run(${FOLDER}/prefix/bin/eqlc run --no-cache -r ${SOURCE}/rules ${SOURCE}/rules/sample-events.ndjson)
