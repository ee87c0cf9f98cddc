import { keys } from '@passage/domain';
import { holds, offers, opens, ucr } from './story.js';
import type { Lie } from './lie.js';

export const keyPolicies: readonly Lie[] = [
  {
    what: 'a key of customs is made without its policy',
    story: () => [opens({ forge: ({ policies }) => void policies.delete(keys.customs(ucr)) })],
    check: 'key-policy',
    expected: /customs\/.* under customs' policy/,
    found: /open policy/,
    finding: { kind: 'open-customs-key', because: 'customs/6KRIMPORTER1-F carries no policy' },
  },
  {
    what: 'held goods keep the policy of any two',
    story: () => [opens(), { ...holds, forge: ({ policies }) => void policies.delete(keys.custody(ucr)) }],
    check: 'key-policy',
    expected: /custody\/.* under customs' policy/,
    found: /open policy/,
  },
  {
    what: 'a record gets a policy by which others are kept from changing it',
    story: () => [
      opens(),
      {
        ...offers,
        forge: ({ policies }) =>
          policies.set(keys.handover(ucr, 1), { allOf: 'PortMSP', oneOf: ['BusinessMSP'] }),
      },
    ],
    check: 'outcome',
    expected: /handover\/.* under the policy of any two/,
    found: /a policy of its own/,
  },
];
