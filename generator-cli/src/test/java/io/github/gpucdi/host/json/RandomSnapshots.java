package io.github.gpucdi.host.json;

import io.github.gpucdi.host.AddressingMode;
import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.CharNode;
import io.github.gpucdi.host.CsvEntry;
import io.github.gpucdi.host.CsvFacts;
import io.github.gpucdi.host.CsvFile;
import io.github.gpucdi.host.CsvLink;
import io.github.gpucdi.host.DeviceMajor;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.DriverFiles;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.FileContent;
import io.github.gpucdi.host.FoundFile;
import io.github.gpucdi.host.Gpu;
import io.github.gpucdi.host.GpuDetails;
import io.github.gpucdi.host.HookFact;
import io.github.gpucdi.host.HookProgram;
import io.github.gpucdi.host.HostEnvironment;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.Library;
import io.github.gpucdi.host.MigDevice;
import io.github.gpucdi.host.MigMode;
import io.github.gpucdi.host.NodeLink;
import io.github.gpucdi.host.NvmlFacts;
import io.github.gpucdi.host.NvmlFailure;
import io.github.gpucdi.host.PathFact;
import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.RefreshUnit;
import io.github.gpucdi.host.RefreshUnits;
import io.github.gpucdi.host.SandboxutilsDevice;
import io.github.gpucdi.host.SandboxutilsFacts;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.SideDevices;
import io.github.gpucdi.host.UnitRun;
import io.github.gpucdi.host.VersionFailure;
import io.github.gpucdi.host.WslAdapter;
import io.github.gpucdi.host.WslFacts;
import io.github.gpucdi.host.WslStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Snapshots from a seed: every record, every section state, values at their bounds. */
final class RandomSnapshots {
    private static final String[] TEXTS = {
        "NVIDIA A100-SXM4-80GB", "", "\"quoted\" \\ back/slash", "grün", "\uD83D\uDE00", "{\"absent\":1}", "\uFFFD", " "
    };
    private static final String[] SEGMENTS = {
        "usr", "lib64", "x86_64-linux-gnu", "...", ".hidden", "a b", "ü", "a..b", ","
    };

    private final Random random;
    private final double presence;

    private RandomSnapshots(long seed, double presence) {
        this.random = new Random(seed);
        this.presence = presence;
    }

    /** A snapshot in which anything may be missing. */
    static HostSnapshot any(long seed) {
        return new RandomSnapshots(seed, 0.6).snapshot();
    }

    /** A snapshot in which nothing is missing: all sections are data, no list and no optional value is empty. */
    static HostSnapshot complete(long seed) {
        return new RandomSnapshots(seed, 1).snapshot();
    }

    private HostSnapshot snapshot() {
        return HostSnapshot.of(
                        new ProbeOptions(
                                path(),
                                path(),
                                list(i -> path()),
                                list(i -> path()),
                                maybe(this::path),
                                list(i -> path())),
                        new Platform(name(), orEmpty(this::filledText)))
                .with(SectionKey.DRIVER, section(this::driver))
                .with(SectionKey.NVML, section(this::nvml))
                .with(SectionKey.FILES, section(this::files))
                .with(SectionKey.FILES_32, section(this::files))
                .with(
                        SectionKey.NODES,
                        section(() -> new DeviceNodes(list(i -> node()), list(i -> new NodeLink(path(), text())))))
                .with(
                        SectionKey.SANDBOXUTILS,
                        section(() -> new SandboxutilsFacts(
                                name(), maybe(this::text), list(i -> sandboxutilsDevice()), list(i -> text()))))
                .with(SectionKey.WSL, section(this::wsl))
                .with(
                        SectionKey.CSV,
                        section(() -> new CsvFacts(maybe(this::path), maybe(this::foundFile), list(i -> csvFile()))))
                .with(SectionKey.IMEX, section(this::side))
                .with(SectionKey.GDS, section(this::side))
                .with(SectionKey.GDRCOPY, section(this::side))
                .with(SectionKey.MOFED, section(this::side))
                .with(SectionKey.NVSWITCH, section(this::side))
                .with(SectionKey.HOOK, section(() -> new HookProgram(maybe(this::path), list(i -> text()))))
                .with(
                        SectionKey.ENGINES,
                        section(() -> new Engines(list(i -> program()), list(i -> program()), maybe(this::path))))
                .with(
                        SectionKey.CDI,
                        section(() -> new CdiFacts(
                                maybe(this::path),
                                maybe(this::path),
                                list(i -> directory()),
                                list(i -> new PathFact(
                                        path(),
                                        constant(PathFact.Kind.values()),
                                        random.nextBoolean(),
                                        maybe(this::node))),
                                list(i -> new HookFact(path(), maybe(this::text), maybe(this::text))))))
                .with(
                        SectionKey.ENVIRONMENT,
                        section(() -> new HostEnvironment(
                                constant(HostEnvironment.Selinux.values()),
                                maybe(random::nextBoolean),
                                random.nextBoolean(),
                                list(i -> new DeviceMajor(name(), unsigned())),
                                second(),
                                maybe(() -> new RefreshUnits(
                                        random.nextBoolean(), random.nextBoolean(), list(i -> unit()))))));
    }

    private SandboxutilsDevice sandboxutilsDevice() {
        return new SandboxutilsDevice(
                (random.nextBoolean() ? "GPU-" : "MIG-") + uuid(),
                maybe(this::text),
                list(i -> path()),
                list(i -> path()),
                list(i -> path()),
                list(i -> new NodeLink(path(), text())));
    }

    private CsvFile csvFile() {
        return new CsvFile(
                path(),
                constant(CsvFile.State.values()),
                list(i -> csvEntry()),
                list(i -> text()),
                1 + random.nextInt(9));
    }

    private CsvEntry csvEntry() {
        return new CsvEntry(
                constant(CsvEntry.Type.values()),
                random.nextInt(99),
                relative(),
                list(i -> node()),
                list(i -> foundFile()),
                list(i -> library()),
                list(i -> new CsvLink(path(), list(j -> new CsvLink.Hop(path(), text())), foundFile())),
                list(i -> failed()));
    }

    private DriverVersion driver() {
        return new DriverVersion(
                maybe(this::name), constant(DriverVersion.Source.values()), maybe(this::name), list(i -> name()));
    }

    private NvmlFacts nvml() {
        return new NvmlFacts(
                random.nextBoolean() ? "/" + relative() : name(),
                maybe(this::failure),
                maybe(this::name),
                maybe(this::text),
                number(),
                list(this::gpu));
    }

    private Gpu gpu(int position) {
        return new Gpu(
                3 * position + random.nextInt(3),
                maybe(this::failure),
                orEmpty(this::filledText),
                orEmpty(() -> "GPU-" + uuid()),
                number(),
                maybe(this::busId),
                maybe(this::failure),
                list(i -> name()),
                maybe(() -> new MigMode(random.nextBoolean(), random.nextBoolean())),
                maybe(() -> AddressingMode.values()[random.nextInt(3)]),
                maybe(this::failure),
                list(this::migDevice),
                section(this::details));
    }

    private MigDevice migDevice(int position) {
        return new MigDevice(
                2 * position + random.nextInt(2),
                maybe(this::failure),
                orEmpty(() -> random.nextBoolean() ? "MIG-" + uuid() : "MIG-GPU-" + uuid() + "/7/0"),
                random.nextInt(15),
                random.nextInt(8),
                maybe(this::text),
                number(),
                number());
    }

    private GpuDetails details() {
        return new GpuDetails(
                maybe(this::text),
                maybe(this::text),
                present() ? OptionalLong.of(random.nextLong() & Long.MAX_VALUE) : OptionalLong.empty(),
                maybe(() -> "13200210" + (10000 + random.nextInt(20))),
                maybe(random::nextBoolean),
                maybe(random::nextBoolean),
                number());
    }

    private DriverFiles files() {
        return new DriverFiles(list(i -> path()), list(i -> library()), list(i -> foundFile()), list(i -> failed()));
    }

    private Library library() {
        return new Library(constant(Library.Role.values()), path(), maybe(this::name), list(i -> name()));
    }

    private WslFacts wsl() {
        return new WslFacts(
                library(),
                maybe(this::text),
                list(i -> new WslAdapter(number(), maybe(this::path), maybe(this::text))),
                list(i -> new WslStore(path(), files())),
                side());
    }

    private SideDevices side() {
        return new SideDevices(list(i -> node()), list(i -> text()), list(i -> foundFile()));
    }

    private FailedLookup failed() {
        return new FailedLookup(text(), orEmpty(this::path), constant(FailedLookup.Reason.values()));
    }

    private FoundFile foundFile() {
        return new FoundFile(
                constant(FoundFile.Role.values()), relative(), path(), maybe(this::path), list(n -> text()));
    }

    private CdiDirectory directory() {
        return new CdiDirectory(
                path(),
                random.nextBoolean(),
                random.nextBoolean(),
                maybe(this::text),
                maybe(this::text),
                list(i -> file()),
                list(i -> name()));
    }

    private CdiFile file() {
        return new CdiFile(
                name(), maybe(this::text), maybe(this::text), second(), maybe(() -> FileContent.of(bytes())));
    }

    private RefreshUnit unit() {
        return new RefreshUnit(
                name(),
                list(i -> path()),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                maybe(() -> new UnitRun(text(), orEmpty(this::filledText), orEmpty(this::filledText))));
    }

    private OptionalLong second() {
        return present() ? OptionalLong.of(random.nextLong(253_402_300_800L)) : OptionalLong.empty();
    }

    private byte[] bytes() {
        String text = text() + "\nGPU-" + uuid() + "\n";
        return random.nextBoolean()
                ? text.getBytes(StandardCharsets.UTF_8)
                : (text + "\r\0").getBytes(StandardCharsets.UTF_16);
    }

    private EngineProgram program() {
        return new EngineProgram(
                name(),
                path(),
                maybe(this::name),
                maybe(() -> new VersionFailure(constant(VersionFailure.Reason.values()), text())),
                maybe(random::nextBoolean),
                maybe(random::nextBoolean),
                list(i -> path()),
                maybe(this::text));
    }

    private CharNode node() {
        return new CharNode(path(), unsigned(), unsigned(), random.nextInt(010000), unsigned(), unsigned());
    }

    private NvmlFailure failure() {
        return new NvmlFailure(text(), random.nextInt(1000), text());
    }

    private long unsigned() {
        return random.nextInt(8) == 0 ? 0xFFFF_FFFFL : random.nextInt() & 0xFFFF_FFFFL;
    }

    private OptionalInt number() {
        return present()
                ? OptionalInt.of(random.nextInt(8) == 0 ? Integer.MAX_VALUE : random.nextInt(512))
                : OptionalInt.empty();
    }

    private String busId() {
        String domain = random.nextBoolean() ? "00000000" : "0009";
        return domain
                + String.format(
                        Locale.ROOT, ":%02X:%02x.%d", random.nextInt(256), random.nextInt(32), random.nextInt(8));
    }

    private String uuid() {
        return UUID.nameUUIDFromBytes(Integer.toString(random.nextInt(20)).getBytes(StandardCharsets.US_ASCII))
                .toString();
    }

    private String path() {
        return presence < 1 && random.nextInt(8) == 0 ? "/" : "/" + relative();
    }

    private String relative() {
        StringBuilder path = new StringBuilder(name());
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append('/').append(name());
        }
        return path.toString();
    }

    private String name() {
        return SEGMENTS[random.nextInt(SEGMENTS.length)];
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private String filledText() {
        return text() + "x";
    }

    private String orEmpty(Supplier<String> text) {
        return present() ? text.get() : "";
    }

    private <E> E constant(E[] constants) {
        return constants[random.nextInt(constants.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return present() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> list(IntFunction<T> entry) {
        List<T> list = new ArrayList<>();
        if (present()) {
            int size = 1 + random.nextInt(3);
            for (int i = 0; i < size; i++) {
                list.add(entry.apply(i));
            }
        }
        return list;
    }

    private <T> Section<T> section(Supplier<T> data) {
        if (present()) {
            return Section.of(data.get());
        }
        return random.nextBoolean() ? Section.absent(text()) : Section.notProbed();
    }

    private boolean present() {
        return random.nextDouble() < presence;
    }
}
