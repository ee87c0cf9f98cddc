import { commit } from '../../commitment/index.js';
import { keys } from '../../state/keys.js';
import { carrier, seller, terminal } from './people.js';
import { answers, does, privately, refuses, type Scenario } from './scenario.js';

export const documentScenarios: readonly Scenario[] = [
  {
    title: 'a document is anchored by its hash, revised and withdrawn by whoever anchored it',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const document = `CARRIER1:${id('BL')}`;
      const about = (requestId: string) => ({ requestId: id(requestId), document });
      const facts = { type: '705', issuer: 'Spedition Łódź', number: 'BL/1', ucr };
      const key = keys.document(document);
      const sha256 = (digit: string) => ({ sha256: digit.repeat(64) });
      return [
        setting.opens(),
        does(carrier, 'AnchorDocument', { ...about('1'), ...facts, ...sha256('1') }, [
          keys.anchor(document, 1),
          key,
        ]),
        refuses(carrier, 'AnchorDocument', { ...about('2'), ...facts, ...sha256('1') }, 'DOCUMENT_EXISTS'),
        refuses(seller, 'ReviseDocument', { ...about('3'), ...sha256('2') }, 'ID_NOT_YOURS'),
        does(carrier, 'ReviseDocument', { ...about('4'), ...sha256('2') }, [keys.anchor(document, 2), key]),
        answers(seller, 'GetAnchor', { document, version: 1 }),
        does(carrier, 'WithdrawDocument', { ...about('5'), reason: 'İ' }, [key]),
        refuses(carrier, 'ReviseDocument', { ...about('6'), ...sha256('3') }, 'DOCUMENT_WITHDRAWN'),
      ];
    },
  },
  {
    title: 'an opening is kept, disclosed to one party and purged, and no block has it',
    scenes: ({ id, ledger, ucr }) => {
      const secret = { value: 'Żubr 1', salt: Buffer.alloc(32, 9).toString('base64url') };
      const wrong = { ...secret, value: 'Żubr 2' };
      const about = { subject: ucr, field: 'driver' };
      const salt = new Uint8Array(32).fill(9);
      const commitment = commit({ ...about, owner: 'CARRIER1', ledger, value: secret.value, salt });
      const kept = { openings: [{ ...about, commitment }] };
      const disclosed = { requestId: id('2'), ...about, commitment, to: 'TERMINAL1' };
      return [
        {
          ...refuses(carrier, 'KeepOpenings', { requestId: id('0'), ...kept }, 'OPENING_WRONG'),
          openings: [wrong],
          seenBy: [carrier.mspId],
        },
        privately(carrier, 'KeepOpenings', { requestId: id('1'), ...kept }, [secret]),
        privately(carrier, 'DiscloseOpening', disclosed, [secret], ['PortMSP']),
        answers(carrier, 'GetOpening', { commitment }),
        answers(terminal, 'GetOpening', { commitment }),
        refuses(seller, 'GetOpening', { commitment }, 'OPENING_UNKNOWN'),
        privately(carrier, 'PurgeOpening', { requestId: id('3'), commitment }),
        refuses(carrier, 'GetOpening', { commitment }, 'OPENING_UNKNOWN'),
      ];
    },
  },
];
