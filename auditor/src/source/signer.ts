import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { encode, SerializedIdentity, toLowS } from '@passage/ledger';
import { AuditError, messageOf } from '../errors.js';

/** Who asks a peer for its blocks. */
export interface Signer {
  /** Serialized msp.SerializedIdentity. */
  readonly creator: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/**
 * Reads a certificate and its private key (PEM; P-256 or Ed25519).
 *
 * @throws AuditError PROFILE_UNUSABLE if a file is not there or not what it should be.
 */
export function readSigner(mspId: string, certificatePath: string, keyPath: string): Signer {
  const certificate = readPem(certificatePath, 'certificate');
  const pem = readPem(keyPath, 'private key');
  try {
    const key = createPrivateKey(pem);
    const isEcdsa = key.asymmetricKeyType === 'ec';
    return {
      creator: encode(SerializedIdentity, { mspid: mspId, idBytes: certificate }),
      // Fabric takes ECDSA signatures with the low S only; OpenSSL makes either.
      sign: (message) => (isEcdsa ? toLowS(sign('sha256', message, key), 'P-256') : sign(null, message, key)),
    };
  } catch (error) {
    throw new AuditError(
      'PROFILE_UNUSABLE',
      `${keyPath} is no private key in PEM: give --org another organisation`,
      {
        cause: error,
      },
    );
  }
}

/** A file that the profile names. */
export function readPem(path: string, what: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new AuditError(
      'PROFILE_UNUSABLE',
      `the ${what} ${path} cannot be read (${messageOf(error)}): start the network with ./test-network.sh up`,
      { cause: error },
    );
  }
}
