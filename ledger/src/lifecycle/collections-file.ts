import { LedgerError } from '../errors.js';
import { buildSignaturePolicy, parsePolicy } from '../policy/index.js';
import type { ApplicationPolicy, SignaturePolicyEnvelope, StaticCollectionConfig } from '../proto/index.js';

/** What Fabric's command line takes where a file does not say how many peers hold a value at once. */
const DEFAULT_REQUIRED_PEERS = 0;
const DEFAULT_MAXIMUM_PEERS = 1;

const MEMBERS = new Set([
  'name',
  'policy',
  'requiredPeerCount',
  'maxPeerCount',
  'blockToLive',
  'memberOnlyRead',
  'memberOnlyWrite',
  'endorsementPolicy',
]);

/**
 * Reads the private collections of a definition from the JSON that `peer lifecycle chaincode … --collections-config` takes: a
 * list of `{name, policy, requiredPeerCount?, maxPeerCount?, blockToLive?, memberOnlyRead?, memberOnlyWrite?,
 * endorsementPolicy?: {signaturePolicy} | {channelConfigPolicy}}`, policies in Fabric's language
 * (internal/peer/chaincode/common.go). A member of another name, which Fabric's program would pass over, is refused here.
 *
 * @throws LedgerError INVALID_COLLECTIONS, INVALID_POLICY
 */
export function parseCollections(text: string): readonly StaticCollectionConfig[] {
  const list = parsed(text);
  if (!Array.isArray(list)) throw invalid('it is not a list');
  return list.map((item: unknown, index) => readCollection(new Fields(item, `/${index}`)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

function readCollection(fields: Fields): StaticCollectionConfig {
  fields.only(MEMBERS);
  const endorsement = fields.has('endorsementPolicy') ? endorsementPolicy(fields) : undefined;
  return {
    name: fields.text('name'),
    memberOrgsPolicy: { signaturePolicy: policyOf(fields.text('policy')) },
    requiredPeerCount: fields.count('requiredPeerCount', DEFAULT_REQUIRED_PEERS),
    maximumPeerCount: fields.count('maxPeerCount', DEFAULT_MAXIMUM_PEERS),
    blockToLive: fields.count('blockToLive', 0),
    memberOnlyRead: fields.flag('memberOnlyRead'),
    memberOnlyWrite: fields.flag('memberOnlyWrite'),
    ...(endorsement !== undefined && { endorsementPolicy: endorsement }),
  };
}

/** Who must endorse a write to the collection: said by a policy of its own, or by one of the channel's. */
function endorsementPolicy(fields: Fields): ApplicationPolicy {
  const inner = fields.inner('endorsementPolicy');
  inner.only(new Set(['signaturePolicy', 'channelConfigPolicy']));
  if (inner.has('signaturePolicy') === inner.has('channelConfigPolicy'))
    throw inner.fail('names either a signaturePolicy or a channelConfigPolicy');
  if (inner.has('signaturePolicy')) return { signaturePolicy: policyOf(inner.text('signaturePolicy')) };
  return { channelConfigPolicyReference: inner.text('channelConfigPolicy') };
}

function policyOf(text: string): SignaturePolicyEnvelope {
  return buildSignaturePolicy(parsePolicy(text));
}

/** The members of one JSON object, each read as what it has to be. */
class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #pointer: string;

  constructor(value: unknown, pointer: string) {
    this.#pointer = pointer;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.fail('is not an object');
    this.#values = value as Readonly<Record<string, unknown>>;
  }

  only(names: ReadonlySet<string>): void {
    const stranger = Object.keys(this.#values).find((name) => !names.has(name));
    if (stranger !== undefined) throw this.fail(`has a member ${stranger}, which nobody reads`);
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  inner(name: string): Fields {
    return new Fields(this.#values[name], `${this.#pointer}/${name}`);
  }

  text(name: string): string {
    const value = this.#values[name];
    if (typeof value === 'string') return value;
    throw this.fail(`needs a text`, name);
  }

  count(name: string, otherwise: number): number {
    const value = this.#values[name] ?? otherwise;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    throw this.fail('needs a whole number', name);
  }

  flag(name: string): boolean {
    const value = this.#values[name] ?? false;
    if (typeof value === 'boolean') return value;
    throw this.fail('needs true or false', name);
  }

  fail(why: string, name?: string): LedgerError {
    return invalid(`${this.#pointer}${name === undefined ? '' : `/${name}`} ${why}`);
  }
}

function invalid(why: string): LedgerError {
  return new LedgerError('INVALID_COLLECTIONS', `no list of private collections: ${why}`);
}
