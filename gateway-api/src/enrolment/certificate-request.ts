import 'reflect-metadata';

import { webcrypto } from 'node:crypto';

import { Pkcs10CertificateRequestGenerator, PemConverter } from '@peculiar/x509';

// @peculiar/x509 is typed against the browser's Web Crypto, which Node's is at run time.
type Create = Parameters<typeof Pkcs10CertificateRequestGenerator.create>;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A new P-256 key (PKCS#8 PEM) and a PKCS#10 request (RFC 2986) for it with the subject `CN=<name>`. */
export async function newCertificateRequest(name: string): Promise<{ key: string; csr: string }> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create(
    { name: [{ CN: [name] }], keys: keys as Create[0]['keys'], signingAlgorithm: ALGORITHM },
    webcrypto as Create[1],
  );
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { key: PemConverter.encode(key, 'PRIVATE KEY'), csr: request.toString('pem') };
}
