package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.inject.Injection;
import io.github.gpucdi.assemble.inject.NodeEdits;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.cdi.spec.ContainerEdits;
import io.github.gpucdi.host.DriverFiles;
import java.util.List;
import java.util.Optional;

/**
 * What one mode of discovery knows of a host: which devices there are, and what they need. Names, hooks, the device
 * {@code all} and the version are the same for all modes and not its matter. What is missing is noticed on the way.
 *
 * @param <D> its devices
 */
public interface ModeAssembler<D extends ModeDevice> {
    /**
     * The devices that the options mean, without those that cannot be offered.
     *
     * @throws AssembleException if there is none
     */
    List<D> devices() throws AssembleException;

    /**
     * The driver's files.
     *
     * @throws AssembleException if they are not there
     */
    DriverFiles files() throws AssembleException;

    /**
     * The driver's version.
     *
     * @throws AssembleException if it is not known, or its main libraries are missing
     */
    String version(DriverFiles files) throws AssembleException;

    /** What every container needs. */
    ContainerEdits common(DriverFiles files, NodeEdits nodes, Injection injection);

    /** What a container with {@code device} needs besides; empty if it lacks what it cannot work without. */
    Optional<ContainerEdits> edits(D device, Injection injection);

    /** Which of the further specs {@code device} is in besides; empty for none. */
    Optional<Coherence> coherence(D device);
}
