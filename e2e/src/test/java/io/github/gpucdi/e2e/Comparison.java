package io.github.gpucdi.e2e;

import io.github.gpucdi.cdi.spec.CdiSpec;
import io.github.gpucdi.cdi.spec.Finding;
import io.github.gpucdi.cdi.text.SpecDocument;
import io.github.gpucdi.cdi.text.SpecReader;
import io.github.gpucdi.cdi.text.SpecWriter;
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

/**
 * A spec file as an oracle judges it beside our judgement.
 *
 * @param theirs what the oracle said
 * @param ours our verdict for the oracle's release
 * @param difference what differs, in verdict or content; nothing if nothing does
 */
record Comparison(Oracle.Answer theirs, Verdict ours, Optional<String> difference) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Lets {@code oracle} judge {@code body}, written to {@code file}, whose name says what format it shall be. */
    static Comparison of(Oracle oracle, Path file, byte[] body) {
        try {
            Files.write(file, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Oracle.Answer theirs = oracle.file(file);
        SpecDocument document = SpecReader.read(body, SpecReader.Format.ofName(file.toString()));
        Verdict ours = SpecValidator.verdict(document, oracle.release());
        return new Comparison(theirs, ours, difference(oracle, theirs, document, ours));
    }

    private static Optional<String> difference(
            Oracle oracle, Oracle.Answer theirs, SpecDocument document, Verdict ours) {
        if (theirs.verdict() != ours) {
            StringBuilder what = new StringBuilder(theirs.verdict() + " by the library, by us " + ours);
            what.append("\n  theirs: ").append(Escaped.text(theirs.error()));
            for (Finding finding : SpecValidator.validate(document, oracle.release())) {
                what.append("\n  ours: ").append(Escaped.text(finding.code() + " " + finding.where()));
                what.append(": ").append(Escaped.text(finding.what()));
            }
            return Optional.of(what.toString());
        }
        if (ours != Verdict.ACCEPTED) {
            return Optional.empty();
        }
        JsonNode their = normalised(theirs.spec().orElseThrow());
        JsonNode our = tree(document.spec().orElseThrow());
        return their.equals(our)
                ? Optional.empty()
                : Optional.of("accepted, but understood differently\n  theirs: " + Escaped.text(their.toString())
                        + "\n  ours:   " + Escaped.text(our.toString()));
    }

    private static JsonNode tree(CdiSpec spec) {
        return JSON.readTree(SpecWriter.json(spec));
    }

    /** As {@link SpecWriter} writes it: without what means nothing, or is no part of our model. */
    private static JsonNode normalised(JsonNode their) {
        ObjectNode root = (ObjectNode) their;
        // The library always writes the root edits, we write them if there are any.
        if (root.path("containerEdits").isEmpty()) {
            root.remove("containerEdits");
        }
        // No devices: null to the library, which accepted that before 1.0.0.
        if (root.path("devices").isNull()) {
            root.putArray("devices");
        }
        dropSwitches(root);
        for (JsonNode device : root.path("devices")) {
            dropSwitches(device);
        }
        return root;
    }

    /** These two keys are gone since 1.1.0, and our model never had them. */
    private static void dropSwitches(JsonNode edited) {
        JsonNode intelRdt = edited.path("containerEdits").path("intelRdt");
        if (intelRdt instanceof ObjectNode settings) {
            settings.remove("enableCMT");
            settings.remove("enableMBM");
        }
    }
}
