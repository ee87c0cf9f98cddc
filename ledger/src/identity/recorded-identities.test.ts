import { expect } from 'chai';
import { readEndorserTransaction, readEnvelope } from '../block/index.js';
import { concatBytes } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import {
  applyConfigEnvelope,
  channelConfigOf,
  isConfigBlock,
  readConfigTransaction,
} from '../config/index.js';
import { HeaderType } from '../proto/index.js';
import { recordedChain } from '../testing/recorded-chain.js';
import type { ChannelConfig } from '../config/index.js';
import type { RawBlock } from '../block/index.js';

/** Calls `visit` with every endorser transaction that can be read, and the configuration in force at its block. */
function walk(
  blocks: readonly RawBlock[],
  visit: (place: string, envelope: Uint8Array, config: ChannelConfig) => void,
): void {
  let config = channelConfigOf(blocks[0]!);
  for (const block of blocks) {
    for (const [i, envelope] of block.envelopes.entries())
      visit(`${block.header.number}/${i}`, envelope, config);
    if (block.header.number === 0 || !isConfigBlock(block)) continue;
    config = applyConfigEnvelope(config, readConfigTransaction(block.envelopes[0]!).configEnvelope);
  }
}

describe('identities of the recorded chain', function () {
  this.timeout(60_000);

  it('have signed every envelope as their creators, all valid', function () {
    const { blocks } = recordedChain(this);
    const algorithms = new Map<string, number>();
    let checked = 0;
    walk(blocks, (place, bytes, config) => {
      const { envelope, channelHeader, signatureHeader } = readEnvelope(bytes);
      if (channelHeader?.type !== HeaderType.ENDORSER_TRANSACTION) return;
      const creator = config.msps.deserializeIdentity(signatureHeader!.creator);
      creator.validate();
      expect(creator.verify(envelope!.payload, envelope!.signature), place).to.be.true;
      const { algorithm } = creator.certificate.publicKey;
      algorithms.set(algorithm, (algorithms.get(algorithm) ?? 0) + 1);
      checked++;
    });
    expect(checked).to.equal(288);
    expect(Object.fromEntries(algorithms)).to.deep.equal({ ECDSA: 284, Ed25519: 4 });
  });

  it('have endorsed as the scenario says: wrong, high-S, unknown, client and revoked ones are found', function () {
    const { blocks } = recordedChain(this);
    const bad = new Map<string, string[]>();
    let good = 0;
    walk(blocks, (place, bytes, config) => {
      const { channelHeader, payload } = readEnvelope(bytes);
      if (channelHeader?.type !== HeaderType.ENDORSER_TRANSACTION) return;
      let transaction;
      try {
        transaction = readEndorserTransaction(payload!.data);
      } catch (error) {
        expect(error, place).to.be.instanceOf(LedgerError);
        return;
      }
      for (const { endorser, signature } of transaction.endorsements) {
        const identity = config.msps.findIdentity(endorser);
        const message = concatBytes(transaction.responsePayloadBytes, endorser);
        let fault: string | undefined;
        if (identity === undefined) fault = 'unknown';
        else if (!identity.verify(message, signature)) fault = 'signature';
        else if (!identity.isValid) fault = 'invalid';
        else if (identity.role !== 'peer') fault = identity.role ?? 'none';
        if (fault === undefined) good++;
        else bad.set(place, [...(bad.get(place) ?? []), fault]);
      }
    });
    expect(Object.fromEntries(bad)).to.deep.equal({
      '71/1': ['client'],
      '71/2': ['signature'],
      '71/3': ['signature'],
      '71/5': ['unknown'],
      '71/6': ['invalid'],
      '71/7': ['orderer'],
      '72/0': ['signature'],
      '72/1': ['unknown'],
      '149/0': ['invalid'],
      '150/0': ['invalid'],
    });
    expect(good).to.equal(743);
  });
});
