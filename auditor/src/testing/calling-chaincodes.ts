import {
  CHAINCODE_SOURCES,
  commitDefinition,
  encode,
  fieldKey,
  implicitCollection,
  LIFECYCLE_NAMESPACE,
  readDefinition,
  RwsetBuilder,
  sequenceKey,
  StateData,
  utf8,
} from '@passage/ledger';
import { generateChain, type GeneratedChain, type Kind } from '@passage/ledger/generator';
import { replay } from '../replay.js';
import { Packages } from '../rerun/packages.js';
import { sha256 } from '../rerun/sha256.js';
import { sourceOf } from './block-source.js';
import { nodeKey } from './node-key.js';
import type { ChaincodeDefinition } from '@passage/ledger';
import type { PackageFile } from '../rerun/package-file.js';
import type { ReplayReport } from '../report.js';

const VALID = 0;

/** A call of `outer`, as its endorsers have signed it. */
export interface Signed {
  readonly args: readonly string[];
  /** Namespace and key of what was read besides the definition of `outer`, those of other chaincodes by `sequenceKey`. */
  readonly reads?: readonly (readonly [namespace: string, key: string])[];
  readonly writes?: readonly (readonly [namespace: string, key: string, value: string])[];
  readonly answer?: string;
  readonly event?: { readonly name: string; readonly payload: string };
}

/** `outer` calls what it is told to, and answers what that answers; an error of its peer it takes for an answer. */
const OUTER = `
import { Shim } from 'fabric-shim';
export default {
  async Init() { return Shim.success(Buffer.alloc(0)); },
  async Invoke(stub) {
    const { fcn, params: [target, ...args] } = stub.getFunctionAndParameters();
    const [chaincode, channel] = target.split('@');
    await stub.putState('calls', Buffer.from(fcn));
    stub.setEvent('outer', Buffer.from(fcn));
    try {
      const { status, message, payload } = await stub.invokeChaincode(chaincode, args, channel ?? stub.getChannelID());
      return Shim.success(status === 200 ? Buffer.from(payload) : told(status + ' ' + message));
    } catch (error) {
      return Shim.success(told(error.message));
    }
    function told(text) { return Buffer.from(text.replaceAll(stub.getTxID(), 'TX')); }
  },
};`;

/** `inner` counts in the key it is told, and fails, dies, calls its caller or asks for an input afterwards where it is told that, too. */
const INNER = `
import { Shim } from 'fabric-shim';
export default {
  async Init() { return Shim.success(Buffer.alloc(0)); },
  async Invoke(stub) {
    const { fcn: key, params: [then] } = stub.getFunctionAndParameters();
    const count = Number(Buffer.from(await stub.getState(key)).toString() || '0') + 1;
    await stub.putState(key, Buffer.from(String(count)));
    stub.setEvent('inner', Buffer.from(key));
    if (then === 'fail') return Shim.error('E_ON_PURPOSE');
    if (then === 'secret') return Shim.success(Buffer.from(stub.getTransient().get('secret') ?? ''));
    if (then === 'die') throw new Error('nobody catches this');
    if (then !== 'back') return Shim.success(Buffer.from(String(count)));
    try {
      return await stub.invokeChaincode('outer', ['back', 'inner', key], stub.getChannelID());
    } catch (error) {
      return Shim.error(error.message);
    }
  },
};`;

function packageOf(name: string, code: string): PackageFile {
  const hash = Buffer.from(sha256(utf8(code))).toString('hex');
  const files = new Map([['src/index.mjs', utf8(code)]]);
  return { path: `${name}.tgz`, sha256: hash, packageId: `${name}:${hash}`, files };
}

/** The packages of both. */
export const OUTER_PACKAGE = packageOf('outer', OUTER);
export const INNER_PACKAGE = packageOf('inner', INNER);

/** What a definition has otherwise than the generator's; the id of the package by which an organisation has approved it. */
interface Defined extends Partial<ChaincodeDefinition> {
  readonly approvedAs?: string;
}

/** Defines a chaincode as the generator has defined its own, by a version that carries its package's SHA-256. */
const define = (name: string, { approvedAs, ...changes }: Defined): Kind => ({
  name: `define ${name}`,
  draft: (draft) => {
    const { consortium, state, chaincode } = draft.context;
    const definition = readDefinition(state, chaincode);
    if (definition === undefined) throw new Error('the generator defines its chaincode first');
    const results = new RwsetBuilder();
    const put = (key: string, value?: Uint8Array): void => {
      results.addWrite(LIFECYCLE_NAMESPACE, key, value);
    };
    commitDefinition({ get: () => undefined, put, delete: put }, name, { ...definition, ...changes });
    const [approver] = consortium.organizations;
    if (approvedAs !== undefined && approver !== undefined) {
      const key = fieldKey(CHAINCODE_SOURCES, `${name}#1`, 'PackageID');
      const collection = implicitCollection(approver.mspId);
      results.addPrivateWrite(
        LIFECYCLE_NAMESPACE,
        collection,
        key,
        encode(StateData, { string: approvedAs }),
      );
    }
    const endorsers = consortium.organizations.map(({ peer }) => peer);
    return {
      envelope: draft.transact('CommitChaincodeDefinition', results, {
        chaincode: LIFECYCLE_NAMESPACE,
        endorsers,
      }),
      code: VALID,
    };
  },
});

const call = ({ args, reads = [], writes = [], answer = '', event }: Signed): Kind => ({
  name: 'call',
  draft: (draft) => {
    const { state } = draft.context;
    const results = new RwsetBuilder();
    for (const [namespace, key] of [[LIFECYCLE_NAMESPACE, sequenceKey('outer')] as const, ...reads])
      results.addRead(namespace, key, state.get(namespace, key)?.version);
    for (const [namespace, key, value] of writes) results.addWrite(namespace, key, utf8(value));
    const envelope = draft.transact('call', results, {
      chaincode: 'outer',
      args: args.map(utf8),
      answer: utf8(answer),
      ...(event && { event: { ...event, payload: utf8(event.payload) } }),
    });
    return { envelope, code: VALID };
  },
});

/** Definitions of both that are not as they usually are. */
interface Definitions {
  readonly outer?: Defined;
  readonly inner?: Defined;
}

/** A chain on which `outer` and `inner` are defined by blocks 3 and 4, and `outer` is called from block 5 on, once a block. */
export function chainOfCalls(
  signed: readonly Signed[],
  { outer = {}, inner = {} }: Definitions = {},
): GeneratedChain {
  return generateChain({
    newKey: nodeKey,
    perBlock: 1,
    script: [
      define('outer', { version: `1-${OUTER_PACKAGE.sha256}`, ...outer }),
      define('inner', { version: `1-${INNER_PACKAGE.sha256}`, ...inner }),
      ...signed.map(call),
    ],
  });
}

/** Replays such a chain. */
export function replayCalls(
  signed: readonly Signed[],
  given: readonly PackageFile[] = [OUTER_PACKAGE, INNER_PACKAGE],
  definitions: Definitions = {},
): Promise<ReplayReport> {
  const chain = chainOfCalls(signed, definitions);
  return replay(sourceOf([...chain.blocks()].map(({ block }) => block)), {
    genesisHash: chain.genesisHash,
    all: true,
    rerun: { packages: new Packages(given) },
  });
}
