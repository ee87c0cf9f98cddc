import 'reflect-metadata';

import { webcrypto } from 'node:crypto';

import { PemConverter, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A new P-256 key (PKCS#8 PEM) and a PKCS#10 request (RFC 2986) for it with the subject `CN=<name>, O=<organization>`. */
export async function certificateRequest(
  name: string,
  organization: string,
): Promise<{ readonly key: string; readonly csr: string }> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create(
    {
      name: [{ CN: [name] }, { O: [organization] }],
      keys,
      signingAlgorithm: ALGORITHM,
    },
    webcrypto,
  );
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { key: PemConverter.encode(key, 'PRIVATE KEY'), csr: request.toString('pem') };
}
