package io.github.gpucdi.generate;

/** What becomes of an installed spec when the driver or every GPU is gone. */
public enum DriverLoss {
    KEEP,
    DELETE
}
