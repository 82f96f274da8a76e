// CoreDNS with the few plugins that the testbed's Corefile names: a fraction of the whole program's build time.
package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/hosts"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/reload"
	_ "github.com/coredns/coredns/plugin/template"
)

// Plugins run in this order, whatever the Corefile says: template answers only what nobody else knows.
func init() {
	dnsserver.Directives = []string{"reload", "health", "ready", "errors", "cache", "hosts", "kubernetes", "template"}
}

func main() { coremain.Run() }
