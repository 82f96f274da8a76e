// Nothing of the original is read.

package factory
