package io.github.gpucdi.report;

import io.github.gpucdi.cdi.engine.EngineRelease;
import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.spec.Finding.Severity;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.cdi.validate.Verdict;
import java.util.List;

/**
 * What one release of the CDI library makes of a file.
 *
 * @param file as the user named it
 * @param unreadable whether the file cannot be had at all
 * @param verdict what the release does
 * @param findings in the order of the text
 */
public record FileReport(String file, boolean unreadable, Verdict verdict, List<Finding> findings) {

    public static FileReport of(SpecInput input, LibraryRelease release) {
        return new FileReport(
                input.name(),
                input.isUnreadable(),
                SpecValidator.verdict(input.document(), release),
                SpecValidator.validate(input.document(), release));
    }

    /** What the releases of {@code engine} make of a file: their library, and what they ignore. */
    public static FileReport of(SpecInput input, EngineRelease engine) {
        return new FileReport(
                input.name(),
                input.isUnreadable(),
                SpecValidator.verdict(input.document(), engine.library()),
                SpecValidator.validate(input.document(), engine));
    }

    public int errors() {
        return count(Severity.ERROR);
    }

    public int warnings() {
        return count(Severity.WARNING);
    }

    public int infos() {
        return count(Severity.INFO);
    }

    private int count(Severity severity) {
        int count = 0;
        for (Finding finding : findings) {
            if (finding.severity() == severity) {
                count++;
            }
        }
        return count;
    }
}
