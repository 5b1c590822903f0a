@NullMarked
package kk.standin.core;

import org.jspecify.annotations.NullMarked;
