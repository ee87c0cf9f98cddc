import { concatBytes, encode } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { serializeIdentity } from '../identity/index.js';
import {
  BatchSize,
  ConfigUpdate,
  ConfigUpdateEnvelope,
  HeaderType,
  SignatureHeader,
} from '../proto/index.js';
import { signer } from './certificates.js';
import { admins, envelopeOf, sizes } from './test-channel.js';
import type { Encodable } from '../codec/index.js';

/** An update of the test channel's /Channel/Orderer/BatchSize, signed by admins. */
export function batchSizeUpdate(
  signers: readonly string[],
  { version = 1, readVersion = 0, channelId = 'ch', modPolicy = 'Admins' } = {},
): Uint8Array {
  const orderer = (values: ReadonlyMap<string, { version: number; value: Uint8Array; modPolicy: string }>) =>
    new Map([['Orderer', { version: readVersion, values }]]);
  const value = { version, value: encode(BatchSize, sizes(99)), modPolicy };
  return updateEnvelope(signers, {
    channelId,
    readSet: { groups: orderer(new Map()) },
    writeSet: { groups: orderer(new Map([['BatchSize', value]])) },
  });
}

/** Any update, signed by admins. */
export function updateEnvelope(signers: readonly string[], update: Encodable<ConfigUpdate>): Uint8Array {
  const configUpdate = encode(ConfigUpdate, update);
  const signatures = signers.map((name) => {
    const { pem, key } = admins[name]!;
    const signatureHeader = encode(SignatureHeader, { creator: serializeIdentity(name, pem) });
    return { signatureHeader, signature: signer(key)(concatBytes(signatureHeader, configUpdate)) };
  });
  return envelopeOf(HeaderType.CONFIG_UPDATE, encode(ConfigUpdateEnvelope, { configUpdate, signatures }));
}

/** The code and sentence with which the ledger refuses, or `accepted`. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof LedgerError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}
