package io.github.gpucdi.cdi.engine;

import io.github.gpucdi.cdi.spec.CdiVersion;
import java.util.List;
import java.util.Optional;

/**
 * Which container engine reads which CDI version: the CDI library that each release was built with and the highest
 * version which that library knows. A distribution can build an engine otherwise.
 */
public final class EngineTable {
    /**
     * One engine: the first release that reads each version. An empty text says that every release with CDI does.
     *
     * @param engine its name
     * @param reads060 first release that reads 0.6.0, and so on
     */
    private record Row(
            String engine, String reads060, String reads070, String reads080, String reads100, String reads110) {
        String firstReleaseFor(CdiVersion version) {
            return switch (version) {
                case V0_1_0, V0_2_0, V0_3_0, V0_4_0, V0_5_0 -> "";
                case V0_6_0 -> reads060;
                case V0_7_0 -> reads070;
                case V0_8_0 -> reads080;
                case V1_0_0 -> reads100;
                case V1_1_0 -> reads110;
            };
        }
    }

    private static final List<Row> ROWS = List.of(
            //      engine          0.6.0     0.7.0     0.8.0     1.0.0    1.1.0
            new Row("Podman", "4.7", "5.1", "5.2", "5.5", "6.0"),
            new Row("Docker", "", "27.0", "27.4", "28.1", "29.2"),
            new Row("containerd", "1.7.12", "1.7.16", "1.7.27", "2.0.5", "2.2.1"),
            new Row("CRI-O", "1.28", "1.30", "1.31", "1.33", "1.35"),
            new Row("Buildah", "", "", "1.37", "1.40", "1.44"),
            new Row("BuildKit", "", "", "", "0.21", "0.27"),
            new Row("nerdctl", "", "", "", "", "2.2.2"),
            new Row("SingularityCE", "", "4.2", "4.2", "4.3.0", "4.3.7"));

    private EngineTable() {}

    /**
     * One line naming the engine releases that cannot read a spec of {@code version}, or nothing up to 0.5.0, which
     * Podman reads from 4.3, containerd from 1.7 and CRI-O from 1.25 on.
     */
    public static Optional<String> cannotRead(CdiVersion version) {
        StringBuilder line = new StringBuilder();
        for (Row row : ROWS) {
            String release = row.firstReleaseFor(version);
            if (!release.isEmpty()) {
                line.append(line.isEmpty() ? "" : ", ")
                        .append(row.engine())
                        .append(" before ")
                        .append(release);
            }
        }
        if (line.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                line.append(" cannot read CDI ").append(version.text()).toString());
    }
}
