import type { LedgerSources } from '../sources/ledger-sources.js';
import type { HeaderSource } from '../sources/header-source.js';
import type { SignedHeader } from '../sources/signed-header.js';
import { fakeHeaderHash } from './fake-verifier.js';

/** A peer with a chain of fake headers; orderers' signatures are a word. */
export class FakeSource implements HeaderSource {
  readonly organization: string;
  /** Number of the newest block. */
  newest: () => number;
  /** The first block of another chain than the others have. */
  forkedAt = Infinity;
  /** Whether enough orderers signed what it shows. */
  signed = true;
  /** Why it does not answer. */
  down: string | undefined;
  asked = 0;

  constructor(organization: string, newest: () => number) {
    this.organization = organization;
    this.newest = newest;
  }

  header(number = this.newest()): Promise<SignedHeader> {
    this.asked++;
    if (this.down !== undefined) return Promise.reject(new Error(this.down));
    const headerHash =
      number < this.forkedAt ? fakeHeaderHash(number) : `${this.organization} ${String(number)}`;
    const word = `${this.organization} ${String(number)} ${this.signed ? 'signed' : 'unsigned'}`;
    return Promise.resolve({ number, headerHash, signed: Buffer.from(word) });
  }
}

/** Sources for a gateway that looks only when it is told to. */
export function fakeSources(
  own: HeaderSource,
  others: readonly HeaderSource[],
  withholding = 0,
): LedgerSources {
  return { own, others, pace: { every: 3_600_000, withholding }, signatures: fakeSignatures };
}

/** By the word that a fake header carries. */
export function fakeSignatures({ signed }: SignedHeader): { enough: boolean; mspIds: readonly string[] } {
  const enough = Buffer.from(signed).toString().endsWith(' signed');
  return { enough, mspIds: enough ? ['CustomsMSP', 'PortMSP', 'AuditorMSP'] : [] };
}
