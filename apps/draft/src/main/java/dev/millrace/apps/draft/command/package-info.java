/** The commands of the application on the command line. They need no server. */
@NullMarked
package dev.millrace.apps.draft.command;

import org.jspecify.annotations.NullMarked;
