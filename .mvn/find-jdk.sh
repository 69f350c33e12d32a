# Sourced by ./millrace and ./mvnw: sets JAVA_HOME to a JDK 25 or later, or returns 1.
# Looks at JAVA_HOME, the PATH and the folders where installers usually put a JDK; if
# MILLRACE_JDK_FOLDER is set, at the JDKs in that folder instead of the usual ones.

jdk_version() { # HOME -> major version, nothing if it is no JDK
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  local on_path candidate version usual
  usual=(/usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/java/* "$HOME"/.sdkman/candidates/java/*
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*)
  [ -z "${MILLRACE_JDK_FOLDER:-}" ] || usual=("$MILLRACE_JDK_FOLDER"/*)
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/javac}
  for candidate in "${JAVA_HOME:-}" "$on_path" "${usual[@]}"; do
    [ -n "$candidate" ] || continue
    version=$(jdk_version "$candidate")
    if [ -n "$version" ] && [ "$version" -ge 25 ]; then
      export JAVA_HOME=$candidate
      return 0
    fi
  done
  return 1
}

explain_jdk() {
  cat >&2 <<'TEXT'
Millrace needs a JDK 25 or later and found none in JAVA_HOME, on the PATH or in the usual folders.
  Debian/Ubuntu   install the package openjdk-25-jdk or temurin-25-jdk, whichever your release has
  macOS           brew install openjdk@25
  anywhere        unpack a JDK 25 archive and set JAVA_HOME to its folder
Then run the same command again.
TEXT
}
