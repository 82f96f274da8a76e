package jaegerstorage

import (
	"context"
	"errors"
	"fmt"
	"io"

	"go.opentelemetry.io/collector/component"

	"github.com/jaegertracing/jaeger/internal/metrics"
	"github.com/jaegertracing/jaeger/internal/storage/v1"
	"github.com/jaegertracing/jaeger/internal/storage/v2/api/tracestore"
	"github.com/jaegertracing/jaeger/internal/storage/v2/badger"
	"github.com/jaegertracing/jaeger/internal/storage/v2/memory"
	"github.com/jaegertracing/jaeger/internal/telemetry"
)

type storageExt struct {
	config    *Config
	settings  component.TelemetrySettings
	factories map[string]tracestore.Factory
}

func newStorageExt(config *Config, settings component.TelemetrySettings) *storageExt {
	return &storageExt{config, settings, map[string]tracestore.Factory{}}
}

// Start opens every storage.
func (s *storageExt) Start(_ context.Context, host component.Host) error {
	for name, backend := range s.config.Backends {
		factory, err := s.open(backend, host)
		if err != nil {
			return fmt.Errorf("the storage %s: %w", name, err)
		}
		s.factories[name] = factory
	}
	return nil
}

func (s *storageExt) open(backend Backend, host component.Host) (tracestore.Factory, error) {
	telset := telemetry.FromOtelComponent(s.settings, host)
	telset.Metrics = telset.Metrics.Namespace(metrics.NSOptions{Name: "jaeger_storage"})
	switch {
	case backend.Memory != nil:
		return memory.NewFactory(*backend.Memory, telset)
	case backend.Badger != nil:
		return badger.NewFactory(*backend.Badger, telset.Metrics, s.settings.Logger)
	default:
		return nil, errors.New("has neither memory nor badger; this build of Jaeger has no other kind")
	}
}

// Shutdown closes every storage, so that Badger's files are whole.
func (s *storageExt) Shutdown(context.Context) error {
	var failures []error
	for _, factory := range s.factories {
		if closer, ok := factory.(io.Closer); ok {
			failures = append(failures, closer.Close())
		}
	}
	return errors.Join(failures...)
}

// GetTraceStoreFactory finds a storage by its name.
func GetTraceStoreFactory(name string, host component.Host) (tracestore.Factory, error) {
	extension, ok := host.GetExtensions()[ID].(*storageExt)
	if !ok {
		return nil, fmt.Errorf("the extension %s is not configured, or comes later", ID)
	}
	factory, ok := extension.factories[name]
	if !ok {
		return nil, fmt.Errorf("%s has no storage %s", ID, name)
	}
	return factory, nil
}

// GetMetricStorageFactory is what the query asks for where it is to show metrics; this build has none.
func GetMetricStorageFactory(name string, _ component.Host) (storage.MetricStoreFactory, error) {
	return nil, fmt.Errorf("this build of Jaeger has no storage of metrics, such as %s", name)
}
