import { randomBytes } from 'node:crypto';

import { gateway } from '@hyperledger/fabric-protos';
import {
  RwsetBuilder,
  buildProposal,
  buildResponsePayload,
  buildTransactionPayload,
  serializeIdentity,
} from '@passage/ledger';

import type { EndorsedElsewhere, OwnKeyLedger } from '../fabric/ports.js';
import { certifiedParty, readProposal } from '../own-key/messages.js';
import type { FakeLedger, FakeTransaction } from './fake-ledger.js';

const NAMES = { channelId: 'test', chaincode: 'passage' };

type ProposalInput = Parameters<typeof buildProposal>[0];
type Writes = FakeTransaction['writes'];

/** What a dishonest gateway or peer makes of the messages, in tests. */
export interface Tampering {
  readonly proposal?: (input: ProposalInput) => ProposalInput;
  readonly writes?: (writes: Writes) => Writes;
  readonly answer?: (answer: string) => string;
}

/** The fake ledger for keys held elsewhere: the messages to sign are real ones, the endorsers' signatures are not. */
export class FakeOwnKeyLedger implements OwnKeyLedger {
  readonly #ledger: FakeLedger;
  constructor(ledger: FakeLedger) {
    this.#ledger = ledger;
  }

  propose: OwnKeyLedger['propose'] = (command, json, { mspId, cert }, transientMap) => {
    const input = {
      ...NAMES,
      args: [Buffer.from(command), Buffer.from(json)],
      timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
      creator: serializeIdentity(mspId, Buffer.from(cert)),
      nonce: randomBytes(24),
      transientMap,
    };
    return buildProposal(this.#ledger.tampering.proposal?.(input) ?? input).proposal;
  };

  async endorse(proposed: Uint8Array): Promise<EndorsedElsewhere> {
    await Promise.resolve();
    const signed = gateway.ProposedTransaction.deserializeBinary(proposed).getProposal();
    const bytes = signed?.getProposalBytes_asU8() ?? new Uint8Array();
    const { command, argument, mspId, certificate, transactionId } = readProposal(bytes);
    const { party, role } = certifiedParty(certificate);
    const caller = {
      mspId,
      admin: false,
      keyHeldBy: 'party',
      ...(party !== undefined && { partyId: party }),
      ...(role !== undefined && { role }),
    } as const;
    const { transaction, response } = this.#ledger.simulate(command, argument, caller, transactionId);
    this.#ledger.signedElsewhere.set(transactionId, transaction);
    const rwset = new RwsetBuilder();
    const writes = this.#ledger.tampering.writes?.(transaction.writes) ?? transaction.writes;
    for (const [key, value] of writes) rwset.addWrite(NAMES.chaincode, key, Buffer.from(value));
    const answer = this.#ledger.tampering.answer?.(response) ?? response;
    const payload = buildResponsePayload(bytes, {
      results: rwset.build().publicBytes,
      response: { status: 200, payload: Buffer.from(answer) },
      chaincodeId: { name: NAMES.chaincode },
    });
    const endorsement = { endorser: Buffer.from('a peer'), signature: Buffer.from('its word') };
    return { result: response, payload: buildTransactionPayload(bytes, payload, [endorsement]) };
  }
}
