/**
 * The compared methods, one short file each, behind one interface: a {@link org.hscl.baseline.Method} learns from the same
 * {@link org.hscl.scenario.Split} as HSCL and gives the same kind of score, so that a table compares methods and nothing else.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.baseline;
