import { everythingV1, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/ */
export const ingressTls: Scenario = {
  id: "ingress-tls",
  description: "The page is at https://secure.bookinfo.localhost too, and http leads there",
  task: "https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/",
  traffic: {
    ...everythingV1,
    productpage: rules({
      subsets: { v1: {} },
      routes: [{ to: { v1: 100 } }],
      exposure: {
        hosts: ["secure.bookinfo.localhost"],
        tls: { mode: "SIMPLE", credentialName: "bookinfo-credential" },
      },
    }),
  },
  needs: "the Secret bookinfo-credential in istio-ingress, with a certificate for secure.bookinfo.localhost",
};
