/** Images with labels: one in-memory type, {@link org.hscl.data.ImageSet}, and a reader for each file format. */
@org.jspecify.annotations.NullMarked
package org.hscl.data;
