import {
  compileSignaturePolicy,
  equalBytes,
  encode,
  readPrincipal,
  StaticCollectionConfig,
  type ChaincodeDefinition,
  type MspManager,
  type SignaturePolicy,
} from '@passage/ledger';

const CHAINCODE_NAME = /^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/;
const VERSION = /^[A-Za-z0-9_.+-]+$/;
const COLLECTION_NAME = /^[A-Za-z0-9-]+([A-Za-z0-9_-]+)*$/;
const SYSTEM_CHAINCODES = ['cscc', 'escc', 'lscc', 'qscc', 'vscc'];

/**
 * Refuses what no peer approves or commits, in Fabric's words (F:core/chaincode/lifecycle/scc.go, validateInput).
 *
 * @param committed the definition in force, whose collections may be added to but not taken away
 * @throws Error
 */
export function checkDefinition(
  name: string,
  { version, collections }: ChaincodeDefinition,
  msps: MspManager,
  committed: ChaincodeDefinition | undefined,
): void {
  const only = "can only consist of alphanumerics, '_', and '-'";
  if (!CHAINCODE_NAME.test(name))
    throw invalid(`invalid chaincode name '${name}'. Names ${only} and can only begin with alphanumerics`);
  if (SYSTEM_CHAINCODES.includes(name))
    throw invalid(`chaincode name '${name}' is the name of a system chaincode`);
  if (!VERSION.test(version)) {
    const allowed = "Versions can only consist of alphanumerics, '_', '-', '+', and '.'";
    throw invalid(`invalid chaincode version '${version}'. ${allowed}`);
  }
  const names = new Set<string>();
  for (const collection of collections) {
    const { name: called } = collection;
    if (!COLLECTION_NAME.test(called))
      throw invalid(`invalid collection name '${called}'. Names ${only} and cannot begin with '_'`);
    if (names.has(called))
      throw invalid(`collection-name: ${called} -- found duplicate in collection configuration`);
    names.add(called);
    checkCollection(collection, msps);
  }
  if (committed !== undefined) checkKeepsCollections(collections, committed.collections);
}

function checkCollection(collection: StaticCollectionConfig, msps: MspManager): void {
  const { name, requiredPeerCount, maximumPeerCount, memberOrgsPolicy } = collection;
  if (maximumPeerCount < requiredPeerCount) {
    const counts = `maximum peer count (${maximumPeerCount}) cannot be less than the required peer count (${requiredPeerCount})`;
    throw invalid(`collection-name: ${name} -- ${counts}`);
  }
  if (requiredPeerCount < 0) {
    const count = `requiredPeerCount (${requiredPeerCount}) cannot be less than zero`;
    throw invalid(`collection-name: ${name} -- ${count}`);
  }
  if (memberOrgsPolicy === undefined)
    throw invalid(`collection member policy is not set for collection '${name}'`);
  const { signaturePolicy } = memberOrgsPolicy;
  if (signaturePolicy === undefined)
    throw invalid(`collection member org policy is empty for collection '${name}'`);
  compileSignaturePolicy(signaturePolicy);
  checkIsAnyOf(name, signaturePolicy.rule);
  for (const principal of signaturePolicy.identities) {
    const member = readPrincipal(principal);
    if ('mspId' in member && msps.get(member.mspId) === undefined) {
      const why = `collection member '${member.mspId}' is not part of the channel`;
      throw invalid(`collection-name: ${name} -- ${why}`);
    }
  }
}

/** Who is a member must not depend on a combination. */
function checkIsAnyOf(name: string, rule: SignaturePolicy | undefined): void {
  if (rule?.nOutOf === undefined) return;
  if (rule.nOutOf.n !== 1) {
    const why = `signature policy is not an OR concatenation, NOutOf ${rule.nOutOf.n}`;
    throw invalid(`collection-name: ${name} -- error in member org policy: ${why}`);
  }
  for (const inner of rule.nOutOf.rules) checkIsAnyOf(name, inner);
}

function checkKeepsCollections(
  proposed: readonly StaticCollectionConfig[],
  committed: readonly StaticCollectionConfig[],
): void {
  if (committed.length === 0) return;
  if (proposed.length === 0)
    throw invalid('the proposed collection config does not contain previously defined collections');
  for (const { name, blockToLive } of committed) {
    const kept = proposed.find((collection) => collection.name === name);
    if (kept === undefined)
      throw invalid(`existing collection [${name}] missing in the proposed collection configuration`);
    if (kept.blockToLive !== blockToLive)
      throw invalid(
        `the BlockToLive in an existing collection [${name}] modified. Existing value [${blockToLive}]`,
      );
  }
}

/** What differs first between two definitions of the same sequence, in Fabric's words; undefined if nothing does. */
export function differenceOf(committed: ChaincodeDefinition, asked: ChaincodeDefinition): string | undefined {
  const fields = [
    ['Version', committed.version, asked.version],
    ['EndorsementPlugin', committed.endorsementPlugin, asked.endorsementPlugin],
    ['InitRequired', String(committed.initRequired), String(asked.initRequired)],
    ['ValidationPlugin', committed.validationPlugin, asked.validationPlugin],
    ['ValidationParameter', hex(committed.validationParameter), hex(asked.validationParameter)],
  ] as const;
  const found = fields.find(([, expected, passed]) => expected !== passed);
  if (found !== undefined) {
    const [field, expected, passed] = found;
    return `expected ${field} '${expected}' does not match passed ${field} '${passed}'`;
  }
  const same =
    committed.collections.length === asked.collections.length &&
    committed.collections.every((collection, index) => {
      const other = asked.collections[index];
      return (
        other !== undefined &&
        equalBytes(encode(StaticCollectionConfig, collection), encode(StaticCollectionConfig, other))
      );
    });
  return same ? undefined : 'Collections do not match';
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function invalid(why: string): Error {
  return new Error(`error validating chaincode definition: ${why}`);
}
