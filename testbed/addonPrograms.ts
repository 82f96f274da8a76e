// The tools beside the mesh whose programs are built for the testbed, by the name of their group in `programs/`: what a build
// needs to know. The others have a placeholder there.
export const addonPrograms = {
  // Its storages and receivers for Kafka, Elasticsearch, Cassandra and ClickHouse are two thirds of what it consists of.
  jaeger: { instead: "github.com/jaegertracing/jaeger", expected: "about 2 min beside others" },
  "oauth2-proxy": { expected: "about 30 s" },
  // It finds what to scrape in Kubernetes alone: two dozen clouds need not be compiled.
  prometheus: { tags: ["remove_all_sd", "enable_kubernetes_sd"], expected: "about 1 min beside others" },
} as const;
