import fc from 'fast-check';
import { testUcr } from '../cast.js';
import { isOfficer, members, type AnyStepKind, type Member } from './step.js';
import { devices, jwsOf, nameOf, numbers, owner, wordStep, type Saying, type Words } from './words.js';

const device = fc.constantFrom(0, 0, 0, ...devices);
const seq = fc.constantFrom(1, 1, 1, ...numbers);
const told = fc.constantFrom<Saying[]>('one', 'one', 'one', 'other');
const anything = fc.constantFrom<Saying[]>('one', 'one', 'one', 'other', 'error');

const record = wordStep({
  usual: members,
  choice: fc.record({ device, seq, saying: anything }),
  take(model, _, word) {
    if (!model.keys.has(word.device)) return false;
    const said = model.said(word);
    if (said !== undefined) return said === word.saying;
    if (word.saying === 'error' || !model.mayAdd(word)) return false;
    return model.record(word, false);
  },
  transaction: (_, word) => ({ name: 'RecordStatements', input: { statements: [jwsOf(word)] } }),
});

const fileLate = wordStep({
  usual: [owner],
  choice: fc.record({ device, seq, saying: anything }),
  take(model, by, word) {
    if (!model.keys.has(word.device)) return false;
    const said = model.said(word);
    if (said !== undefined) return said === word.saying;
    const isRevoked = model.keys.get(word.device)?.status === 'revoked';
    if (by !== owner || !isRevoked || word.saying === 'error') return false;
    return model.record(word, true);
  },
  transaction: (_, word) => ({ name: 'FileLateEvidence', input: { statements: [jwsOf(word)] } }),
});

const declareError = wordStep({
  usual: [owner],
  choice: fc.record({
    device,
    seq,
    saying: fc.constantFrom<Saying[]>('error', 'error', 'one'),
    corrects: told,
  }),
  take(model, by, { corrects, ...word }) {
    if (!model.keys.has(word.device)) return false;
    const said = model.said(word);
    if (said !== undefined) return said === word.saying;
    if (!model.mayAdd(word) || by !== owner || word.saying !== 'error') return false;
    if (corrects !== 'one' || model.said({ device: word.device, seq: 1 }) !== 'one') return false;
    return model.record(word, false);
  },
  transaction: (_, { corrects, ...word }) => ({
    name: 'DeclareError',
    input: { declaration: jwsOf(word), corrects: jwsOf({ ...word, seq: 1, saying: corrects }) },
  }),
});

const id = fc.constantFrom('d1', 'd1', 'd1', 'd2');
const parties: readonly Member[] = ['IMPORTER1', 'BROKER1', 'SELLER1', 'CARRIER1'];
const disputant = fc.constantFrom('IMPORTER1', 'IMPORTER1', ...parties);

const raise = wordStep({
  usual: ['IMPORTER1', 'IMPORTER1', ...parties],
  choice: fc.record({ device, seq, saying: told, id }),
  take(model, by, { id, ...word }) {
    const known = model.disputes.get(`${by}/${id}`);
    if (known !== undefined) return nameOf(known.word) === nameOf(word);
    if (!parties.includes(by) || model.said(word) !== word.saying) return false;
    model.disputes.set(`${by}/${id}`, { word, status: 'open', isAnswered: false, isRuled: false });
    return true;
  },
  transaction: (_, { id, ...word }) => ({
    name: 'RaiseDispute',
    requestId: id,
    input: { ucr: testUcr, event: { statement: jwsOf(word) }, reason: 'another container' },
  }),
});

const finding = fc.constantFrom('upheld' as const, 'dismissed' as const);

const answer = wordStep({
  usual: ['CARRIER1'],
  choice: fc.record({ disputant, id, finding }),
  take({ disputes }, by, { disputant, id, finding }) {
    const dispute = disputes.get(`${disputant}/${id}`);
    // The carrier has the goods all the time.
    if (by !== 'CARRIER1' || disputant === by || dispute === undefined) return false;
    if (dispute.isAnswered || dispute.isRuled || dispute.status === 'withdrawn') return false;
    dispute.isAnswered = true;
    dispute.status = finding;
    return true;
  },
  transaction: (_, { id, ...said }) => ({
    name: 'AnswerDispute',
    input: { ucr: testUcr, dispute: id, ...said, text: 'weighed twice' },
  }),
});

const rule = wordStep({
  usual: ['OFFICER1'],
  choice: fc.record({ disputant, id, finding }),
  take({ disputes }, by, { disputant, id, finding }) {
    const dispute = disputes.get(`${disputant}/${id}`);
    if (!isOfficer(by) || dispute === undefined) return false;
    if (dispute.isRuled || dispute.status === 'withdrawn') return false;
    dispute.isRuled = true;
    dispute.status = finding;
    return true;
  },
  transaction: (_, { id, ...said }) => ({
    name: 'RuleOnDispute',
    input: { ucr: testUcr, dispute: id, ...said, text: 'the scan shows it' },
  }),
});

const withdraw = wordStep({
  usual: parties,
  choice: fc.record({ id }),
  take({ disputes }, by, { id }) {
    const dispute = disputes.get(`${by}/${id}`);
    if (dispute?.status !== 'open') return false;
    dispute.status = 'withdrawn';
    return true;
  },
  transaction: (_, { id }) => ({
    name: 'WithdrawDispute',
    input: { ucr: testUcr, dispute: id, reason: 'my mistake' },
  }),
});

/** What keys say, and what is said against it. */
export const sayingSteps: readonly AnyStepKind<Words>[] = [record, fileLate, declareError];
export const disputeSteps: readonly AnyStepKind<Words>[] = [raise, answer, rule, withdraw];
