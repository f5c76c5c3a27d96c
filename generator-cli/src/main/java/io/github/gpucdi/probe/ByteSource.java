package io.github.gpucdi.probe;

import java.io.Closeable;
import java.io.IOException;

/** A regular file, read a few bytes at a time. */
interface ByteSource extends Closeable {

    /** Size in bytes when it was opened. */
    long size();

    /**
     * Reads at a position until the buffer is full or the file ends.
     *
     * @return the number of bytes read, fewer than asked for only at the end of the file
     * @throws IOException if the file cannot be read
     */
    int read(long position, byte[] into) throws IOException;

    @Override
    void close() throws IOException;
}
