/** What the program tells of itself: help, man pages, completion, all from the model that parses the command line. */
package io.github.gpucdi.help;
