/** Workspaces: folder, branch and port that runs share. What lies in the folders is not managed. */
@NullMarked
package dev.millrace.apps.crew.workspaces;

import org.jspecify.annotations.NullMarked;
