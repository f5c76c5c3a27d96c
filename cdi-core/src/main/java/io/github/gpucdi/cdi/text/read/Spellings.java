package io.github.gpucdi.cdi.text.read;

import io.github.gpucdi.cdi.spec.Finding.Code;

/**
 * How often a text was read in vain, and how much of it: each time it must be spelled otherwise and read from its start.
 * Bounded in both, so that a large file takes little longer than one reading, whatever stands in it.
 */
final class Spellings {
    /** How often a text is read. */
    static final int MAX = 64;
    /** How many characters are read in vain: those of the largest file once. */
    static final long MAX_CHARACTERS = SpecReader.MAX_BYTES;

    private int readings;
    private long characters;

    /**
     * Counts a reading in vain.
     *
     * @param end where it stopped
     * @throws SyntaxException if the text is not worth another
     */
    void inVain(int end) throws SyntaxException {
        readings++;
        characters += end;
        if (readings == MAX || characters > MAX_CHARACTERS) {
            throw new SyntaxException(
                    Code.TOO_LARGE_TO_JUDGE, 1, 1, "too many unquoted texts that end with a colon or dash");
        }
    }

    /** How often the text was read in vain. */
    int readings() {
        return readings;
    }
}
