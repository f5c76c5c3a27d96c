package io.github.gpucdi.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command has of its process.
 *
 * @param in standard input
 * @param out standard output: data
 * @param console standard error: talk
 * @param environment the process's environment
 */
public record Session(InputStream in, PrintStream out, Console console, Map<String, String> environment) {}
