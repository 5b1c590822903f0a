@NullMarked
package kk.standin.prepare;

import org.jspecify.annotations.NullMarked;
