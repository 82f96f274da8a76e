import { serveProvider } from "../provider/serve.ts";
import { AwsPlugin } from "./plugin.ts";

void serveProvider(new AwsPlugin());
