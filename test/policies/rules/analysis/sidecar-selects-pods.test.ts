import { sidecarSelectsPods } from "../../../../policies/rules/analysis/sidecar-selects-pods";
import { describeRule } from "../../describeRule";
import { anObject, pods } from "./objects";

const selecting = (labels: object) => anObject("Sidecar", "own", { workloadSelector: { labels: labels } });
const cart = { app: "cart", version: "v1" };

describeRule(sidecarSelectsPods, {
  open: false,
  accepts: {
    "labels of pods": [selecting({ app: "cart" }), pods(cart)],
    "no labels": [selecting({}), pods(cart)],
    "any, where no pods are declared": [selecting({ app: "cart" })],
  },
  refuses: {
    "labels of no pods": [[selecting({ app: "kart" }), pods(cart)], "0 spec.workloadSelector.labels"],
    "one label too many": [[selecting({ app: "cart", version: "v2" }), pods(cart)], "0 spec.workloadSelector.labels"],
    "labels of pods elsewhere": [[selecting({ app: "cart" }), pods(cart, "other")], "0 spec.workloadSelector.labels"],
  },
});
