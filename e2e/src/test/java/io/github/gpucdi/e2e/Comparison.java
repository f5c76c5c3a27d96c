package io.github.gpucdi.e2e;

import io.github.gpucdi.cdi.engine.LibraryRelease;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.text.read.SpecDocument;
import io.github.gpucdi.cdi.text.read.SpecReader;
import io.github.gpucdi.cdi.text.write.SpecWriter;
import io.github.gpucdi.cdi.validate.SpecValidator;
import io.github.gpucdi.cdi.validate.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Our judgement of a spec file, to compare oracles with. */
final class Comparison {
    private static final JsonMapper JSON = new JsonMapper();
    /** So many that each of two answers is among them. */
    private static final int CHANCES = 30;

    private final Path file;
    private final SpecDocument document;

    /** Of {@code body}, written to {@code file}, whose name says what format it shall be. */
    Comparison(Path file, byte[] body) {
        try {
            Files.write(file, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.file = file;
        this.document = SpecReader.read(body, SpecReader.Format.ofName(file.toString()));
    }

    /** Our verdict for a release. */
    Verdict verdict(LibraryRelease release) {
        return SpecValidator.verdict(document, release);
    }

    /** What an oracle makes of the file otherwise than we, in verdict or content; nothing if it agrees with us. */
    Optional<String> difference(Oracle oracle) {
        Optional<String> difference = difference(oracle.release(), oracle.file(file));
        for (int i = 1; i < CHANCES && difference.isPresent() && isLeftToChance(); i++) {
            difference = difference(oracle.release(), oracle.file(file));
        }
        return difference;
    }

    /** Of keys that are one only as text, 1 and "1", the library takes one by chance, another each time. */
    private boolean isLeftToChance() {
        return document.findings().stream()
                .anyMatch(finding ->
                        finding.code() == Finding.Code.DUPLICATE_KEY && finding.severity() == Finding.Severity.WARNING);
    }

    private Optional<String> difference(LibraryRelease release, Oracle.Answer theirs) {
        Verdict ours = verdict(release);
        if (theirs.verdict() != ours) {
            return Optional.of(theirs.verdict() + " by the library, by us " + ours + reasons(release, theirs.error()));
        }
        if (ours != Verdict.ACCEPTED) {
            return Optional.empty();
        }
        JsonNode their = normalised(theirs.spec().orElseThrow());
        JsonNode our = JSON.readTree(SpecWriter.json(document.spec().orElseThrow()));
        if (their.equals(our)) {
            return Optional.empty();
        }
        return Optional.of("accepted, but understood differently\n  theirs: " + Escaped.text(their.toString())
                + "\n  ours:   " + Escaped.text(our.toString()));
    }

    private String reasons(LibraryRelease release, String error) {
        StringBuilder reasons = new StringBuilder("\n  theirs: " + Escaped.text(error));
        for (Finding finding : SpecValidator.validate(document, release)) {
            String text = finding.code() + " " + finding.where() + ": " + finding.what();
            reasons.append("\n  ours: ").append(Escaped.text(text));
        }
        return reasons.toString();
    }

    /** As {@link SpecWriter} writes it: without what means nothing, or is no part of our model. */
    private static JsonNode normalised(JsonNode their) {
        ObjectNode root = (ObjectNode) their;
        // The library always writes the root edits, we write them if there are any.
        if (root.path("containerEdits").isEmpty()) {
            root.remove("containerEdits");
        }
        // No devices, which libraries before 1.0.0 accept: null to them.
        if (root.path("devices").isNull()) {
            root.putArray("devices");
        }
        return root;
    }
}
