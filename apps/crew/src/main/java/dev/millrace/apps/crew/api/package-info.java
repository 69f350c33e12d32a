/** The application's endpoints. What they answer is worked out elsewhere. */
@NullMarked
package dev.millrace.apps.crew.api;

import org.jspecify.annotations.NullMarked;
