import { X509Certificate, createPrivateKey, webcrypto } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import type { Signer } from '../signing/signer.js';
import { webCryptoSigner } from '../signing/web-crypto-signer.js';
import { ActFailure, textIn } from './act-files.js';

/** A signer over a key and its certificate in PEM files. @throws ActFailure where they are not for each other, or no P-256 key */
export async function fileSigner(keyFile: string, certificateFile: string, mspId: string): Promise<Signer> {
  const certificate = textIn(certificateFile);
  const key = attempt(keyFile, 'no private key in PEM', () => createPrivateKey(textIn(keyFile)));
  const issued = attempt(certificateFile, 'no certificate in PEM', () => new X509Certificate(certificate));
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new ActFailure(`KEY_UNUSABLE: ${keyFile} holds no ECDSA key on P-256`, 2);
  }
  if (!issued.checkPrivateKey(key)) {
    throw new ActFailure(
      `KEY_UNUSABLE: ${certificateFile} was issued for another key than that in ${keyFile}`,
      2,
    );
  }
  return webCryptoSigner(await webKey(key), mspId, certificate);
}

/** The same key for the Web Cryptography API, which hands it to nobody again. */
function webKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const bytes = key.export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', bytes, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
}

function attempt<T>(file: string, otherwise: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ActFailure) throw error;
    throw new ActFailure(`${file} holds ${otherwise}`, 2);
  }
}
