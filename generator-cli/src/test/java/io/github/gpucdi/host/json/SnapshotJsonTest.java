package io.github.gpucdi.host.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gpucdi.host.CdiDirectory;
import io.github.gpucdi.host.CdiFacts;
import io.github.gpucdi.host.CdiFile;
import io.github.gpucdi.host.DeviceMajor;
import io.github.gpucdi.host.DeviceNodes;
import io.github.gpucdi.host.DriverVersion;
import io.github.gpucdi.host.EngineProgram;
import io.github.gpucdi.host.Engines;
import io.github.gpucdi.host.FileContent;
import io.github.gpucdi.host.HookProgram;
import io.github.gpucdi.host.HostEnvironment;
import io.github.gpucdi.host.HostSnapshot;
import io.github.gpucdi.host.PathFact;
import io.github.gpucdi.host.Platform;
import io.github.gpucdi.host.ProbeOptions;
import io.github.gpucdi.host.RefreshUnit;
import io.github.gpucdi.host.RefreshUnits;
import io.github.gpucdi.host.Section;
import io.github.gpucdi.host.SectionKey;
import io.github.gpucdi.host.UnitRun;
import io.github.gpucdi.host.VersionFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnapshotJsonTest {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsWhatItWrote(long seed) throws SnapshotFormatException {
        HostSnapshot snapshot = RandomSnapshots.any(seed);
        byte[] bytes = SnapshotTexts.write(snapshot);
        HostSnapshot read = SnapshotTexts.read(bytes);
        assertThat(read).as("seed %d", seed).isEqualTo(snapshot);
        assertThat(SnapshotTexts.write(read)).as("seed %d", seed).isEqualTo(bytes);
    }

    @Test
    void writesOneStableForm() {
        HostSnapshot snapshot = HostSnapshot.of(
                        new ProbeOptions(
                                "/", "/run/nvidia", List.of("/usr/lib64", "/opt/lib"), List.of(), Optional.empty()),
                        new Platform("x86_64", ""))
                .with(
                        SectionKey.DRIVER,
                        Section.of(new DriverVersion(
                                Optional.of("550.54.15"), DriverVersion.Source.FILE_NAME, Optional.empty(), List.of())))
                .with(SectionKey.NVML, Section.absent("cannot load \"libnvidia-ml.so.1\""))
                .with(SectionKey.NODES, Section.of(new DeviceNodes(List.of(), List.of())))
                .with(SectionKey.HOOK, Section.of(new HookProgram(Optional.empty(), List.of("grün"))))
                .with(
                        SectionKey.ENGINES,
                        Section.of(new Engines(
                                List.of(new EngineProgram(
                                        "docker",
                                        "/usr/bin/dockerd",
                                        Optional.empty(),
                                        Optional.of(new VersionFailure(
                                                VersionFailure.Reason.NO_ANSWER, "no answer in 2 seconds")),
                                        Optional.of(true),
                                        Optional.empty(),
                                        List.of("/etc/cdi"),
                                        Optional.empty())),
                                List.of(),
                                Optional.empty())))
                .with(
                        SectionKey.CDI,
                        Section.of(new CdiFacts(
                                Optional.empty(),
                                Optional.of("/run/user/1000"),
                                List.of(new CdiDirectory(
                                        "/etc/cdi",
                                        true,
                                        false,
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(new CdiFile(
                                                "a.yaml",
                                                Optional.empty(),
                                                Optional.of("/etc/cdi/a.yaml"),
                                                OptionalLong.of(1_795_168_800),
                                                Optional.of(FileContent.of("kind: a/b\n".getBytes(UTF_8))))))),
                                List.of(new PathFact("/dev/x", PathFact.Kind.DANGLING_LINK, true, Optional.empty())),
                                List.of())))
                .with(
                        SectionKey.ENVIRONMENT,
                        Section.of(new HostEnvironment(
                                HostEnvironment.Selinux.OFF,
                                Optional.empty(),
                                false,
                                List.of(new DeviceMajor("nvidia-uvm", 510)),
                                OptionalLong.of(1_795_168_801),
                                Optional.of(new RefreshUnits(
                                        true,
                                        false,
                                        List.of(new RefreshUnit(
                                                "gpu-cdi-refresh.service",
                                                List.of("/usr/lib/systemd/system/gpu-cdi-refresh.service"),
                                                false,
                                                true,
                                                false,
                                                Optional.of(new UnitRun("exit-code", "exited", "5")))))))));
        assertThat(SnapshotTexts.text(snapshot)).isEqualTo("""
                        {
                          "schemaVersion": "1.0",
                          "options": {
                            "driverRoot": "/",
                            "devRoot": "/run/nvidia",
                            "librarySearchPaths": [
                              "/usr/lib64",
                              "/opt/lib"
                            ]
                          },
                          "platform": {
                            "architecture": "x86_64"
                          },
                          "driver": {
                            "version": "550.54.15",
                            "source": "file-name"
                          },
                          "nvml": {
                            "absent": "cannot load \\"libnvidia-ml.so.1\\""
                          },
                          "nodes": {},
                          "hook": {
                            "rejected": [
                              "grün"
                            ]
                          },
                          "engines": {
                            "engines": [
                              {
                                "engine": "docker",
                                "path": "/usr/bin/dockerd",
                                "failure": {
                                  "reason": "no-answer",
                                  "text": "no answer in 2 seconds"
                                },
                                "cdiEnabled": true,
                                "specDirectories": [
                                  "/etc/cdi"
                                ]
                              }
                            ]
                          },
                          "cdi": {
                            "runtimeDir": "/run/user/1000",
                            "directories": [
                              {
                                "path": "/etc/cdi",
                                "present": true,
                                "link": false,
                                "files": [
                                  {
                                    "name": "a.yaml",
                                    "closedAt": "/etc/cdi/a.yaml",
                                    "modified": 1795168800,
                                    "content": {
                                      "encoding": "text",
                                      "lines": [
                                        "kind: a/b",
                                        ""
                                      ]
                                    }
                                  }
                                ]
                              }
                            ],
                            "paths": [
                              {
                                "path": "/dev/x",
                                "kind": "dangling-link",
                                "link": true
                              }
                            ]
                          },
                          "environment": {
                            "selinux": "off",
                            "cdiRefresh": false,
                            "majors": [
                              {
                                "name": "nvidia-uvm",
                                "major": 510
                              }
                            ],
                            "driverChanged": 1795168801,
                            "refresh": {
                              "systemdRuns": true,
                              "deletedAtBoot": false,
                              "units": [
                                {
                                  "name": "gpu-cdi-refresh.service",
                                  "files": [
                                    "/usr/lib/systemd/system/gpu-cdi-refresh.service"
                                  ],
                                  "masked": false,
                                  "enabled": true,
                                  "active": false,
                                  "lastRun": {
                                    "result": "exit-code",
                                    "code": "exited",
                                    "status": "5"
                                  }
                                }
                              ]
                            }
                          }
                        }
                        """.replace("{ }", "{}"));
    }

    @Test
    void readsTheLeast() throws SnapshotFormatException {
        assertThat(SnapshotTexts.read(SnapshotTexts.LEAST))
                .isEqualTo(HostSnapshot.of(ProbeOptions.DEFAULT, new Platform("x86_64", "")));
    }

    @Test
    void ignoresUnknownMembersOfAnyType() throws SnapshotFormatException {
        String unknown = "\"new\": {\"a\": [null, 1.5e3, 1e999999999, true, {\"b\": \"\"}]}, ";
        String text = SnapshotTexts.text(RandomSnapshots.complete(7));
        String extended = text.replace("{\n", "{" + unknown);
        assertThat(extended.length()).isGreaterThan(text.length() + 20 * unknown.length());
        assertThat(SnapshotTexts.read(extended)).isEqualTo(RandomSnapshots.complete(7));
    }

    @Test
    void readsALaterMinorVersion() throws SnapshotFormatException {
        assertThat(SnapshotTexts.read(SnapshotTexts.LEAST.replace("1.0", "1.17")))
                .isEqualTo(SnapshotTexts.read(SnapshotTexts.LEAST));
    }

    @Test
    void writesNoTextThatItRefuses() throws SnapshotFormatException {
        HostSnapshot least = SnapshotTexts.read(SnapshotTexts.LEAST);
        HostSnapshot odd = HostSnapshot.of(least.options(), new Platform("x86_64", "6.1\n\u202E\uD800"))
                .with(SectionKey.DRIVER, Section.absent("a".repeat(4095) + "\uD83D\uDE00"));
        HostSnapshot read = SnapshotTexts.read(SnapshotTexts.write(odd));
        assertThat(read.platform().kernelRelease()).isEqualTo("6.1\uFFFD\uFFFD\uFFFD");
        assertThat(read.get(SectionKey.DRIVER)).isEqualTo(Section.absent("a".repeat(4095)));
    }

    @Test
    void passesOnWhatTheStreamsThrow() {
        HostSnapshot snapshot = RandomSnapshots.complete(1);
        IOException full = new IOException("full");
        assertThatThrownBy(() -> SnapshotJson.write(snapshot, new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw full;
                    }
                }))
                .isSameAs(full);
        assertThatThrownBy(() -> SnapshotJson.read(new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw full;
                    }
                }))
                .isSameAs(full);
    }

    @Test
    void leavesStreamsOpen() throws Exception {
        boolean[] closed = {false, false};
        SnapshotJson.write(RandomSnapshots.any(1), new OutputStream() {
            @Override
            public void write(int b) {}

            @Override
            public void close() {
                closed[0] = true;
            }
        });
        byte[] bytes = SnapshotTexts.LEAST.getBytes(StandardCharsets.UTF_8);
        SnapshotJson.read(new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                closed[1] = true;
            }
        });
        assertThat(closed).containsExactly(false, false);
    }
}
