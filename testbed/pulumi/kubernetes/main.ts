import { serveProvider } from "../provider/serve.ts";
import { KubernetesPlugin } from "./plugin.ts";

void serveProvider(new KubernetesPlugin());
