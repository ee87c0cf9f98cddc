import { adminCaller } from '@passage/domain/testing';
import { businessAdmin, customsAdmin, portAdmin } from './people.js';
import { given, refused, type Before, type Story } from './story.js';

const word = (proposal: string) => ({ proposedBy: 'PortMSP', proposal });

function proposed(proposal: string, topSpeed: number): Before {
  const input = { requestId: proposal, changes: { topSpeed }, reason: 'agreed' };
  return given(portAdmin, 'ProposeParameters', input);
}

export const parameterStories: readonly Story[] = [
  {
    about: 'a word on parameters of whoever has none, or on what others have overtaken',
    before: [
      proposed('p', 900),
      proposed('q', 800),
      ...[customsAdmin, portAdmin, businessAdmin].map((admin) =>
        given(admin, 'ApproveParameters', { requestId: 'a', ...word('p') }),
      ),
    ],
    refused: [
      refused('NO_SAY', adminCaller('StrangerMSP'), 'ApproveParameters', word('q')),
      refused('PROPOSAL_UNKNOWN', customsAdmin, 'ApproveParameters', word('none')),
      refused('PROPOSAL_OUTDATED', customsAdmin, 'ApproveParameters', word('q')),
    ],
  },
];
