/** Who signs the certificates of the mesh: one of the two. */
export type CaArgs =
  | {
      /** The control plane, by a certificate and key of one's own. */
      readonly secret: SigningCa;
    }
  | {
      /** cert-manager, by its agent istio-csr, which has to be there: so does whatever issues for it, such as AWS Private CA. */
      readonly certManager: ExternalCa;
    };

/**
 * An authority for the control plane, each part as PEM. It is proven before anything is created.
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export interface SigningCa {
  /** The certificate that signs those of the workloads: of an authority (`CA: true`), best one that a root signed for this mesh. */
  readonly certificate: string;

  /** Its private key, without a passphrase. Set it encrypted. */
  readonly key: string;

  /**
   * Authorities between the certificate and its root, in this order.
   * @default - none: a root has signed the certificate
   */
  readonly chain?: string;

  /**
   * The root of the mesh: what workloads trust. While a root is rotated, the old one and the new one.
   * @see docs/security.md
   */
  readonly root: string;
}

/**
 * @see https://cert-manager.io/docs/usage/istio-csr/
 */
export interface ExternalCa {
  /**
   * Host and port of istio-csr.
   * @default "cert-manager-istio-csr.cert-manager.svc:443"
   */
  readonly address?: string;
}

export const ISTIO_CSR = "cert-manager-istio-csr.cert-manager.svc:443";
