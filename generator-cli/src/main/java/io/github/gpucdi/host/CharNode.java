package io.github.gpucdi.host;

/**
 * A character device node.
 *
 * @param path below the dev root, such as {@code /dev/nvidia0}
 * @param major major number
 * @param minor minor number
 * @param mode permission bits with set-id and sticky bits, 0 to 07777
 * @param uid owner
 * @param gid group
 */
public record CharNode(String path, long major, long minor, int mode, long uid, long gid) {}
