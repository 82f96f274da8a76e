/** Minor versions of Kubernetes 1 that a minor version of Istio 1 supports. */
interface Support {
  readonly istio: number;
  readonly from: number;
  /** Nothing where it is not published. */
  readonly to?: number;
}

/**
 * The newest first. Older ones are no longer maintained, whatever Kubernetes they run on.
 *
 * @see https://istio.io/latest/docs/releases/supported-releases/#support-status-of-istio-releases
 * @see https://github.com/istio/istio/blob/release-1.31/istioctl/pkg/install/k8sversion/version.go for 1.31
 */
const SUPPORT: readonly Support[] = [
  { istio: 31, from: 32 },
  { istio: 30, from: 32, to: 36 },
  { istio: 29, from: 31, to: 35 },
  { istio: 28, from: 30, to: 34 },
  { istio: 27, from: 29, to: 33 },
];

/** Minor version of `1.31.1`, `v1.31` or `1.31`. */
export function minorOf(version: string): number | undefined {
  const [, minor] = /^v?1\.(\d+)(?:\.|-|$)/.exec(version) ?? [];
  return minor === undefined ? undefined : Number(minor);
}

/** Whether it is known that they do not fit. */
export function isUnsupported(istio: number, kubernetes: number): boolean {
  const support = SUPPORT.find((row) => row.istio === istio);
  if (support === undefined) return istio < Math.min(...SUPPORT.map((row) => row.istio));
  return kubernetes < support.from || kubernetes > (support.to ?? Infinity);
}
