package io.github.gpucdi.generate;

/**
 * One run that writes specs, or judges those that are there.
 *
 * @param spec what is wanted
 * @param destination where it goes
 * @param directories what engines read on the host that it is for
 * @param onDriverLoss what becomes of an earlier run's specs when the driver or every GPU is gone
 * @param force whether specs are written although engines would drop them for a conflict
 * @param prune whether specs of an earlier run are deleted whose modes have none now
 * @param check whether nothing is written, and the outcome tells what would be
 * @param face whose manners count
 */
public record GenerateRequest(
        SpecRequest spec,
        Destination destination,
        EngineDirectories directories,
        DriverLoss onDriverLoss,
        boolean force,
        boolean prune,
        boolean check,
        Face face) {}
