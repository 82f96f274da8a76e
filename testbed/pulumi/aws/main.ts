import { serveProvider } from "../provider/serve";
import { AwsPlugin } from "./plugin";

void serveProvider(new AwsPlugin());
