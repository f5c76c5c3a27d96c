package io.github.gpucdi.watch.jna;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Datagrams to a socket of the service manager: Java has none for sockets with paths. */
public final class NotifySocket implements Consumer<String> {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    /** {@code sun_path} of sockaddr_un, unix(7). */
    private static final int MAX_PATH = 108;

    private final Function send;
    private final byte[] address;
    private final int descriptor;

    private NotifySocket(Function send, byte[] address, int descriptor) {
        this.send = send;
        this.address = address;
        this.descriptor = descriptor;
    }

    /**
     * A socket; of a name that cannot be one nothing is sent.
     *
     * @param name a path, or {@code @} and a name in the abstract namespace
     */
    public static Consumer<String> open(String name) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = name.startsWith("@");
        if (!isAbstract && !name.startsWith("/") || path.length >= MAX_PATH) {
            return message -> {};
        }
        // The family in two bytes, little-endian as all machines that a driver is built for; an abstract name begins
        // with 0.
        byte[] address = new byte[2 + path.length + (isAbstract ? 0 : 1)];
        address[0] = AF_UNIX;
        System.arraycopy(path, 0, address, 2, path.length);
        if (isAbstract) {
            address[2] = 0;
        }
        NativeLibrary process = NativeLibrary.getProcess();
        int descriptor = process.getFunction("socket").invokeInt(new Object[] {AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0});
        return new NotifySocket(process.getFunction("sendto"), address, descriptor);
    }

    /** Whoever does not listen misses it. */
    @Override
    public void accept(String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        send.invokeLong(
                new Object[] {descriptor, text, (long) text.length, MSG_DONTWAIT | MSG_NOSIGNAL, address, address.length
                });
    }
}
