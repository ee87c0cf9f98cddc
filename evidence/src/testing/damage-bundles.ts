import { decodeBase64url, encodeBase64url } from '@passage/domain';
import { expect } from 'chai';
import fc from 'fast-check';
import { writeBundle } from '../bundle/index.js';
import { outcomeOf } from './any-byte.js';
import { Story } from './story.js';
import { rewritten, wireEdit } from './wire-edits.js';
import type { BundleKind, EvidenceBundle } from '../bundle/index.js';
import type { WireEdit } from './wire-edits.js';

/** Damages the messages in a bundle, field by field at any depth: none is taken for what it was. */
export function damageBundles(kind: BundleKind, rounds: number): void {
  const story = new Story({ short: true });
  const { genesisHash } = story.chain;
  const good = story.bundle(kind);
  const places = placesIn(good);
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.array(wireEdit, { minLength: 1, maxLength: 2 }),
      (place, edits) => {
        const bad = place(good, edits);
        if (JSON.stringify(bad) === JSON.stringify(good)) return;
        const outcome = outcomeOf(writeBundle(bad), genesisHash);
        expect(outcome).to.be.oneOf(['differs', 'BUNDLE_MALFORMED', 'BUNDLE_TOO_LARGE']);
      },
    ),
    { numRuns: rounds },
  );
}

/** Makes another bundle by an edit at one place. */
type Place = (bundle: EvidenceBundle, edits: readonly WireEdit[]) => EvidenceBundle;

function placesIn({ configuration, tips, blocks, events }: EvidenceBundle): readonly Place[] {
  const lists = { configuration, tips, blocks };
  const ofBlocks = Object.entries(lists).flatMap(([name, list]) =>
    list.map((_, at): Place => (bundle, edits) => ({
      ...bundle,
      [name]: list.map((packed, index) => (index === at ? edited(packed, edits) : packed)),
    })),
  );
  const ofEvents = events.flatMap(({ envelope }, at): Place[] =>
    envelope === undefined
      ? []
      : [
          (bundle, edits) => ({
            ...bundle,
            events: events.map((event, index) =>
              index === at ? { ...event, envelope: edited(envelope, edits) } : event,
            ),
          }),
        ],
  );
  return [...ofBlocks, ...ofEvents];
}

function edited(packed: string, edits: readonly WireEdit[]): string {
  return encodeBase64url(edits.reduce(rewritten, decodeBase64url(packed) ?? new Uint8Array()));
}
