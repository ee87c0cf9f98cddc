import { signEnvelope } from '../block/index.js';
import { decode, encode, utf8 } from '../codec/index.js';
import { ChannelHeader, Envelope, HeaderType, Payload, TxValidationCode } from '../proto/index.js';
import { RwsetBuilder } from '../rwset/index.js';
import { founderOf } from './consortium.js';
import { ITEMS, SHELF, shelfRange } from './kinds-valid.js';
import { poolKey } from './draft.js';
import type { BlockDraft, Drafted, Kind } from './draft.js';

const Code = TxValidationCode;
const GARBAGE = Uint8Array.of(0xff, 0xff, 0xff);

/** Endorsed by a client, who is nobody's peer. */
export const wrongEndorser: Kind = {
  name: 'wrong-endorser',
  draft: (draft) => {
    const endorsers = draft.context.consortium.organizations.map(({ client }) => client);
    return {
      envelope: draft.transact('put', anyWrite(draft), { endorsers }),
      code: Code.ENDORSEMENT_POLICY_FAILURE,
    };
  },
};

/** Read a shelf key before it was there. */
export const staleRead: Kind = {
  name: 'stale-read',
  draft: (draft) => {
    const results = anyWrite(draft);
    results.addRead(draft.context.chaincode, poolKey('shelf', draft.context.random.below(SHELF)), undefined);
    return { envelope: draft.transact('change', results), code: Code.MVCC_READ_CONFLICT };
  },
};

/** Ranged over the shelf before one of its keys was there, raw or as a summary. */
export const phantom: Kind = {
  name: 'phantom',
  draft: (draft) => {
    const { random } = draft.context;
    const length = random.below(2) === 0 ? 30 : 120;
    const results = anyWrite(draft);
    results.addRange(
      draft.context.chaincode,
      shelfRange(draft, length, poolKey('shelf', random.below(length))),
    );
    return { envelope: draft.transact('count', results), code: Code.PHANTOM_READ_CONFLICT };
  },
};

/** A valid transaction of an earlier block, sent again. */
export const duplicate: Kind = {
  name: 'duplicate',
  draft: (draft) => {
    const { committed, random } = draft.context;
    const envelope = committed[random.below(committed.length)];
    if (envelope === undefined) return wrongEndorser.draft(draft);
    return { envelope, code: Code.DUPLICATE_TXID };
  },
};

/** Sent by the client whose certificate the first organisation has revoked. */
export const revokedClient: Kind = {
  name: 'revoked-client',
  draft: (draft) => {
    const creator = founderOf(draft.context.consortium).formerClient;
    return {
      envelope: draft.transact('put', anyWrite(draft), { creator }),
      code: Code.BAD_CREATOR_SIGNATURE,
    };
  },
};

/** Something that is broken in one of many ways. Orderers accept it, and it stands in the chain for ever. */
export const malformed: Kind = {
  name: 'malformed',
  draft: (draft) => draft.context.random.weighted(MALFORMED.map((make) => [make, 1] as const))(draft),
};

const MALFORMED: readonly ((draft: BlockDraft) => Drafted)[] = [
  () => ({ envelope: encode(Envelope, { payload: GARBAGE }), code: Code.BAD_PAYLOAD }),
  (draft) => ({
    envelope: remade(draft, ({ data }) => ({ data })),
    code: Code.BAD_COMMON_HEADER,
  }),
  (draft) => ({
    envelope: withHeader(draft, { type: HeaderType.MESSAGE }),
    code: Code.BAD_COMMON_HEADER,
  }),
  (draft) => ({
    envelope: withHeader(draft, { channelId: 'elsewhere' }),
    code: Code.BAD_CREATOR_SIGNATURE,
  }),
  (draft) => ({ envelope: withHeader(draft, { txId: 'ab'.repeat(32) }), code: Code.BAD_PROPOSAL_TXID }),
  (draft) => ({
    envelope: withHeader(draft, { type: HeaderType.CONFIG_UPDATE }),
    code: Code.UNSUPPORTED_TX_PAYLOAD,
  }),
  (draft) => ({
    envelope: remade(draft, (payload) => ({ ...payload, data: GARBAGE })),
    code: Code.INVALID_ENDORSER_TRANSACTION,
  }),
  (draft) => ({
    envelope: draft.transact('put', anyWrite(draft), { results: GARBAGE }),
    code: Code.BAD_RWSET,
  }),
  (draft) => ({
    envelope: draft.transact('put', anyWrite(draft), { chaincode: 'nobody' }),
    code: Code.INVALID_CHAINCODE,
  }),
];

/** A transaction that the creator signed after one of its layers was spoilt. */
function remade(draft: BlockDraft, spoil: (payload: Payload) => Payload): Uint8Array {
  const { payload } = decode(Envelope, draft.transact('put', anyWrite(draft)));
  return signEnvelope(
    encode(Payload, spoil(decode(Payload, payload))),
    founderOf(draft.context.consortium).client.sign,
  );
}

function withHeader(draft: BlockDraft, changes: Partial<ChannelHeader>): Uint8Array {
  return remade(draft, (payload) => {
    const { channelHeader = GARBAGE, signatureHeader = GARBAGE } = payload.header ?? {};
    const changed = encode(ChannelHeader, { ...decode(ChannelHeader, channelHeader), ...changes });
    return { ...payload, header: { channelHeader: changed, signatureHeader } };
  });
}

/** A write that never happens, so that any key will do. */
function anyWrite({ context }: BlockDraft): RwsetBuilder {
  const results = new RwsetBuilder();
  results.addWrite(context.chaincode, poolKey('item', context.random.below(ITEMS)), utf8('never'));
  return results;
}
