import { expect } from 'chai';
import { sealEvents, type SealVersion } from './seal-events.js';
import type { SealRecord } from './seal-record.js';

const unit = 'container:CSQU3054383';
const step = (minute: number): { at: string; by: string } => ({
  at: `2026-01-01T00:${String(minute)}:00.000Z`,
  by: 'P',
});

const one: SealRecord = { v: 1, unit, seal: 'A', kind: 'seal', status: 'fitted', fitted: step(10) };
const opened: SealRecord = { ...one, status: 'opened', opened: step(20) };
const told = (...transactions: readonly (readonly SealVersion[])[]): readonly string[] =>
  sealEvents(transactions).map(({ kind, seal, at }) => `${kind} ${seal} ${at.slice(14, 16)}`);

describe('sealEvents', () => {
  it('tells each step once, from the records as they changed', () => {
    const removed: SealRecord = { ...opened, status: 'removed', removed: step(30) };
    expect(told([one], [opened], [removed])).to.deep.equal(['fitted A 10', 'opened A 20', 'removed A 30']);
  });

  it('tells what one transaction did to a seal that the ledger saw at its end alone', () => {
    expect(told([opened])).to.deep.equal(['fitted A 10', 'opened A 20']);
  });

  it('tells a replacement once, and what was fitted before what was removed', () => {
    const swap = { ...step(30), customs: true };
    const old: SealRecord = { ...one, status: 'removed', removed: swap, replacedBy: 'B' };
    const next: SealRecord = { ...one, seal: 'B', fitted: swap, replaces: 'A' };
    expect(sealEvents([[one], [old, next]]).at(-1)).to.deep.equal({
      kind: 'replaced',
      seal: 'A',
      replacedBy: 'B',
      ...step(30),
      byCustoms: true,
    });
    const gone: SealRecord = { ...one, status: 'removed', removed: step(30) };
    const other: SealRecord = { ...one, seal: 'C', fitted: step(30) };
    expect(told([one], [gone, other])).to.deep.equal(['fitted A 10', 'fitted C 30', 'removed A 30']);
  });

  it('tells checks, with what was found and by which device', () => {
    const check = {
      v: 1,
      unit,
      seal: 'A',
      check: 'c',
      finding: 'broken',
      step: { ...step(25), kid: 'K' },
    } as const;
    expect(sealEvents([[one], [check]]).at(-1)).to.include({ kind: 'checked', finding: 'broken', kid: 'K' });
  });
});
