/** The endpoints of the application and what they answer. */
@NullMarked
package dev.millrace.apps.draft.api;

import org.jspecify.annotations.NullMarked;
