import { expect } from 'chai';
import fc from 'fast-check';
import { gs1CheckDigit } from '../identifiers/gs1-key.js';
import { canonicalGs1Uri } from './canonical-gs1-uri.js';

/** Keys in each spelling, and the path of their canonical link. */
const spellings: readonly (readonly [string, readonly string[]])[] = [
  [
    '01/10614141073464/21/2017',
    ['urn:epc:id:sgtin:0614141.107346.2017', 'http://a.example/b/gtin/10614141073464/lot/7/ser/2017?x=1#y'],
  ],
  ['01/04012345123456/21/a.b', ['urn:epc:id:sgtin:4012345.012345.a.b']],
  [
    '01/80614141123458/21/6789%2F%21%28%29',
    ['urn:epc:id:sgtin:0614141.812345.6789%2F!()', 'https://id.gs1.org/01/80614141123458/21/6789%2F!()'],
  ],
  [
    '01/04012345123456/235/AB12',
    ['urn:epc:id:upui:4012345.012345.AB12', 'https://x.example/01/04012345123456/235/AB12'],
  ],
  [
    '01/04054739999148/10/20160711',
    ['urn:epc:class:lgtin:4054739.099914.20160711', 'https://x.example/01/4054739999148/10/20160711/'],
  ],
  [
    '01/04054739999148',
    [
      'urn:epc:idpat:sgtin:4054739.099914.*',
      'urn:epc:idpat:upui:4054739.099914.*',
      'https://x.example/01/04054739999148/22/2A',
    ],
  ],
  ['01/00614141073467', ['https://x.example/01/614141073467']],
  ['01/00000012345670', ['https://x.example/gtin/12345670']],
  [
    '00/040123450000003338',
    ['urn:epc:id:sscc:4012345.0000000333', 'https://x.example/sscc/040123450000003338'],
  ],
  [
    '414/4012345000115/254/987',
    ['urn:epc:id:sgln:4012345.00011.987', 'https://x.example/gln/4012345000115/254/987'],
  ],
  ['414/4012345000115', ['urn:epc:id:sgln:4012345.00011.0', 'https://x.example/414/4012345000115']],
  ['414/9999999999994', ['urn:epc:id:sgln:999999999999..0']],
  ['417/9999999999994', ['urn:epc:id:pgln:999999999999.', 'https://x.example/party/9999999999994']],
  ['8003/0401234566666387', ['urn:epc:id:grai:4012345.66666.87', 'https://x.example/grai/0401234566666387']],
  ['8003/04012345666663', ['urn:epc:idpat:grai:4012345.66666.*']],
  ['8004/4012345AAbb', ['urn:epc:id:giai:4012345.AAbb', 'https://x.example/giai/4012345AAbb']],
  [
    '8018/401234598765400000',
    ['urn:epc:id:gsrn:4012345.9876540000', 'https://x.example/gsrn/401234598765400000'],
  ],
  [
    '8017/401234500000987658',
    ['urn:epc:id:gsrnp:4012345.0000098765', 'https://x.example/gsrnp/401234500000987658'],
  ],
  ['253/401234555555498', ['urn:epc:id:gdti:4012345.55555.98', 'https://x.example/gdti/401234555555498']],
  ['253/4012345555554', ['urn:epc:idpat:gdti:4012345.55555.*']],
  ['255/401234599999044', ['urn:epc:id:sgcn:4012345.99999.44', 'https://x.example/gcn/401234599999044']],
  ['255/4012345999990', ['urn:epc:idpat:sgcn:4012345.99999.*']],
  [
    '8010/4012345ABC/8011/123',
    ['urn:epc:id:cpi:4012345.ABC.123', 'https://x.example/cpid/4012345ABC/8011/123'],
  ],
  ['8010/4012345ABC', ['urn:epc:idpat:cpi:4012345.ABC.*']],
  ['401/4012345333', ['urn:epc:id:ginc:4012345.333', 'https://x.example/ginc/4012345333']],
  [
    '402/40123459999876541',
    ['urn:epc:id:gsin:4012345.999987654', 'https://x.example/gsin/40123459999876541'],
  ],
  [
    '8006/040123451234560102/21/999',
    ['urn:epc:id:itip:4012345.012345.01.02.999', 'https://x.example/itip/040123451234560102/10/1/21/999'],
  ],
  ['8006/040123451234560102', ['urn:epc:idpat:itip:4012345.012345.01.02.*']],
];

describe('canonicalGs1Uri', () => {
  for (const [path, texts] of spellings) {
    it(`gives one link for every spelling of ${path}`, () => {
      for (const text of [...texts, `https://id.gs1.org/${path}`]) {
        expect(canonicalGs1Uri(text), text).to.equal(`https://id.gs1.org/${path}`);
      }
    });
  }

  for (const text of [
    'urn:epc:id:sgtin:0614141.10734.2017',
    'urn:epc:id:sgtin:06141.41107346.2017',
    'urn:epc:id:sgtin:0614141.107346',
    'urn:epc:id:sgtin:0614141.107346.',
    `urn:epc:id:sgtin:0614141.107346.${'1'.repeat(21)}`,
    'urn:epc:id:sgtin:0614141.107346.a b',
    'urn:epc:id:sscc:4012345.000000033a',
    'urn:epc:id:cpi:4012345.abc.123',
    'urn:epc:id:itip:4012345.012345.1.022.999',
    'urn:epc:id:bic:CSQU3054383',
    'urn:epc:id:imovn:9176187',
    'urn:epc:idpat:sgtin:4012345.*.*',
    'urn:epc:idpat:sgtin:4012345.012345.7',
    'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    'https://example.org/01/123',
    'https://example.org/01/10614141073464/7040/1ABC',
    'https://example.org/01/10614141073464/21/1/21/2',
    'https://example.org/01/10614141073464/21/',
    'https://example.org',
    'https://transaction.example/po/12345678',
    'ftp://example.org/00/040123450000003338',
    'plain',
  ]) {
    it(`leaves alone what is no GS1 key: ${text.slice(0, 60)}`, () => {
      expect(canonicalGs1Uri(text)).to.equal(undefined);
    });
  }

  it('puts the right check digit into a GTIN whatever the length of the company prefix', () => {
    const digits = fc.stringMatching(/^[0-9]{13}$/);
    fc.assert(
      fc.property(digits, fc.integer({ min: 6, max: 12 }), (all, length) => {
        const [prefix, item] = [all.slice(0, length), all.slice(length)];
        const gtin = item.charAt(0) + prefix + item.slice(1);
        const link = `https://id.gs1.org/01/${gtin}${gs1CheckDigit(gtin)}/21/1`;
        expect(canonicalGs1Uri(`urn:epc:id:sgtin:${prefix}.${item}.1`)).to.equal(link);
        expect(canonicalGs1Uri(link)).to.equal(link);
      }),
    );
  });

  it('reads hostile texts in time that grows with their length alone', () => {
    for (const part of ['0', '1.', '%2', '/01', '/01/12345678', '*', '4012345.']) {
      const long = part.repeat(100_000 / part.length);
      for (const start of [
        'urn:epc:id:sgtin:',
        'urn:epc:id:giai:4012345.',
        'https://example.org/',
        'https://example.org/8004/4000',
      ]) {
        expect(canonicalGs1Uri(start + long)).to.satisfy(
          (found: string | undefined) => found === undefined || found.length < 100,
        );
      }
    }
  });
});
