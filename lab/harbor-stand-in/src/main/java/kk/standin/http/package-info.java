@NullMarked
package kk.standin.http;

import org.jspecify.annotations.NullMarked;
