/**
 * What a media file is, found out from its bytes, and stand-ins for files that cannot be had.
 * Nothing here trusts a file's name or the type that a server gave it.
 */
@NullMarked
package dev.millrace.apps.draft.media;

import org.jspecify.annotations.NullMarked;
