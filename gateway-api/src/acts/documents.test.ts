import { createHash } from 'node:crypto';

import { expect } from 'chai';

import { at, membersAt } from '../testing/read.js';
import type { Members } from '../testing/read.js';
import { act, fine, prepared } from '../testing/story.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('documents over GraphQL', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await (await TestGateway.open()).start();
    await prepared(gateway);
  });
  after(() => gateway.remove());

  const document = async (name: string, input: object, fields: string): Promise<Members> =>
    membersAt(await act(gateway, carrier, name, input, `document { ${fields} }`), 'document');
  const check = async (text: string): Promise<unknown> => {
    const query =
      'query ($sha256: Hash!) { checkDocument(sha256: $sha256) { nodes { version standing document { id type } act { party } } } }';
    return at(fine(await gateway.ask(query, importer, { sha256: hashOf(text) })), 'checkDocument.nodes');
  };
  const about = { document: 'CARRIER:BL-1', type: '705', issuer: 'CARRIER', number: 'BL 1' };

  it('anchors, revises and withdraws a document, and says of each file how it stands', async () => {
    const anchoring = { ...about, ucr: UCR, sha256: hashOf('first') };
    const anchored = await document(
      'anchorDocument',
      anchoring,
      'anchoredBy version versions { nodes { version } }',
    );
    expect(anchored).to.deep.equal({
      anchoredBy: 'CARRIER',
      version: 1,
      versions: { nodes: [{ version: 1 }] },
    });
    const of = (version: number, standing: string): object => ({
      version,
      standing,
      document: { id: 'CARRIER:BL-1', type: '705' },
      act: { party: 'CARRIER' },
    });
    expect(await check('first')).to.deep.equal([of(1, 'current')]);

    const revision = { document: about.document, sha256: hashOf('second') };
    await document('reviseDocument', revision, 'version');
    expect(await check('first')).to.deep.equal([of(1, 'superseded')]);
    expect(await check('second')).to.deep.equal([of(2, 'current')]);

    const withdrawal = { document: about.document, reason: 'wrong consignee' };
    const withdrawn = await document(
      'withdrawDocument',
      withdrawal,
      'reason withdrawnAt verification { checks } versions { nodes { sha256 } }',
    );
    expect(withdrawn['reason']).to.equal('wrong consignee');
    expect(at(withdrawn, 'versions.nodes')).to.deep.equal([
      { sha256: hashOf('first') },
      { sha256: hashOf('second') },
    ]);
    expect(await check('second')).to.deep.equal([of(2, 'withdrawn')]);
    expect(await check('never anchored')).to.deep.equal([]);
  });

  it('lists the documents of a shipment', async () => {
    const query = `{ shipment(ucr: "${UCR}") { documents { nodes { id ucr } } } document(id: "CARRIER:NONE") { id } }`;
    expect(fine(await gateway.ask(query))).to.deep.equal({
      shipment: { documents: { nodes: [{ id: 'CARRIER:BL-1', ucr: UCR }] } },
      document: null,
    });
  });
});
