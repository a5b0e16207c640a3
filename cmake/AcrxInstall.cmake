# Installs the headers and the package files.
