import { writeBundle, type BundleFault } from '@passage/evidence';
import { badBundles, Stories } from '@passage/evidence/testing';
import type { EvidenceBundle } from '@passage/evidence';

/** A bundle of the corpus: a good one, or one that somebody has tampered with. */
export interface BundleCase {
  readonly name: string;
  /** Who did what, in one sentence. */
  readonly what: string;
  /** The header hash of block 0 that is trusted. */
  readonly genesisHash: string;
  readonly bytes: Uint8Array;
  readonly expect: {
    readonly exitCode: 0 | 1;
    /** Of the first line that fails: a code of docs/evidence.md. */
    readonly fault?: BundleFault;
  };
}

/** Good bundles of both kinds, and every way of tampering with one. */
export function* bundleCases(): Generator<BundleCase> {
  const stories = new Stories();
  const { good } = stories;
  for (const kind of ['blocks', 'proofs'] as const) {
    const what = 'Nobody has touched it.';
    yield caseOf(`good-${kind}`, what, good.bundle(kind), good.chain.genesisHash, { exitCode: 0 });
  }
  for (const { name, fault, make } of badBundles) {
    const bundle = make(stories);
    const trusted = fault === 'GENESIS_OTHER' ? good.chain.genesisHash : bundle.genesisHash;
    const what = `What is wrong with it: ${name}.`;
    yield caseOf(name.replace(/[^a-z]+/g, '-'), what, bundle, trusted, { exitCode: 1, fault });
  }
}

function caseOf(
  name: string,
  what: string,
  bundle: EvidenceBundle,
  genesisHash: string,
  expect: BundleCase['expect'],
): BundleCase {
  return { name: `bundle-${name}`, what, genesisHash, bytes: writeBundle(bundle), expect };
}
