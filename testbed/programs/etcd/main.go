// etcd's server module carries replace directives, so `go install` refuses it; its entry point can be called all the same.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
