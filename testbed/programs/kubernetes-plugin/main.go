// The real Kubernetes plugin of Pulumi, built from its Go module, in the version of a release: the tests hold the stand-in to it.
// The schema and the mapping of names, which its own build embeds, are read from the files beside the program.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

func main() {
	program, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	beside := func(name string) []byte {
		contents, err := os.ReadFile(filepath.Join(filepath.Dir(program), name))
		if err != nil {
			log.Fatal(err)
		}
		return contents
	}
	provider.Serve("kubernetes", version.Version, beside("schema.json"), beside("terraform-mapping.json"))
}
