import { decode, equalBytes } from '../codec/index.js';
import { recover } from '../errors.js';
import { serializeIdentity, type Identity } from '../identity/index.js';
import { IdentifierHeader, SerializedIdentity, type MetadataSignature } from '../proto/index.js';
import { readSignatureMetadata, signedData, signedHeader, type Signed } from './block-signatures.js';
import type { RawBlock } from '../block/index.js';
import type { ChannelConfig } from '../config/index.js';

/**
 * Why signatures on a block do not count by the configuration in force before it, one sentence for each of them, in their order.
 * Fabric asks none of this one by one: its policy is satisfied by enough of the others, or it is not.
 *
 * @throws LedgerError MALFORMED_BLOCK if the metadata cannot be read
 */
export function signatureFaults(block: RawBlock, config: ChannelConfig): readonly string[] {
  const { value, signatures } = readSignatureMetadata(block);
  const header = signedHeader(block);
  const counted = new Set<string>();
  return signatures.flatMap((signature) => {
    const signed = signedData(value, signature, header, config.consenters);
    const fault =
      signed === undefined ? 'the configuration has no such orderer' : faultOf(signed, config, counted);
    return fault === undefined ? [] : [`${nameOf(signature, signed)}: ${fault}`];
  });
}

/** Who a signature says that it is of. */
function nameOf({ identifierHeader }: MetadataSignature, signed: Signed | undefined): string {
  if (signed === undefined || signed.consenterId !== undefined)
    return `orderer ${decode(IdentifierHeader, identifierHeader).identifier}`;
  return recover(
    () => `somebody of ${decode(SerializedIdentity, signed.data.identity).mspid}`,
    () => 'somebody',
  );
}

/** @param counted ids of those whose signature was found good before; it gets this one's. */
function faultOf({ data }: Signed, config: ChannelConfig, counted: Set<string>): string | undefined {
  const identity = recover<Identity, string>(
    () => config.msps.deserializeIdentity(data.identity),
    ({ message }) => `the certificate is not valid: ${message}`,
  );
  if (typeof identity === 'string') return identity;
  const invalid = recover<undefined, string>(
    () => {
      identity.validate();
      return undefined;
    },
    ({ message }) => `the certificate is not valid: ${message}`,
  );
  if (invalid !== undefined) return invalid;
  if (!isConsenter(identity, config)) return 'the certificate is none of an orderer of the configuration';
  if (!identity.verify(data.message, data.signature)) return 'the signature is wrong';
  if (counted.has(identity.id)) return 'it has signed already';
  counted.add(identity.id);
  return undefined;
}

/** Whether the configuration names this very certificate as an orderer's; without a list of them, anybody may be one. */
function isConsenter({ certificate }: Identity, { consenters, msps }: ChannelConfig): boolean {
  if (consenters.length === 0) return true;
  return consenters.some(({ mspId, identity }) => {
    const named = msps.findIdentity(serializeIdentity(mspId, identity));
    return named !== undefined && equalBytes(named.certificate.raw, certificate.raw);
  });
}
