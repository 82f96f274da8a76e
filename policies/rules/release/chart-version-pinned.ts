import type { ObjectRule } from "../../engine/rule.ts";

/** A version in full; Helm reads anything shorter as a range. */
const EXACT = /^v?\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?$/;

/** A folder or an archive: its content is the version. A name without a leading dot is one of a repository to Helm. */
const LOCAL = /^(?:\.{0,2}\/|~\/)|\.tgz$/;

export const chartVersionPinned: ObjectRule = {
  id: "chart-version-pinned",
  title: "A Helm release from a repository pins the exact version of its chart.",
  rationale: "Otherwise the same program may install another version tomorrow, and clusters drift apart.",
  remediation: "Set the full version of the chart, such as 1.2.3.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: ["Release"],

  *check({ root }) {
    const chart = root.at("chart");
    const repository = root.at("repositoryOpts", "repo");
    const name = chart.string();
    // Without a repository, only a name with a slash or a scheme leads out of this machine.
    const local = name === undefined || LOCAL.test(name) || !name.includes("/");
    if (repository.isAbsent() && local) return;

    const version = root.at("version");
    const text = version.string();
    if (version.isAbsent() || (text !== undefined && !EXACT.test(text))) {
      yield {
        path: version.path,
        message: "set the full version, such as 1.2.3, or begin the path of a local chart with ./",
      };
    }
  },
};
