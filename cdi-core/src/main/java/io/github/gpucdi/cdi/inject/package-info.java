/** What a container gets: edits applied to an OCI runtime configuration. */
package io.github.gpucdi.cdi.inject;
