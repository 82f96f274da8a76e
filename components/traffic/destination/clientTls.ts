import * as field from "../../../lib/schema/fields.ts";

/**
 * How a client's proxy encrypts what it sends.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings
 */
export interface ClientTlsArgs {
  /**
   * `ISTIO_MUTUAL` with the mesh's own certificates, `SIMPLE` as a browser does, `MUTUAL` with a certificate of the
   * client, `DISABLE` not at all. Without `tls`, Istio chooses by itself what the pod understands.
   */
  readonly mode: "DISABLE" | "SIMPLE" | "MUTUAL" | "ISTIO_MUTUAL";

  /**
   * Secret with the client's certificate, in the namespace of the gateway that uses it; sidecars read files instead.
   * @default - none
   */
  readonly credentialName?: string;

  /**
   * Path of a file in the proxy's container.
   * @default - none; `MUTUAL` needs it, or `credentialName`
   */
  readonly clientCertificate?: string;
  /**
   * Path of a file in the proxy's container.
   * @default - none; `MUTUAL` needs it, or `credentialName`
   */
  readonly privateKey?: string;
  /**
   * Path of a file in the proxy's container.
   * @default - the authorities that the operating system trusts
   */
  readonly caCertificates?: string;

  /**
   * Names of which the server's certificate must have one.
   * @default - the host
   */
  readonly subjectAltNames?: readonly string[];

  /**
   * Name that the client asks for when it opens the connection.
   * @default - the host
   */
  readonly sni?: string;

  /**
   * Whether any certificate of the server will do. Do not, outside of a test.
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

const FILES = ["clientCertificate", "privateKey", "caCertificates"] as const;

export const clientTls = field
  .section({
    mode: field.oneOf(["DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"]),
    credentialName: field.dnsLabel.exactOptional(),
    clientCertificate: field.containerPath.exactOptional(),
    privateKey: field.containerPath.exactOptional(),
    caCertificates: field.containerPath.exactOptional(),
    subjectAltNames: field.subjectAltNames.exactOptional(),
    sni: field.host.exactOptional(),
    insecureSkipVerify: field.flag.exactOptional(),
  })
  .superRefine(({ mode, ...others }, context) => {
    const issue = (path: string, message: string) => {
      context.addIssue({ code: "custom", path: [path], message });
    };
    if (mode === "DISABLE" || mode === "ISTIO_MUTUAL") {
      // The server's name is what tells egress gateways one host from another.
      const allowed = mode === "ISTIO_MUTUAL" ? ["sni", "subjectAltNames"] : [];
      for (const name of Object.keys(others).filter((key) => !allowed.includes(key))) {
        issue(name, `has no place in the mode ${mode}: leave it out`);
      }
      return;
    }
    const files = FILES.filter((name) => others[name] !== undefined);
    if (others.credentialName !== undefined) {
      for (const name of files) issue(name, "has no place beside credentialName: leave one of them out");
    } else if (mode === "MUTUAL") {
      for (const name of FILES.slice(0, 2).filter((file) => others[file] === undefined)) {
        issue(name, "is missing: MUTUAL needs a certificate and its key, or credentialName");
      }
    }
    if (others.insecureSkipVerify === true) {
      for (const name of ["caCertificates", "subjectAltNames"] as const) {
        if (others[name] !== undefined) issue(name, "has no effect beside insecureSkipVerify: leave one of them out");
      }
    }
  }, field.always);
