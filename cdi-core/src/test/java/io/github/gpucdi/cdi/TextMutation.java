package io.github.gpucdi.cdi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One small change to the text of a spec. Where there is nothing to change, the text stays. */
enum TextMutation {
    INSERT_CHARACTER {
        @Override
        String apply(String text, Random random) {
            int at = place(text, random);
            return text.substring(0, at) + character(random) + text.substring(at);
        }
    },
    REPLACE_CHARACTER {
        @Override
        String apply(String text, Random random) {
            return splice(text, span(text, random, 1), character(random));
        }
    },
    DELETE_CHARACTERS {
        @Override
        String apply(String text, Random random) {
            return splice(text, span(text, random, random.nextBoolean() ? 1 : 12), "");
        }
    },
    DUPLICATE_CHARACTERS {
        @Override
        String apply(String text, Random random) {
            int[] span = span(text, random, 12);
            String part = text.substring(span[0], span[1]);
            return splice(text, span, part + part);
        }
    },
    TRANSPOSE_CHARACTERS {
        @Override
        String apply(String text, Random random) {
            int[] span = span(text, random, 2);
            return splice(
                    text,
                    span,
                    new StringBuilder(text.substring(span[0], span[1]))
                            .reverse()
                            .toString());
        }
    },
    DELETE_LINE {
        @Override
        void lines(List<String> lines, int at, Random random) {
            lines.remove(at);
        }
    },
    DUPLICATE_LINE {
        @Override
        void lines(List<String> lines, int at, Random random) {
            lines.add(random.nextInt(lines.size() + 1), lines.get(at));
        }
    },
    SWAP_LINES {
        @Override
        void lines(List<String> lines, int at, Random random) {
            int other = Math.min(lines.size() - 1, at + 1);
            lines.set(at, lines.set(other, lines.get(at)));
        }
    },
    INDENT_LINE {
        @Override
        void lines(List<String> lines, int at, Random random) {
            String line = lines.get(at);
            boolean less = line.startsWith(" ") && random.nextBoolean();
            String more = random.nextInt(5) == 0 ? "\t" : " ";
            lines.set(at, less ? line.substring(1) : more + line);
        }
    },
    REPLACE_VALUE {
        @Override
        String apply(String text, Random random) {
            return splice(text, one(VALUE, text, random), VALUES.get(random.nextInt(VALUES.size())));
        }
    },
    TAG_VALUE {
        @Override
        String apply(String text, Random random) {
            int[] span = one(VALUE, text, random);
            return splice(text, new int[] {span[0], span[0]}, TAGS.get(random.nextInt(TAGS.size())));
        }
    },
    REQUOTE_VALUE {
        @Override
        String apply(String text, Random random) {
            int[] span = one(VALUE, text, random);
            String value = text.substring(span[0], span[1]);
            boolean quoted = value.startsWith("\"") || value.startsWith("'");
            String quote = random.nextBoolean() ? "\"" : "'";
            return splice(text, span, quoted ? value.substring(1, value.length() - 1) : quote + value + quote);
        }
    },
    CHANGE_CASE {
        @Override
        String apply(String text, Random random) {
            int[] span = one(random.nextBoolean() ? KEY : VALUE, text, random);
            String word = text.substring(span[0], span[1]);
            int at = word.isEmpty() ? 0 : random.nextInt(word.length());
            return splice(
                    text,
                    span,
                    random.nextBoolean()
                            ? word.toUpperCase(Locale.ROOT)
                            : word.substring(0, at) + word.substring(at).toUpperCase(Locale.ROOT));
        }
    },
    REPLACE_KEY {
        @Override
        String apply(String text, Random random) {
            return splice(text, one(KEY, text, random), KEYS.get(random.nextInt(KEYS.size())));
        }
    },
    REMOVE_MEMBER {
        @Override
        String apply(String text, Random random) {
            return splice(text, one(MEMBER, text, random), "");
        }
    },
    DUPLICATE_MEMBER {
        @Override
        String apply(String text, Random random) {
            int[] span = one(MEMBER, text, random);
            String member = text.substring(span[0], span[1]);
            String again = random.nextBoolean() ? member : member.toLowerCase(Locale.ROOT);
            return splice(
                    text, span, member.endsWith("\n") || member.endsWith(",") ? member + again : member + "," + again);
        }
    };

    private static final String CHARACTERS =
            "{}[]:,&*!|>'\"%@#-?\n\r\t  \\`~=ab019.<é\u0085\ufeff\u007f\u0001\u0000;()+^$/_yn" + "\u00a0\ufffe\u0300";
    private static final List<String> ASTRAL = List.of("\ud83d\ude00", "\udbff\udfff");
    private static final List<String> VALUES =
            Arrays.asList(("null ~ 0 1 7 -1 0660 0o17 0x1F 0b11 1_000 195.0 1.5 1e3 12e40 .inf"
                            + " .nan 4294967296 9223372036854775807 9223372036854775808 18446744073709551616 -0.0 true yes No off [] {} [1,2]"
                            + " {a:b} {a:1} \"\" '' x \"x\" '0' - ? | & *a *node *edits & &b !!str !!int 2001-01-01 12:30:45 = << /dev/x A=b"
                            + " 0.5.0 v0.5.0 0.6.0 1.1.0 a/b a.b/cc w0 rwm c none \"\\u00e9\" \"\\ud83d\\ude00\" \"\\/\" \"\\x00\" \"\\e\"")
                    .split(" "));
    private static final List<String> TAGS = List.of(
            "!!str ",
            "!!int ",
            "!!float ",
            "!!bool ",
            "!!null ",
            "!!binary ",
            "!!seq ",
            "!!map ",
            "!x ",
            "! ",
            "&b ",
            "- ");
    private static final List<String> KEYS = List.of(
            "cdiVersion",
            "kind",
            "name",
            "devices",
            "containerEdits",
            "env",
            "path",
            "hostPath",
            "containerPath",
            "type",
            "major",
            "minor",
            "fileMode",
            "uid",
            "annotations",
            "hooks",
            "mounts",
            "deviceNodes",
            "netDevices",
            "intelRdt",
            "additionalGids",
            "timeout",
            "args",
            "options",
            "closID",
            "enableCMT",
            "x",
            "<<",
            "1",
            "null",
            "");
    private static final Pattern KEY = Pattern.compile("[A-Za-z]\\w*(?=\"?:(?:\\s|[\\[{\"\\d]|$))", Pattern.MULTILINE);
    /** A scalar after what comes before one, in block or flow style. */
    private static final Pattern VALUE = Pattern.compile(
            "(?<=: {0,3}|- |\\[ ?|, ?|\":)(?:\"(?:[^\"\\\\\\n]|\\\\.)*\"(?!:)|'[^'\\n]*'|[\\w./~+-][^\\s,\\]}:\"]*(?!:))");
    /** A key with a value on one line. */
    private static final Pattern MEMBER = Pattern.compile(
            "(?:(?m:^) *\\w+: [^\\n]*\\n|(?<=[{, ])\"?\\w+\"?: ?(?:\"[^\"\\n]*\"|[^\\s,\\[\\]{}\"]+|\\{[^{}]*}|\\[[^\\[\\]]*])(?:, ?)?)");

    /** {@code text}, changed. */
    String apply(String text, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        lines(lines, random.nextInt(lines.size()), random);
        return String.join("\n", lines);
    }

    /** Changes the line {@code at}. */
    void lines(List<String> lines, int at, Random random) {
        throw new IllegalStateException(name() + " is not about lines");
    }

    private static String character(Random random) {
        int choice = random.nextInt(CHARACTERS.length() + ASTRAL.size());
        return choice < CHARACTERS.length()
                ? CHARACTERS.substring(choice, choice + 1)
                : ASTRAL.get(choice - CHARACTERS.length());
    }

    /** A place between characters, not within a surrogate pair. */
    private static int place(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        return whole(text, at);
    }

    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    /** Start and end of some characters, {@code most} at most. */
    private static int[] span(String text, Random random, int most) {
        int start = place(text, random);
        int end = Math.min(text.length(), start + (most == 2 ? 2 : 1 + random.nextInt(most)));
        if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
            end++;
        }
        return new int[] {start, end};
    }

    /** Start and end of one match; an empty span at the start if there is none. */
    private static int[] one(Pattern pattern, String text, Random random) {
        List<MatchResult> found = pattern.matcher(text).results().toList();
        if (found.isEmpty()) {
            return new int[] {0, 0};
        }
        MatchResult match = found.get(random.nextInt(found.size()));
        return new int[] {match.start(), match.end()};
    }

    private static String splice(String text, int[] span, String part) {
        return text.substring(0, span[0]) + part + text.substring(span[1]);
    }
}
