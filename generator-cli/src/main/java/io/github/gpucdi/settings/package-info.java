/** Our configuration file: which files are read, what each key of them sets, and what is wrong with them. */
package io.github.gpucdi.settings;
