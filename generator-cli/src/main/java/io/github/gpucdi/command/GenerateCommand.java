package io.github.gpucdi.command;

import io.github.gpucdi.generate.Face;
import io.github.gpucdi.generate.GenerateRequest;
import io.github.gpucdi.generate.GenerateRun;
import io.github.gpucdi.generate.Outcome;
import io.github.gpucdi.option.GlobalOptions;
import io.github.gpucdi.option.HostOptions;
import io.github.gpucdi.option.RunOptions;
import io.github.gpucdi.option.SimulatedHosts;
import io.github.gpucdi.option.SpecOptions;
import io.github.gpucdi.option.WriteOptions;
import io.github.gpucdi.report.OutcomeReport;
import io.github.gpucdi.terminal.ExitCode;
import io.github.gpucdi.terminal.Session;
import java.util.concurrent.Callable;

/** {@code gpu-cdi generate}. */
final class GenerateCommand extends Command implements Callable<Integer> {
    private final SpecOptions spec = with(new SpecOptions());

    private final WriteOptions write = with(new WriteOptions());

    private final HostOptions host = with(new HostOptions());

    private final GlobalOptions global;
    private final Session session;

    GenerateCommand(GlobalOptions global, Session session) {
        super("generate");
        description("Find this host's GPUs and print or write a CDI spec for them.");
        footer(
                "",
                "Examples:",
                "  gpu-cdi generate --output=/etc/cdi/nvidia.yaml     what an administrator runs",
                "  gpu-cdi generate --simulate=dgx-a100               see a spec without a GPU",
                "  gpu-cdi generate --check --output=/etc/cdi/nvidia.yaml   is the installed spec stale?",
                "",
                "Exit codes: 0 done, 1 differs (--check), 2 usage, 3 no driver or GPU, 4 incomplete (--strict),",
                "5 driver half-upgraded, 6 cannot write, 7 written but a GPU is left out, 70 bug.");
        this.global = global;
        this.session = session;
    }

    @Override
    public Integer call() {
        return run(spec, write, host, global, Face.GPU_CDI, session);
    }

    /** One run, with whose manners the face says. */
    static int run(
            SpecOptions spec, WriteOptions write, HostOptions host, GlobalOptions global, Face face, Session session) {
        if (SimulatedHosts.list(host, session.out())) {
            return ExitCode.OK.status();
        }
        GenerateRequest request = RunOptions.generate(spec, write, host, global, face, session);
        Outcome outcome = GenerateRun.run(request);
        ExitCode code = OutcomeReport.tell(outcome, spec.strict.value(), session.console());
        OutcomeReport.print(outcome, request.destination(), session.out());
        return code.status();
    }
}
