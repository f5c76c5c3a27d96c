package io.github.gpucdi.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Maven's list of tools. Its plugins that read it fail when there is none, and then /usr/lib/jvm would not be asked. */
final class Toolchains {
    private Toolchains() {}

    /**
     * Where the JDK of a version lies.
     *
     * @param version as {@code provides} says it: also with more parts, and as the range that starts with it
     */
    static Optional<String> jdk(Path file, String version) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String wanted = "normalize-space(provides/version)";
        String toolchain = "/toolchains/toolchain[normalize-space(type)='jdk' and (" + wanted + "='" + version
                + "' or starts-with(" + wanted + ",'" + version + ".') or starts-with(" + wanted + ",'[" + version
                + ",'))]/configuration/jdkHome";
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // Else it writes to standard error what is thrown, too.
            builder.setErrorHandler(null);
            Document document = builder.parse(file.toFile());
            String home = XPathFactory.newInstance()
                    .newXPath()
                    .evaluate(toolchain, document)
                    .strip();
            return home.isEmpty() ? Optional.empty() : Optional.of(home);
        } catch (ParserConfigurationException | XPathExpressionException e) {
            throw new IllegalStateException("every JDK has it", e);
        } catch (SAXException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
