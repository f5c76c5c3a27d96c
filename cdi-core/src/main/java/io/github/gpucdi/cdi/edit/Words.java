package io.github.gpucdi.cdi.edit;

import java.util.List;

/** Lists as one text. Different lists give different texts. */
final class Words {
    private Words() {}

    /** The words with a space between them, those that a shell would not take as they are in single quotes. */
    static String join(List<String> words) {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            if (!text.isEmpty()) {
                text.append(' ');
            }
            text.append(isPlain(word) ? word : "'" + word.replace("'", "'\\''") + "'");
        }
        return text.toString();
    }

    private static boolean isPlain(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean plain = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "_-./:=,@%+".indexOf(c) >= 0;
            if (!plain) {
                return false;
            }
        }
        return !word.isEmpty();
    }
}
