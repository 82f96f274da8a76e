// Package main stands in the place of Jaeger's cmd/jaeger/main.go: the server alone, without the commands around it.
package main

import (
	"log"

	"github.com/jaegertracing/jaeger/cmd/jaeger/internal"
)

func main() {
	if err := internal.Command().Execute(); err != nil {
		log.Fatal(err)
	}
}
