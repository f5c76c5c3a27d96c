package io.github.gpucdi.option;

import io.github.gpucdi.terminal.CommandFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of {@code --http}: an address in figures, since no name is looked up, and a port. */
final class ListenAddress {
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";
    /** In brackets, the figures and colons of an IPv6 address alone: what it must look like is the JDK's to say. */
    private static final Pattern FORM =
            Pattern.compile("((?:" + BYTE + "\\.){3}" + BYTE + "|\\[[0-9a-fA-F:.]{2,45}])?:([0-9]{1,5})");

    private static final int LAST_PORT = 65_535;

    private ListenAddress() {}

    static InetSocketAddress of(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches() && Integer.parseInt(form.group(2)) <= LAST_PORT) {
            int port = Integer.parseInt(form.group(2));
            try {
                return form.group(1) == null
                        ? new InetSocketAddress(port)
                        : new InetSocketAddress(InetAddress.getByName(form.group(1)), port);
            } catch (UnknownHostException e) {
                // An address that is none, as any other text.
            }
        }
        throw CommandFailure.usage(
                "invalid value '" + text + "' for --http",
                "allowed: ADDRESS:PORT such as 127.0.0.1:9841, [::1]:9841 or :9841");
    }
}
