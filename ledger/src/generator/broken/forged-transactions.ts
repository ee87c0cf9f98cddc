import { signEnvelope } from '../../block/index.js';
import { decode, encode, utf8 } from '../../codec/index.js';
import { channelConfigOf, isConfigBlock } from '../../config/index.js';
import {
  ChaincodeActionPayload,
  Envelope,
  Payload,
  ProposalResponsePayload,
  Transaction,
  ChaincodeAction,
  TxValidationCode,
} from '../../proto/index.js';
import { RwsetBuilder } from '../../rwset/index.js';
import { batchSizeChange, updateConfig } from '../config-updates.js';
import { founderOf } from '../consortium.js';
import { defineChaincode, endorsersOf } from '../definition.js';
import { transact } from '../transact.js';
import { highS } from './bytes.js';
import { CHAINCODE } from './forge.js';
import { differs } from './mutation.js';
import type { Check } from '../../chain/index.js';
import type { Invocation } from '../transact.js';
import type { Forge } from './forge.js';
import type { Broken, Mutation } from './mutation.js';

// What orderers and a peer can do who conspire: the block is in order, and the peer says that the transaction is valid.

/** The block that gets a transaction too many, or another one for all of its own. */
const BLOCK = 7;
const TIME = { seconds: 1_767_225_607, nanos: 0 };

export const FORGED_TRANSACTIONS: readonly Mutation[] = [
  {
    name: 'stranger-sends',
    what: 'The client’s certificate was issued by a CA that no organisation knows.',
    break: (forge) =>
      added(
        forge,
        transaction(forge, { creator: forge.consortium.stranger }),
        badCreator("the creator's certificate is not valid: no chain leads"),
      ),
  },
  {
    name: 'revoked-client-sends',
    what: 'The client’s certificate was revoked two blocks before.',
    break: (forge) =>
      added(
        forge,
        transaction(forge, { creator: founderOf(forge.consortium).formerClient }),
        badCreator("the creator's certificate is not valid: the certificate has been revoked"),
      ),
  },
  {
    name: 'high-s-of-client',
    what: 'The client’s signature has the high S, so that the same transaction can be given other bytes.',
    break: (forge: Forge): Broken => {
      const { payload, signature } = decode(Envelope, transaction(forge));
      return added(
        forge,
        encode(Envelope, { payload, signature: highS(signature) }),
        badCreator("the creator's signature is wrong"),
      );
    },
  },
  {
    name: 'high-s-of-endorser',
    what: 'One of the two endorsements has the high S.',
    break: (forge: Forge): Broken => {
      const [one, ...others] = endorsersOf(forge.consortium);
      const careless = one && { ...one, sign: (message: Uint8Array) => highS(one.sign(message)) };
      return added(
        forge,
        transaction(forge, { endorsers: [...(careless ? [careless] : []), ...others] }),
        unsatisfied('PortMSP.peer'),
      );
    },
  },
  {
    name: 'one-signer-twice',
    what: 'A policy of two organisations is to be satisfied by one peer that endorsed twice.',
    break: (forge: Forge): Broken => {
      const { peer } = founderOf(forge.consortium);
      return added(forge, transaction(forge, { endorsers: [peer, peer] }), unsatisfied('CustomsMSP.peer'));
    },
  },
  {
    name: 'stranger-endorses',
    what: 'One of the two endorsers has a certificate by a CA that no organisation knows.',
    break: (forge: Forge): Broken => {
      const { peer } = founderOf(forge.consortium);
      return added(
        forge,
        transaction(forge, { endorsers: [peer, forge.consortium.stranger] }),
        unsatisfied('CustomsMSP.peer'),
      );
    },
  },
  {
    name: 'guarded-key-by-two',
    what: 'A key whose own policy asks for every organisation is written with two endorsements.',
    break: (forge: Forge): Broken => {
      const { key } = forge.writeOf(forge.find('key-policy'));
      return added(
        forge,
        transaction(forge, { results: writes(key) }),
        unsatisfied('CustomsMSP.peer, PortMSP.peer'),
      );
    },
  },
  {
    name: 'write-set-exchanged',
    what: 'The client writes something else than what was endorsed, and signs it.',
    break: (forge) =>
      added(forge, withResults(forge, writes('item/forged')), unsatisfied('no valid endorsement')),
  },
  {
    name: 'definition-by-one',
    what: 'A new definition of the chaincode is endorsed by one organisation instead of a majority.',
    break: (forge: Forge): Broken => {
      const { consortium, random } = forge;
      const alone = { ...consortium, organizations: [founderOf(consortium)] };
      return added(
        forge,
        defineChaincode(alone, CHAINCODE, TIME, random.bytes(24)),
        unsatisfied('CustomsMSP.peer'),
      );
    },
  },
  {
    name: 'update-without-authority',
    what: 'A configuration update carries the signature of one admin instead of a majority’s.',
    break: (forge: Forge): Broken => {
      const { consortium, random } = forge;
      const current = forge.blocks.findLast((block) => block.header.number < BLOCK && isConfigBlock(block));
      const config = channelConfigOf(current ?? forge.block(0));
      const signers = [founderOf(consortium).admin];
      const update = { consortium, config, signers, timestamp: TIME, nonce: random.bytes(24) };
      const envelope = updateConfig(update, batchSizeChange(config));
      return {
        blocks: forge.reordered(BLOCK, [envelope], undefined, VALID),
        verdict: differs({ block: BLOCK, transaction: 0 }, 'form', 'expected INVALID_CONFIG_TRANSACTION'),
      };
    },
  },
];

const VALID = Uint8Array.of(TxValidationCode.VALID);

/** What is due: the check, and the code with the beginning of its reason. */
type Due = readonly [check: Check, because: string];

const badCreator = (reason: string): Due => [
  'creator-signature',
  `expected BAD_CREATOR_SIGNATURE (${reason}`,
];
const unsatisfied = (signers: string): Due => [
  'endorsement-policy',
  `the policy is not satisfied by ${signers}), found VALID`,
];

/** The transaction behind the others of the block, said to be valid. */
function added(forge: Forge, envelope: Uint8Array, [check, because]: Due): Broken {
  const { envelopes } = forge.block(BLOCK);
  const place = { block: BLOCK, transaction: envelopes.length };
  return {
    blocks: forge.reordered(BLOCK, [...envelopes, envelope]),
    verdict: differs(place, check, because),
  };
}

/** A transaction that would be valid but for the changes. */
function transaction({ consortium, random }: Forge, changes: Partial<Invocation> = {}): Uint8Array {
  return transact({
    channel: consortium.channel,
    chaincode: CHAINCODE,
    args: [utf8('put')],
    results: writes('item/forged'),
    creator: founderOf(consortium).client,
    endorsers: endorsersOf(consortium),
    nonce: random.bytes(24),
    timestamp: TIME,
    ...changes,
  });
}

function writes(key: string): Uint8Array {
  const results = new RwsetBuilder();
  results.addWrite(CHAINCODE, key, utf8('forged'));
  return results.build().publicBytes;
}

/** A sound transaction whose endorsed write set is exchanged after the endorsers signed. */
function withResults(forge: Forge, results: Uint8Array): Uint8Array {
  const { client } = founderOf(forge.consortium);
  const payload = decode(
    Payload,
    decode(Envelope, transaction(forge, { results: writes('item/agreed') })).payload,
  );
  const [action] = decode(Transaction, payload.data).actions;
  const body = decode(ChaincodeActionPayload, action?.payload ?? NOTHING);
  const response = decode(ProposalResponsePayload, body.action?.proposalResponsePayload ?? NOTHING);
  const extension = encode(ChaincodeAction, { ...decode(ChaincodeAction, response.extension), results });
  const proposalResponsePayload = encode(ProposalResponsePayload, { ...response, extension });
  const changed = encode(ChaincodeActionPayload, {
    ...body,
    action: { ...body.action, proposalResponsePayload },
  });
  const data = encode(Transaction, { actions: [{ header: action?.header, payload: changed }] });
  return signEnvelope(encode(Payload, { ...payload, data }), client.sign);
}

const NOTHING = new Uint8Array();
