/**
 * The one safe expression language of gates, rules, KPI formulas and alert conditions. What an
 * expression is about is not here: each part declares the names that its expressions may read.
 */
@NullMarked
package dev.millrace.expression;

import org.jspecify.annotations.NullMarked;
