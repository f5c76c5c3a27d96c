package io.github.gpucdi.e2e.gpu;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What {@code nvidia-smi} tells.
 *
 * @param versions as {@link JsonGpus} names them
 * @param gpus all of them, in the driver's order, with what {@link JsonGpus} names as far as this {@code nvidia-smi} tells it
 */
record Smi(Map<String, String> versions, List<GpuFacts> gpus) {
    /** The UUID of a GPU or MIG device in a line of {@code nvidia-smi -L}. */
    private static final Pattern LISTED = Pattern.compile("\\(UUID: ((?:GPU|MIG)-[^)]*)\\)");

    private static final Pattern LISTED_MIG = Pattern.compile("^ +MIG (\\S+) +Device +\\d+: \\(UUID: (MIG-[^)]*)\\)$");

    static Smi of(Evidence evidence) {
        Map<String, String> capabilities = new TreeMap<>();
        for (String line : evidence.lines("nvidia-smi.csv")) {
            String[] words = line.split(", *");
            capabilities.put(words[0], words[words.length - 1]);
        }
        Map<String, List<String>> listed = listed(evidence.lines("nvidia-smi.list"));
        Element log = parse(evidence.text("nvidia-smi.xml")).getDocumentElement();
        Map<String, String> versions = new TreeMap<>();
        put(versions, "driver", value(log, "driver_version"));
        put(versions, "CUDA", value(log, "cuda_version"));
        List<GpuFacts> gpus = new ArrayList<>();
        for (Element gpu : elements(log, "gpu")) {
            String uuid = value(gpu, "uuid").orElseThrow();
            gpus.add(of(
                    gpu, uuid, capabilities.getOrDefault(uuid, GpuFacts.NONE), listed.getOrDefault(uuid, List.of())));
        }
        return new Smi(versions, gpus);
    }

    /** The UUIDs in what {@code nvidia-smi -L} printed, among other lines. */
    static List<String> uuids(String listing) {
        return LISTED.matcher(listing).results().map(found -> found.group(1)).toList();
    }

    private static GpuFacts of(Element gpu, String uuid, String capability, List<String> listed) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("compute capability", capability);
        put(facts, "name", value(gpu, "product_name"));
        put(facts, "serial", value(gpu, "serial"));
        put(facts, "minor", value(gpu, "minor_number"));
        put(facts, "PCI", value(gpu, "pci", "pci_bus_id").map(GpuFacts::pci));
        put(facts, "MiB", value(gpu, "fb_memory_usage", "total").map(size -> size.replace(" MiB", "")));
        put(facts, "architecture", value(gpu, "product_architecture").map(name -> name.split(" ")[0]));
        put(facts, "addressing", value(gpu, "addressing_mode"));
        put(facts, "persistence", value(gpu, "persistence_mode"));
        put(facts, "display", value(gpu, "display_active").map(word -> word.equals("Yes") ? "Enabled" : word));
        put(facts, "MIG", value(gpu, "mig_mode", "current_mig"));
        put(facts, "MIG to come", value(gpu, "mig_mode", "pending_mig"));
        List<GpuFacts.Mig> migs = new ArrayList<>();
        for (Element mig : elements(gpu, "mig_devices").stream()
                .flatMap(parent -> elements(parent, "mig_device").stream())
                .toList()) {
            MatchResult line = LISTED_MIG
                    .matcher(migs.size() < listed.size() ? listed.get(migs.size()) : "")
                    .results()
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException("nvidia-smi -L lists other MIG devices than -q: " + listed));
            migs.add(new GpuFacts.Mig(
                    number(mig, "index"),
                    number(mig, "gpu_instance_id"),
                    number(mig, "compute_instance_id"),
                    line.group(1),
                    line.group(2)));
        }
        facts.put("MIG devices", migs.toString());
        return new GpuFacts(uuid, number(gpu, "minor_number"), facts, migs);
    }

    /** For each GPU's UUID the lines of its MIG devices. */
    private static Map<String, List<String>> listed(List<String> lines) {
        Map<String, List<String>> all = new TreeMap<>();
        List<String> current = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("GPU ")) {
                current = new ArrayList<>();
                all.put(uuids(line).get(0), current);
            } else {
                current.add(line);
            }
        }
        return all;
    }

    private static void put(Map<String, String> facts, String name, Optional<String> value) {
        value.ifPresent(text -> facts.put(name, text.equals("N/A") ? GpuFacts.NONE : text));
    }

    private static int number(Element parent, String name) {
        return Integer.parseInt(value(parent, name).orElseThrow());
    }

    private static Optional<String> value(Element parent, String... path) {
        Element at = parent;
        for (String name : path) {
            List<Element> found = elements(at, name);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            at = found.get(0);
        }
        return Optional.of(at.getTextContent().strip());
    }

    private static List<Element> elements(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList children = parent.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i) instanceof Element element
                    && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    /** Without the document type that it names: that file is nowhere. */
    private static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("nvidia-smi.xml: " + e.getMessage(), e);
        }
    }
}
