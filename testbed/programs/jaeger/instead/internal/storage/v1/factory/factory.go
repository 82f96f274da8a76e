// Package factory has this in the place of Jaeger's internal/storage/v1/factory, of which the query reads one type: the rest
// brings every kind of storage along.
package factory

import "github.com/jaegertracing/jaeger/internal/storage/v1/api/spanstore"

// ArchiveStorage is where traces are kept for good; nothing here makes one.
type ArchiveStorage struct {
	Reader spanstore.Reader
	Writer spanstore.Writer
}
