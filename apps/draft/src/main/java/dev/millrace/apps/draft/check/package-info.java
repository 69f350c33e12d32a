/**
 * The checker of finished drafts. It trusts nothing: it reads the files again and knows neither the
 * recipe nor the code that wrote them.
 */
@NullMarked
package dev.millrace.apps.draft.check;

import org.jspecify.annotations.NullMarked;
