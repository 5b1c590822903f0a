@NullMarked
package kk.standin.service;

import org.jspecify.annotations.NullMarked;
