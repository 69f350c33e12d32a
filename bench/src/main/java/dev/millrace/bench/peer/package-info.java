/**
 * Other job queues, driven through their own public interfaces, each in its own default durability
 * with the settings its documentation gives for speed. Nothing here is part of the product.
 */
@NullMarked
package dev.millrace.bench.peer;

import org.jspecify.annotations.NullMarked;
