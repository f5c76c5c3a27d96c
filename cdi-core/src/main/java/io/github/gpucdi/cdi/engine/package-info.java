/** What each container engine reads. */
package io.github.gpucdi.cdi.engine;
