import { httpsRedirectOnHttp } from "../../../../policies/rules/validation/https-redirect-on-http";
import { testRule } from "./lib/testRule";
import { gateway } from "./lib/valid";

const https = "spec.servers[1]";

testRule(httpsRedirectOnHttp, [gateway, [["a redirect of HTTPS", { [`${https}.tls.httpsRedirect`]: true }]]]);
