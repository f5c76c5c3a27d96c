package io.github.gpucdi.assemble.mode;

import io.github.gpucdi.assemble.model.DeviceNaming;
import java.util.Optional;

/** Something that a spec is to offer under names of its own. */
public interface ModeDevice {
    /** Its name by {@code naming}, empty if that strategy has none for it. */
    Optional<String> name(DeviceNaming naming);

    /** What to call it in a message. */
    String label();
}
