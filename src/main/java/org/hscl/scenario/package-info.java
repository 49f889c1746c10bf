/**
 * Who is labeled, who contaminates: the paper's three scenarios and one's own pictures, each turning image sets into a
 * {@link org.hscl.scenario.Split}.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.scenario;
