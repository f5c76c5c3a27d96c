package io.github.gpucdi.host;

/**
 * A major number that the kernel has given to a character device driver.
 *
 * @param name the driver's name, such as {@code nvidia-uvm}
 * @param major the number
 */
public record DeviceMajor(String name, long major) {}
