import { httpsRedirectOnHttp } from "../../../../policies/rules/gateway/https-redirect-on-http.ts";
import { testRule } from "../../testRule.ts";
import { gateway } from "../../valid.ts";

const https = "spec.servers[1]";

testRule(httpsRedirectOnHttp, [gateway, [["a redirect of HTTPS", { [`${https}.tls.httpsRedirect`]: true }]]]);
