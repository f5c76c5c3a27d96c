package io.github.gpucdi.help;

import java.util.Locale;

/** How a shell finds what a value can be; a script has the name in lower case. */
enum ValueKind {
    /** Anything: nothing is offered. */
    ANY,
    WORDS,
    FILES,
    DIRECTORIES,
    /** Qualified device names of the spec directories, which the shell asks the program for. */
    DEVICES,
    /** The same without vendor and class, and some words; of these and of words there can be several, between commas. */
    IDS;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
