package dev.millrace.apps.crew.work;

import java.util.List;

/**
 * What programs get and may do. Immutable.
 *
 * @param path folders that programs are looked up in, parted by colons
 * @param environment names of the server's variables that programs see
 * @param keptOutput characters of the end of the output that are kept
 * @param mostOutput characters that a program may write
 */
public record ShellLimits(String path, List<String> environment, int keptOutput, long mostOutput) {}
