package io.github.gpucdi.packaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.OrganizationalEntity;
import org.cyclonedx.model.Property;

/** The bill of materials: what of others is inside, and under which licence. */
record Bill(Release release, Jdk25 jdk, Tree tree) {
    static final String NAME = Installation.DOCUMENTS + "/gpu-cdi.cdx.json";
    /** Of each component: the directory with its licence's text, beside the bill. */
    static final String LICENCES = "gpu-cdi:licences";

    private static final String APP = Installation.HOME + "/app/";
    private static final String NATIVE = Installation.HOME + "/native/";
    private static final String APACHE = "Apache-2.0";
    private static final String JNA = "jna-jpms";
    private static final String OWN_GROUP = "io.github.gpucdi";
    private static final String MAIN_JAR = "gpu-cdi.jar";
    private static final String JACKSON = "tools.jackson.";
    /** All are under the Apache licence, or may be used under it. Another jar has to be looked at first. */
    private static final Map<String, String> GROUPS = Map.of(
            "cdi-core",
            OWN_GROUP,
            "nvml-bindings",
            OWN_GROUP,
            "jackson-annotations",
            "com.fasterxml.jackson.core",
            "jackson-core",
            JACKSON + "core",
            "jackson-databind",
            JACKSON + "core",
            "jackson-dataformat-toml",
            JACKSON + "dataformat",
            "jackson-dataformat-yaml",
            JACKSON + "dataformat",
            JNA,
            "net.java.dev.jna",
            "picocli",
            "info.picocli",
            "snakeyaml-engine",
            "org.snakeyaml");

    /** @param glibc the C library, if it is inside */
    String json(Optional<Glibc> glibc) throws IOException {
        Bom bom = new Bom();
        Metadata metadata = new Metadata();
        metadata.setTimestamp(Date.from(release.time()));
        Component program = library("generator-cli", OWN_GROUP, release.version(), APP + MAIN_JAR, "/.");
        program.setType(Component.Type.APPLICATION);
        metadata.setComponent(program);
        bom.setMetadata(metadata);
        List<Component> components = new ArrayList<>();
        for (String name : tree.files()) {
            if (name.startsWith(APP) && !name.endsWith("/" + MAIN_JAR)) {
                components.add(jar(name));
            } else if (name.startsWith(NATIVE)) {
                components.add(nativePart(name, components));
            }
        }
        components.add(openjdk());
        // Linked into JNA's native part, which does not tell the version.
        components.add(component("libffi", "", "MIT", Installation.LICENCES + "libffi"));
        glibc.ifPresent(library -> components.add(
                component("glibc", library.version(), "LGPL-2.1-or-later", Installation.LICENCES + "glibc")));
        bom.setComponents(components);
        try {
            return BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString() + "\n";
        } catch (GeneratorException e) {
            throw new IOException("there is no bill of materials", e);
        }
    }

    private Component jar(String path) throws IOException {
        String file = path.substring(APP.length(), path.length() - ".jar".length());
        for (Map.Entry<String, String> known : GROUPS.entrySet()) {
            String artifact = known.getKey();
            if (file.matches(artifact + "-[0-9].*")) {
                String version = file.substring(artifact.length() + 1);
                return library(artifact, known.getValue(), version, path, "/licences/" + file);
            }
        }
        throw new IllegalStateException(
                "the bill of materials does not know " + file + ".jar: see GROUPS in Bill.java");
    }

    private Component library(String artifact, String group, String version, String path, String licences)
            throws IOException {
        Component library = component(artifact, version, APACHE, Installation.DOCUMENTS + licences);
        library.setGroup(group);
        library.setPurl("pkg:maven/" + group + "/" + artifact + "@" + version);
        library.addHash(new Hash(Hash.Algorithm.SHA_256, Checksums.sha256(tree.path(path))));
        return library;
    }

    /** Unpacked from JNA's jar, which is listed before. */
    private Component nativePart(String path, List<Component> jars) throws IOException {
        Component jna = jars.stream()
                .filter(jar -> jar.getName().equals(JNA))
                .findFirst()
                .orElseThrow();
        Component part = component(
                path.substring(NATIVE.length()),
                jna.getVersion(),
                APACHE,
                Installation.LICENCES + JNA + "-" + jna.getVersion());
        part.setPurl(jna.getPurl() + "#com/sun/jna/" + release.architecture().jnaDirectory());
        part.addHash(new Hash(Hash.Algorithm.SHA_256, Checksums.sha256(tree.path(path))));
        return part;
    }

    private Component openjdk() throws IOException {
        Component openjdk = component(
                "openjdk",
                jdk.says("JAVA_RUNTIME_VERSION"),
                "GPL-2.0-with-classpath-exception",
                Installation.LICENCES + "openjdk");
        OrganizationalEntity vendor = new OrganizationalEntity();
        vendor.setName(jdk.says("IMPLEMENTOR"));
        openjdk.setSupplier(vendor);
        return openjdk;
    }

    private static Component component(String name, String version, String licence, String licences) {
        Component component = new Component();
        component.setType(Component.Type.LIBRARY);
        component.setName(name);
        if (!version.isEmpty()) {
            component.setVersion(version);
        }
        License license = new License();
        license.setId(licence);
        LicenseChoice choice = new LicenseChoice();
        choice.addLicense(license);
        component.setLicenses(choice);
        Property directory = new Property();
        directory.setName(LICENCES);
        directory.setValue(licences.substring(Installation.DOCUMENTS.length()).replaceFirst("^/", ""));
        component.addProperty(directory);
        return component;
    }
}
