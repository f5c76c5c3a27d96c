package io.github.gpucdi.watch.jna;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifySocketTest {
    @TempDir
    Path folder;

    /** A socket that receives; its address is built here by other means than there. */
    private static int bound(String path) {
        byte[] address = ("\u0001\0" + path).getBytes(StandardCharsets.ISO_8859_1);
        NativeLibrary process = NativeLibrary.getProcess();
        int descriptor = process.getFunction("socket").invokeInt(new Object[] {1, 2, 0});
        assertThat(process.getFunction("bind").invokeInt(new Object[] {descriptor, address, address.length}))
                .isZero();
        return descriptor;
    }

    private static String received(int descriptor) {
        byte[] buffer = new byte[200];
        NativeLibrary process = NativeLibrary.getProcess();
        // MSG_DONTWAIT: what was sent to a local socket is there.
        int length = (int) process.getFunction("recv").invokeLong(new Object[] {descriptor, buffer, 200L, 0x40});
        process.getFunction("close").invokeInt(new Object[] {descriptor});
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    @Test
    void aPath() {
        Path path = folder.resolve("notify");
        int descriptor = bound(path.toString());
        NotifySocket.open(path.toString()).accept("READY=1\nSTATUS=grün");
        assertThat(received(descriptor)).isEqualTo("READY=1\nSTATUS=grün");
    }

    @Test
    void anAbstractName() {
        String name = "gpu-cdi-test-" + ProcessHandle.current().pid();
        int descriptor = bound("\0" + name);
        NotifySocket.open("@" + name).accept("WATCHDOG=1");
        assertThat(received(descriptor)).isEqualTo("WATCHDOG=1");
    }

    @Test
    void whereNobodyListensNothingHappens() {
        for (String name : new String[] {
            "relative", "/nowhere/" + "x".repeat(200), folder.resolve("none").toString()
        }) {
            Consumer<String> socket = NotifySocket.open(name);
            socket.accept("READY=1");
        }
        assertThat(folder).isEmptyDirectory();
    }
}
