import { expect } from 'chai';
import fc from 'fast-check';
import { sealContinuity, type SealContinuity, type SealEvent } from './continuity.js';

const t = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

function event(
  kind: SealEvent['kind'],
  minute: number,
  seal: string,
  more: Partial<SealEvent> = {},
): SealEvent {
  return { kind, seal, at: t(minute), by: 'P', ...more };
}

const journey = { from: t(10), to: t(50) };
const fitted = event('fitted', 5, 'A');

/** Whether complete, the intervals as `from-to seals`, and the fault as `kind from-to`. */
function told({ complete, intervals, fault }: SealContinuity): string {
  const minute = (at = ''): string => String(new Date(at).getUTCMinutes());
  const tiles = intervals.map(({ from, to, seals }) => `${minute(from)}-${minute(to)} ${seals.join('+')}`);
  const end =
    fault && `${fault.kind} ${minute(fault.from)}${fault.to === undefined ? '' : `-${minute(fault.to)}`}`;
  return [complete ? 'complete' : 'broken', ...tiles, ...(end === undefined ? [] : [end])].join(', ');
}

const proof = (...history: readonly SealEvent[]): string => told(sealContinuity(journey, history));

describe('sealContinuity', () => {
  it('is complete where one seal holds all the way', () => {
    expect(proof(fitted)).to.equal('complete, 10-50 A');
    expect(proof(fitted, event('checked', 20, 'A', { finding: 'intact' }))).to.equal('complete, 10-50 A');
    expect(proof(event('fitted', 10, 'A'), event('removed', 51, 'A'))).to.equal('complete, 10-50 A');
  });

  it('counts what happens at its first moment, and not what happens at its last', () => {
    expect(proof(fitted, event('opened', 10, 'A'))).to.equal('broken, opening 10');
    expect(proof(fitted, event('opened', 50, 'A'))).to.equal('complete, 10-50 A');
  });

  it('ends with the lawful release where that comes first, and needs no seal where it came before', () => {
    const until = (minute: number, ...history: readonly SealEvent[]): string =>
      told(sealContinuity({ ...journey, releasedAt: t(minute) }, history));
    expect(until(30, fitted, event('opened', 30, 'A'))).to.equal('complete, 10-30 A');
    expect(until(60, fitted)).to.equal('complete, 10-50 A');
    expect(until(10)).to.equal('complete');
  });

  it('closes a gap with the next seal, not with one of before', () => {
    const gone = [fitted, event('fitted', 10, 'B'), event('removed', 20, 'A'), event('removed', 20, 'B')];
    expect(proof(...gone, event('fitted', 25, 'C'))).to.equal('broken, 10-20 A+B, gap 20-25');
  });

  it('names a beginning without a seal', () => {
    expect(proof()).to.equal('broken, gap 10');
    expect(proof(event('fitted', 15, 'A'))).to.equal('broken, gap 10-15');
    expect(proof(fitted, event('removed', 7, 'A'), event('fitted', 20, 'B'))).to.equal('broken, gap 10-20');
  });

  it('names the first gap, and how long it lasted', () => {
    const gone = [fitted, event('removed', 20, 'A')];
    expect(proof(...gone)).to.equal('broken, 10-20 A, gap 20');
    expect(proof(...gone, event('fitted', 30, 'B'))).to.equal('broken, 10-20 A, gap 20-30');
  });

  it('takes a seal that is removed while another holds for no gap', () => {
    const second = event('fitted', 20, 'B');
    expect(proof(fitted, second, event('removed', 30, 'A'))).to.equal(
      'complete, 10-20 A, 20-30 A+B, 30-50 B',
    );
  });

  it('names an opening, also of one of several seals', () => {
    expect(proof(fitted, event('opened', 30, 'A'))).to.equal('broken, 10-30 A, opening 30');
    const opened = sealContinuity(journey, [
      fitted,
      event('fitted', 5, 'B'),
      event('opened', 30, 'B', { by: 'X' }),
    ]);
    expect(opened.fault?.event).to.include({ seal: 'B', by: 'X' });
  });

  it("takes a replacement by customs for a link, and a party's for an opening", () => {
    const swap = event('replaced', 30, 'A', { replacedBy: 'B' });
    expect(proof(fitted, { ...swap, byCustoms: true })).to.equal('complete, 10-30 A, 30-50 B');
    expect(proof(fitted, swap)).to.equal('broken, 10-30 A, opening 30');
    expect(proof(fitted, event('replaced', 7, 'A', { replacedBy: 'B' }))).to.equal('complete, 10-50 B');
  });

  it('names a seal that was found otherwise than intact', () => {
    for (const finding of ['broken', 'missing', 'other_number'] as const) {
      const check = event('checked', 40, 'A', { finding });
      expect(proof(fitted, check), finding).to.equal('broken, 10-40 A, finding 40');
    }
  });

  it('ends with the lawful release, before which nothing may be opened', () => {
    const opened = [fitted, event('opened', 30, 'A')];
    expect(told(sealContinuity({ ...journey, releasedAt: t(29) }, opened))).to.equal('complete, 10-29 A');
    expect(told(sealContinuity({ ...journey, releasedAt: t(31) }, opened))).to.contain('opening 30');
    expect(sealContinuity({ ...journey, releasedAt: t(55) }, [fitted]).until).to.equal(t(50));
    expect(told(sealContinuity({ ...journey, releasedAt: t(9) }, []))).to.equal('complete');
  });

  it('tiles the journey up to its end or its fault, whatever happened', () => {
    const kinds = ['fitted', 'opened', 'removed', 'replaced', 'checked'] as const;
    const anything = fc.record({
      kind: fc.constantFrom(...kinds),
      seal: fc.constantFrom('A', 'B', 'C'),
      minute: fc.integer({ min: 0, max: 59 }),
      intact: fc.boolean(),
      byCustoms: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 12 }), (steps) => {
        const history = [...steps]
          .sort((one, other) => one.minute - other.minute)
          .map(({ kind, seal, minute, intact, byCustoms }) =>
            event(kind, minute, seal, {
              byCustoms,
              ...(kind === 'checked' && { finding: intact ? 'intact' : 'broken' }),
              ...(kind === 'replaced' && { replacedBy: 'D' }),
            }),
          );
        const { complete, intervals, fault, until } = sealContinuity(journey, history);
        expect(complete).to.equal(fault === undefined);
        let at = journey.from;
        for (const { from, to, seals } of intervals) {
          expect(from).to.equal(at);
          expect(to > from).to.equal(true);
          expect(seals).not.to.deep.equal([]);
          at = to;
        }
        expect(at).to.equal(fault?.from ?? until);
      }),
      { numRuns: 500 },
    );
  });
});
