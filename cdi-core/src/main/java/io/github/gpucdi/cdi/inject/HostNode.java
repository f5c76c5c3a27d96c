package io.github.gpucdi.cdi.inject;

import java.util.Objects;

/**
 * What stands at a path of the host.
 *
 * @param type what it is
 * @param major major number, 0 for what is no device
 * @param minor minor number, 0 for what is no device
 * @param mode permission bits, without those of the type
 */
public record HostNode(Type type, long major, long minor, int mode) {
    public HostNode {
        Objects.requireNonNull(type, "type");
    }

    /** What CDI tells apart. */
    public enum Type {
        /** A block device. */
        BLOCK("b"),
        /** A character device. */
        CHAR("c"),
        /** A named pipe. */
        FIFO("p"),
        /** Anything else, symbolic links too: not a device node. */
        OTHER("");

        private final String letter;

        Type(String letter) {
            this.letter = letter;
        }

        /** The letter that stands for it in a spec and in an OCI configuration, empty for {@link #OTHER}. */
        public String letter() {
            return letter;
        }
    }
}
