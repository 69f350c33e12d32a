/** The contract of an application and the parts it receives. No application is here. */
@NullMarked
package dev.millrace.app;

import org.jspecify.annotations.NullMarked;
