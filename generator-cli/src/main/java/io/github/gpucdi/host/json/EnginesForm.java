package io.github.gpucdi.host.json;

import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.VersionFailure;

/** Installed container engines, both ways. */
final class EnginesForm {
    /** There are a dozen programs in a handful of directories. */
    private static final int MAX_PROGRAMS = 256;

    private static final int MAX_SPEC_DIRECTORIES = 64;

    private EnginesForm() {}

    static Engines engines(JsonObject in) throws SnapshotFormatException {
        return new Engines(
                in.objects("engines", MAX_PROGRAMS, EnginesForm::program),
                in.objects("runtimes", MAX_PROGRAMS, EnginesForm::program),
                in.optionalText("dockerClient", TextRule.PATH));
    }

    static void engines(JsonOut out, Engines engines) {
        out.objects("engines", engines.engines(), EnginesForm::program);
        out.objects("runtimes", engines.runtimes(), EnginesForm::program);
        out.text("dockerClient", engines.dockerClient());
    }

    private static EngineProgram program(JsonObject in) throws SnapshotFormatException {
        return new EngineProgram(
                in.text("engine", TextRule.FILE_NAME),
                in.text("path", TextRule.PATH),
                in.optionalText("version", TextRule.FILE_NAME),
                in.optionalObject("failure", EnginesForm::failure),
                in.optionalFlag("cdiEnabled"),
                in.optionalFlag("criDisabled"),
                in.texts("specDirectories", MAX_SPEC_DIRECTORIES, TextRule.PATH),
                in.optionalText("configProblem", TextRule.TEXT));
    }

    private static void program(JsonOut out, EngineProgram program) {
        out.text("engine", program.engine());
        out.text("path", program.path());
        out.text("version", program.version());
        out.optionalObject("failure", program.failure(), EnginesForm::failure);
        out.flag("cdiEnabled", program.cdiEnabled());
        out.flag("criDisabled", program.criDisabled());
        out.texts("specDirectories", program.specDirectories());
        out.text("configProblem", program.configProblem());
    }

    private static VersionFailure failure(JsonObject in) throws SnapshotFormatException {
        return new VersionFailure(
                in.constant("reason", VersionFailure.Reason.values()), in.text("text", TextRule.TEXT));
    }

    private static void failure(JsonOut out, VersionFailure failure) {
        out.constant("reason", failure.reason());
        out.text("text", failure.text());
    }
}
