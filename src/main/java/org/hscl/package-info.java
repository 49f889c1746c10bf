/** The facade that a notebook imports first. */
@org.jspecify.annotations.NullMarked
package org.hscl;
