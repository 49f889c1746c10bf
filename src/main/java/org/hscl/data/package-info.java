/**
 * Images with labels: one in-memory type, {@link org.hscl.data.ImageSet}, and a reader for each file format.
 * {@link org.hscl.data.DataSets} lists the sets, {@link org.hscl.data.DataFolder} says where their files lie and whether
 * absent ones may be downloaded, {@link org.hscl.data.OwnImages} reads one's own pictures.
 */
@org.jspecify.annotations.NullMarked
package org.hscl.data;
