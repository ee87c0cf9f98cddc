import fc from 'fast-check';
import {
  deviceAt,
  devices,
  jwsOf,
  numbers,
  owner,
  statementIdOf,
  wordStep,
  type ModelKey,
  type Words,
} from './words.js';
import { isOfficer, members, type AnyStepKind, type StepKind } from './step.js';

const device = fc.constantFrom(0, 0, 0, ...devices);
const seq = fc.constantFrom(1, 1, 1, ...numbers);
const kind = 'gps_eseal';
const claim = { owner, kind };
const kidOf = (index: number): string => deviceAt(index).kid;

function fresh(): ModelKey {
  return { status: 'active', epoch: 1, epochStart: 0, isConfirmed: false };
}

export const register: StepKind<Words, { readonly device: number }> = {
  usual: [owner],
  choice: fc.record({ device }),
  take({ keys }, by, { device }) {
    if (by !== owner || keys.has(device)) return false;
    keys.set(device, fresh());
    return true;
  },
  transaction: (_, { device }) => ({
    name: 'RegisterDevice',
    input: { kind, proof: deviceAt(device).proof(claim) },
  }),
};

const suspend = wordStep({
  usual: [owner, 'OFFICER1'],
  choice: fc.record({ device }),
  take({ keys }, by, { device }) {
    const key = keys.get(device);
    if (key === undefined || (by !== owner && !isOfficer(by))) return false;
    const takesOver = key.status === 'suspended' && key.suspendedBy === 'owner' && isOfficer(by);
    if (key.status !== 'active' && !takesOver) return false;
    key.status = 'suspended';
    key.suspendedBy = isOfficer(by) ? 'customs' : 'owner';
    return true;
  },
  transaction: (_, { device }) => ({
    name: 'SuspendDevice',
    input: { kid: kidOf(device), reason: 'repair' },
  }),
});

const resume = wordStep({
  usual: [owner, 'OFFICER1'],
  choice: fc.record({ device }),
  take({ keys }, by, { device }) {
    const key = keys.get(device);
    if (key?.status !== 'suspended') return false;
    if (!isOfficer(by) && (by !== owner || key.suspendedBy !== 'owner')) return false;
    key.status = 'active';
    delete key.suspendedBy;
    return true;
  },
  transaction: (_, { device }) => ({ name: 'ResumeDevice', input: { kid: kidOf(device) } }),
});

const rotate = wordStep({
  usual: [owner],
  choice: fc.record({ device, to: device, end: fc.constantFrom(0, ...numbers) }),
  take({ keys }, by, { device, to, end }) {
    const key = keys.get(device);
    if (by !== owner || key?.status !== 'active' || keys.has(to)) return false;
    key.status = 'rotated';
    key.end = end;
    keys.set(to, fresh());
    return true;
  },
  transaction: (_, { device, to, end }) => {
    const last = end > 0 && { last: statementIdOf({ device, seq: end, saying: 'one' }) };
    const rotation = deviceAt(device).rotationTo(kidOf(to), { seq: end, ...last });
    return { name: 'RotateDevice', input: { proof: deviceAt(to).proof(claim), rotation } };
  },
});

const startEpoch = wordStep({
  usual: [owner],
  choice: fc.record({ device, after: seq, firstSeq: fc.integer({ min: 1, max: 8 }) }),
  take(model, by, { device, after, firstSeq }) {
    const key = model.keys.get(device);
    if (by !== owner || key === undefined || key.status === 'rotated' || key.status === 'revoked')
      return false;
    if (model.said({ device, seq: after }) === undefined) return false;
    if (firstSeq <= Math.max(after, key.epochStart)) return false;
    key.epoch += 1;
    key.epochStart = firstSeq;
    return true;
  },
  transaction: (_, { device, ...about }) => ({ name: 'StartEpoch', input: { kid: kidOf(device), ...about } }),
});

const since = fc.option(fc.constantFrom(3, 4), { nil: undefined });

const revoke = wordStep({
  usual: [owner],
  choice: fc.record({ device, since }),
  take({ keys }, by, { device, since }) {
    const key = keys.get(device);
    if (by !== owner || key === undefined) return false;
    if (key.status === 'revoked' && (since === undefined || key.isConfirmed)) return false;
    key.status = 'revoked';
    delete key.suspendedBy;
    if (since !== undefined) key.claim = since;
    return true;
  },
  transaction: (_, { device, since }) => ({
    name: 'RevokeDevice',
    input: {
      kid: kidOf(device),
      reason: 'stolen',
      ...(since !== undefined && { compromisedSince: { block: since } }),
    },
  }),
});

const confirm = wordStep({
  usual: ['OFFICER1'],
  choice: fc.record({ device, block: fc.constantFrom(3, 4) }),
  take({ keys }, by, { device, block }) {
    const key = keys.get(device);
    if (!isOfficer(by) || key?.claim !== block || key.isConfirmed) return false;
    key.isConfirmed = true;
    return true;
  },
  transaction: (_, { device, block }) => ({
    name: 'ConfirmCompromise',
    input: { kid: kidOf(device), compromisedSince: { block } },
  }),
});

const prove = wordStep({
  usual: members,
  choice: fc.record({ device, seq }),
  take({ keys, proven }, _, { device, seq }) {
    const key = keys.get(device);
    if (key === undefined) return false;
    if (proven.has(`${String(device)}/${String(seq)}`)) return true;
    proven.add(`${String(device)}/${String(seq)}`);
    if (key.status === 'active' || key.suspendedBy === 'owner') {
      key.status = 'suspended';
      key.suspendedBy = 'equivocation';
    }
    return true;
  },
  transaction: (_, { device, seq }) => {
    const statements = (['one', 'other'] as const).map((saying) => jwsOf({ device, seq, saying }));
    return { name: 'FileEquivocation', input: { statements } };
  },
});

/** The life of keys. */
export const keySteps: readonly AnyStepKind<Words>[] = [
  wordStep(register),
  suspend,
  resume,
  rotate,
  startEpoch,
  revoke,
  confirm,
  prove,
];
