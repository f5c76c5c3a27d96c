package io.github.gpucdi.report;

import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Code;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.text.read.SpecReader;
import io.github.gpucdi.terminal.Console;
import io.github.gpucdi.terminal.IoReason;
import io.github.gpucdi.terminal.Session;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * A spec file that the user named.
 *
 * @param name as the user wrote it
 * @param document what is in it, or why it cannot be had
 */
public record SpecInput(String name, SpecDocument document) {
    /** The name of standard input. */
    public static final String STDIN = "-";

    private static final int MAX_TOLD = 10;

    public static SpecInput read(String name, Session session) {
        return new SpecInput(name, document(name, session));
    }

    private static SpecDocument document(String name, Session session) {
        try {
            if (name.equals(STDIN)) {
                return SpecReader.read(session.in().readNBytes(SpecReader.MAX_BYTES + 1), SpecReader.Format.YAML);
            }
            return SpecReader.read(Path.of(name));
        } catch (InvalidPathException e) {
            return SpecReader.unreadable("no file can have this name: " + e.getReason());
        } catch (IOException e) {
            return SpecReader.unreadable(IoReason.of(e));
        }
    }

    /** Whether the file could not be had at all. */
    public boolean isUnreadable() {
        for (Finding finding : document.findings()) {
            if (finding.code() == Code.UNREADABLE) {
                return true;
            }
        }
        return false;
    }

    /** A finding about the file as a line that names it. */
    public String line(Finding finding) {
        String file = name.equals(STDIN) ? "standard input" : name;
        if (finding.code() == Code.UNREADABLE) {
            return "cannot read " + file + ": " + finding.what();
        }
        String position = finding.position()
                .map(at -> ":" + at.line() + ":" + at.column())
                .orElse("");
        String where = finding.where().isEmpty() ? "" : " " + finding.where() + ":";
        return file + position + ":" + where + " " + finding.what();
    }

    /** Tells the first errors and warnings of {@code findings}. */
    public void tell(List<Finding> findings, Console console) {
        int told = 0;
        int untold = 0;
        for (Finding finding : findings) {
            if (finding.severity() == Finding.Severity.INFO) {
                continue;
            }
            if (told == MAX_TOLD) {
                untold++;
                continue;
            }
            told++;
            if (finding.severity() == Finding.Severity.ERROR) {
                console.error(line(finding));
                console.hint(finding.howToMend());
            } else {
                console.warning(line(finding), finding.howToMend());
            }
        }
        if (untold > 0) {
            console.info(untold + " more; all are told by: gpu-cdi validate");
        }
    }
}
