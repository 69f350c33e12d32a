/**
 * Plans that are run: a plan becomes a workflow of tasks, whose run is looked at and steered here.
 * Nothing here keeps how a run stands; that is the workflow's.
 */
@NullMarked
package dev.millrace.apps.crew.runs;

import org.jspecify.annotations.NullMarked;
