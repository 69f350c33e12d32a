/** Who can work: agents, what they can do, and how well each suits a request. */
@NullMarked
package dev.millrace.apps.crew.agents;

import org.jspecify.annotations.NullMarked;
