@NullMarked
package kk.standin;

import org.jspecify.annotations.NullMarked;
