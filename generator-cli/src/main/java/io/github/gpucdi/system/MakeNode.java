package io.github.gpucdi.system;

import io.github.gpucdi.system.jna.DeviceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Makes a device node that everybody may use. */
record MakeNode(Path file, String path, long major, long minor, boolean replaces) implements NewName {
    static final int MODE = 0666;

    @Override
    public String text() {
        return "Running: mknod --mode=0666 " + path + " c " + major + " " + minor;
    }

    @Override
    public void make(Path at) throws IOException {
        DeviceFile.make(at.toString(), major, minor, MODE);
    }

    @Override
    public boolean isMade() throws IOException {
        return DeviceFile.isOne(
                (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS),
                (Long) Files.getAttribute(file, "unix:rdev", LinkOption.NOFOLLOW_LINKS),
                major,
                minor);
    }
}
