import { altered } from './alteration.js';
import type { Lie } from './lie.js';

/** What organisations agree on is the whole ledger's, so that each of these has a chain of its own. */
export const parameters: readonly Lie[] = [
  altered({
    act: 'ProposeParameters',
    what: 'parameters are proposed that nobody has proposed',
    kind: 'proposal',
    to: { changes: { topSpeed: 901 } },
    found: /901/,
  }),
  altered({
    act: 'RejectParameters',
    what: 'a no to parameters is kept as a yes',
    kind: 'approval',
    to: { word: 'approved' },
    found: /"word":"approved"/,
  }),
  altered({
    act: 'ApproveParameters',
    what: 'other parameters come into force than were agreed on',
    kind: 'ledger',
    to: { parameters: { values: { topSpeed: 901 } } },
    expected: /ApproveParameters leaves in ledger .*900/,
    found: /901/,
  }),
  altered({
    act: 'WithdrawParameters',
    what: 'a proposal stays open that was withdrawn',
    kind: 'proposal',
    to: { status: 'open' },
    without: ['closedAt'],
    found: /"status":"open"/,
  }),
];
