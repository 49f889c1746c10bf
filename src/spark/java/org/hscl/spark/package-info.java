/**
 * What outgrows one machine, on Apache Spark: pictures of a lake scored into Parquet files, and grids as tasks. Read
 * {@link org.hscl.spark.LakeScoring} first. Built by the Maven profile {@code spark} only.
 */
@NullMarked
package org.hscl.spark;

import org.jspecify.annotations.NullMarked;
