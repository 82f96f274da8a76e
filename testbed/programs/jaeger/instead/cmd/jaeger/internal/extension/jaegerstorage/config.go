// Package jaegerstorage has this and extension.go in the place of Jaeger's own: the two kinds of storage that the project
// configures, memory and Badger.
package jaegerstorage

import (
	"go.opentelemetry.io/collector/confmap"

	badgerconfig "github.com/jaegertracing/jaeger/internal/storage/v1/badger"
	memoryconfig "github.com/jaegertracing/jaeger/internal/storage/v1/memory"
)

// Config is the section jaeger_storage.
type Config struct {
	Backends map[string]Backend `mapstructure:"backends"`
}

// Backend is one storage: exactly one of its fields is set.
type Backend struct {
	Memory *memoryconfig.Configuration `mapstructure:"memory"`
	Badger *badgerconfig.Config        `mapstructure:"badger"`
}

// Unmarshal gives Badger its defaults, which the configuration then changes.
func (b *Backend) Unmarshal(conf *confmap.Conf) error {
	if conf.IsSet("badger") {
		b.Badger = badgerconfig.DefaultConfig()
	}
	return conf.Unmarshal(b)
}
