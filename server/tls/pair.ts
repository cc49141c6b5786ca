/** A certificate and its private key, as files of the data folder that only the hub's own user can read. */
import { createPrivateKey, X509Certificate } from "node:crypto";

const SECRET = 0o600; // the owner alone

export interface Pair {
  readonly certificate: string; // PEM
  readonly key: string; // PEM, PKCS #8
}

/** The pair `NAME.pem` and `NAME-key.pem`; undefined where there is none, or one that is cut short or does not belong together. */
export function readPair(folder: string, name: string): Pair | undefined {
  try {
    const certificate = Deno.readTextFileSync(`${folder}/${name}.pem`);
    const key = Deno.readTextFileSync(`${folder}/${name}-key.pem`);
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)) ? { certificate, key } : undefined;
  } catch (cause) {
    if (cause instanceof Deno.errors.PermissionDenied || cause instanceof Deno.errors.NotCapable) throw cause;
    return undefined;
  }
}

/** Each file is whole or as it was before, whenever the power goes. */
export function keepPair(folder: string, name: string, { certificate, key }: Pair): void {
  keep(`${folder}/${name}-key.pem`, key, SECRET);
  keep(`${folder}/${name}.pem`, certificate, SECRET);
}

/** From when and until when a certificate is good, in ms. */
export function validity({ certificate }: Pair): { from: number; until: number } {
  const { validFrom, validTo } = new X509Certificate(certificate);
  return { from: Date.parse(validFrom), until: Date.parse(validTo) };
}

function keep(path: string, text: string, mode: number): void {
  const fresh = `${path}.new`;
  Deno.writeTextFileSync(fresh, text, { mode });
  if (Deno.build.os !== "windows") Deno.chmodSync(fresh, mode); // the file may have been there, and the mode is for new ones
  Deno.renameSync(fresh, path);
}
