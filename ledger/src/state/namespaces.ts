/** Namespace of Fabric's own chaincode that keeps the definitions of the others. */
export const LIFECYCLE_NAMESPACE = '_lifecycle';

/**
 * Namespace of our own bookkeeping: which private hash leaves the state at which block (blockToLive). It lies beside the
 * world state so that every store keeps it without knowing it; Fabric's names cannot contain `$`, so it meets no chaincode.
 */
export const EXPIRY_NAMESPACE = '$expiry';

const HASH_INFIX = '$$h';

/**
 * Namespace that holds the hashes of a private collection, named as the peer's state database names it:
 * `chaincode$$hcollection`. Its keys are the lower-case hex of SHA-256(key), its values SHA-256(value).
 */
export function hashNamespace(chaincode: string, collection: string): string {
  return `${chaincode}${HASH_INFIX}${collection}`;
}

/** The chaincode and collection of a hash namespace, or undefined for a public namespace. */
export function parseHashNamespace(namespace: string): { chaincode: string; collection: string } | undefined {
  const at = namespace.indexOf(HASH_INFIX);
  if (at < 0) return undefined;
  return { chaincode: namespace.slice(0, at), collection: namespace.slice(at + HASH_INFIX.length) };
}
