/**
 * The figures of the product and how they are taken: runs, medians, comparisons in the same run.
 * What is measured, and the peers it is measured against, stand in the packages below.
 */
@NullMarked
package dev.millrace.bench;

import org.jspecify.annotations.NullMarked;
