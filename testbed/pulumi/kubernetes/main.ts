import { serveProvider } from "../provider/serve";
import { KubernetesPlugin } from "./plugin";

void serveProvider(new KubernetesPlugin());
