import { httpsRedirectOnHttp } from "../../../../policies/rules/gateway/https-redirect-on-http";
import { testRule } from "../../testRule";
import { gateway } from "../../valid";

const https = "spec.servers[1]";

testRule(httpsRedirectOnHttp, [gateway, [["a redirect of HTTPS", { [`${https}.tls.httpsRedirect`]: true }]]]);
