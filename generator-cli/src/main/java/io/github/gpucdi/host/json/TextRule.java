package io.github.gpucdi.host.json;

import io.github.gpucdi.host.PciAddress;

/** What a string of a snapshot must look like, besides being plain. */
enum TextRule {
    /** Any text. */
    TEXT("") {
        @Override
        boolean allows(String text) {
            return true;
        }
    },
    /** A path in a tree whose root is {@code /}. */
    PATH("It must be an absolute path without empty, '.' or '..' segments and without a slash at its end.") {
        @Override
        boolean allows(String text) {
            return text.equals("/") || text.startsWith("/") && segmentsAreNormal(text, 1);
        }
    },
    /** A file name that becomes part of a path. */
    FILE_NAME("It must be a file name: not empty, no slash, not '.' or '..'.") {
        @Override
        boolean allows(String text) {
            return text.indexOf('/') < 0 && segmentsAreNormal(text, 0);
        }
    },
    /** Several segments, from the root or from a directory. */
    SEGMENTS(
            "It must be a path, absolute or not, without empty, '.' or '..' segments and without a slash at its end.") {
        @Override
        boolean allows(String text) {
            return segmentsAreNormal(text, text.startsWith("/") ? 1 : 0);
        }
    },
    /** Some bytes. */
    BASE64("It must be base64 with padding.") {
        @Override
        boolean allows(String text) {
            int end = text.endsWith("==") ? text.length() - 2 : text.endsWith("=") ? text.length() - 1 : text.length();
            boolean allowed = text.length() % 4 == 0;
            for (int i = 0; allowed && i < end; i++) {
                allowed = BASE64_ALPHABET.indexOf(text.charAt(i)) >= 0;
            }
            return allowed;
        }
    },
    /** {@code nvmlPciInfo_t.busId}. */
    PCI_BUS_ID("It must be a PCI bus id such as 00000000:65:00.0.") {
        @Override
        boolean allows(String text) {
            return PciAddress.isBusId(text);
        }
    };

    private static final String BASE64_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final String demand;

    TextRule(String demand) {
        this.demand = demand;
    }

    abstract boolean allows(String text);

    /** One sentence for who broke the rule. */
    String demand() {
        return demand;
    }

    private static boolean segmentsAreNormal(String text, int from) {
        int start = from;
        while (true) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            int length = end - start;
            if (length == 0
                    || length == 1 && text.charAt(start) == '.'
                    || length == 2 && text.startsWith("..", start)) {
                return false;
            }
            if (slash < 0) {
                return true;
            }
            start = slash + 1;
        }
    }
}
