/** What both text forms of a spec hold to: which characters may stand in them. */
package io.github.gpucdi.cdi.text;
