package io.github.gpucdi.cdi.validate;

import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.spec.Finding.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects findings in order; the first thousand of each severity are enough for anybody. */
final class Findings {
    private static final int MAX_FINDINGS = 1_000;

    private final List<Finding> all = new ArrayList<>();
    private final int[] counts = new int[Severity.values().length];

    List<Finding> all() {
        return List.copyOf(all);
    }

    void add(Finding finding) {
        if (counts[finding.severity().ordinal()]++ < MAX_FINDINGS) {
            all.add(finding);
        }
    }

    /**
     * All findings but those at or below a place where {@code reading} found an error already: what could not be read
     * was left out, so they would only say that it is missing.
     */
    List<Finding> withoutConsequencesOf(List<Finding> reading) {
        Set<String> broken = new HashSet<>();
        for (Finding finding : reading) {
            if (finding.severity() == Severity.ERROR) {
                broken.add(finding.where());
            }
        }
        if (broken.isEmpty()) {
            return all();
        }
        Set<Finding> read = new HashSet<>(reading);
        List<Finding> rest = new ArrayList<>();
        for (Finding finding : all) {
            boolean independent = finding.code() == Code.UNKNOWN_TO_RELEASE || read.contains(finding);
            if (independent || !isWithin(finding.where(), broken) && !seemsEmpty(finding, broken)) {
                rest.add(finding);
            }
        }
        return rest;
    }

    /** Edits may look empty because what they hold could not be read. */
    private static boolean seemsEmpty(Finding finding, Set<String> broken) {
        if (finding.code() == Code.EDITS_EMPTY) {
            for (String place : broken) {
                if (place.startsWith(finding.where() + "/")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isWithin(String where, Set<String> places) {
        String place = where;
        while (!places.contains(place)) {
            int slash = place.lastIndexOf('/');
            if (slash < 0) {
                return false;
            }
            place = place.substring(0, slash);
        }
        return true;
    }

    void error(Code code, String where, String what, String howToMend) {
        add(new Finding(code, Severity.ERROR, where, what, howToMend));
    }

    void warning(Code code, String where, String what, String howToMend) {
        add(new Finding(code, Severity.WARNING, where, what, howToMend));
    }

    /** Checks what every text must hold: it has a UTF-8 form. */
    void text(String where, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    i++;
                } else {
                    error(
                            Code.TEXT_NOT_UNICODE,
                            where,
                            "the text holds half a surrogate pair, which no file can",
                            "remove it");
                    return;
                }
            }
        }
    }

    void texts(String where, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            text(where + "/" + i, texts.get(i));
        }
    }
}
