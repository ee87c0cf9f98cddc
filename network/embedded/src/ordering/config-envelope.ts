import { createHash, randomBytes } from 'node:crypto';

import {
  applyConfigEnvelope,
  ChannelHeader,
  ConfigEnvelope,
  encode,
  Envelope,
  equalBytes,
  HeaderType,
  LedgerError,
  Payload,
  proposeConfigUpdate,
  readConfigTransaction,
  recover,
  signEnvelope,
  SignatureHeader,
  validSigners,
  type ChannelConfig,
} from '@passage/ledger';

import type { Signer } from '../network.js';

const BLOCK_VALIDATION = '/Channel/Orderer/BlockValidation';

/**
 * What the configuration becomes by an update, checked as whoever loads it would check it
 * (F:orderer/common/multichannel/chainsupport.go, ProposeConfigUpdate).
 *
 * @param update common.Envelope bytes of type CONFIG_UPDATE, in canonical form
 * @throws LedgerError with Fabric's sentence
 */
export function proposeConfiguration(
  update: Uint8Array,
  current: ChannelConfig,
  orderers: readonly Signer[],
): ConfigEnvelope {
  const proposed = proposeConfigUpdate(current, update);
  const next = recover(
    () => applyConfigEnvelope(current, proposed),
    ({ code, message }) => {
      throw new LedgerError(code, `initializing channelconfig failed: ${message}`);
    },
  );
  refuseStrangers(next, orderers);
  return proposed;
}

/** The envelope that an orderer makes of a configuration and signs: it has no transaction id (protoutil, MakeChannelHeader). */
export function signConfiguration(
  configuration: ConfigEnvelope,
  channelId: string,
  orderer: Signer,
  now: Date,
): Uint8Array {
  const channelHeader = encode(ChannelHeader, {
    type: HeaderType.CONFIG,
    timestamp: { seconds: Math.floor(now.getTime() / 1000), nanos: 0 },
    channelId,
  });
  const signatureHeader = encode(SignatureHeader, {
    creator: orderer.serialized,
    nonce: randomBytes(24),
  });
  const data = encode(ConfigEnvelope, configuration);
  const payload = encode(Payload, { header: { channelHeader, signatureHeader }, data });
  return signEnvelope(payload, (bytes) => orderer.sign(bytes));
}

/** The id by which SmartBFT tells updates apart: the hash of the update itself (F:orderer/consensus/smartbft/util.go). */
export function configRequestId(update: Uint8Array): string {
  return createHash('sha256').update(update).digest('hex');
}

/** Whether a CONFIG envelope that was made under an earlier configuration still follows from the one in force. */
export function stillFollows(envelope: Uint8Array, current: ChannelConfig): boolean {
  return recover(
    () => {
      applyConfigEnvelope(current, readConfigTransaction(envelope).configEnvelope);
      return true;
    },
    () => false,
  );
}

/**
 * Every consenter of this network signs with a key that it holds. Fabric would take a configuration with others, and they would
 * sign from then on; here nobody could, so it is refused.
 *
 * @param orderers the keys: that of consenter n stands at n - 1
 */
function refuseStrangers(
  { consenters, msps, policies, consensusType }: ChannelConfig,
  orderers: readonly Signer[],
): void {
  const own = consenters.flatMap(({ id, mspId, identity }) => {
    const orderer = orderers[id - 1];
    if (orderer?.mspId !== mspId) return [];
    return equalBytes(identity, Buffer.from(orderer.certificatePem)) ? [orderer] : [];
  });
  const isOurs = consensusType.type === 'BFT' && own.length === consenters.length;
  const probe = encode(Envelope, {});
  const signers = validSigners(
    own.map((orderer) => ({
      identity: orderer.serialized,
      message: probe,
      signature: orderer.sign(probe),
    })),
    msps,
  );
  if (isOurs && policies.find(BLOCK_VALIDATION)?.isSatisfiedBy(signers) === true) return;
  throw new LedgerError(
    'INVALID_CONFIG',
    'consensus metadata update for channel config update is invalid: the embedded network has no key of such an orderer',
  );
}
