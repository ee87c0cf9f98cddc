import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { TREE_HEAD_FORMAT } from '@passage/evidence';
import { expect } from 'chai';

import { MOST_ANSWER_BYTES } from './evidence-formats.js';
import { httpPeer } from './http-peer.js';

const hash = 'ab'.repeat(32);
const signed = {
  head: {
    ...{ format: TREE_HEAD_FORMAT, network: 'embedded', genesisHash: hash },
    ...{ height: 3, size: 7, root: hash },
  },
  signatures: [{ mspId: 'PortMSP', certificate: 'PEM', signature: 'AAAA' }],
};
const body = JSON.stringify(signed);

describe('another gateway over HTTP', () => {
  const asked: string[] = [];

  /** What a peer makes of a server's answer. */
  async function headFrom(listener: RequestListener): Promise<unknown> {
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      listener(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    try {
      return await httpPeer('port', 'PortMSP', `http://127.0.0.1:${String(port)}`).head({
        height: 3,
        from: 2,
      });
    } catch (error) {
      return error;
    } finally {
      await new Promise((done) => server.close(done));
    }
  }

  const answering = (text: string): Promise<unknown> => headFrom((_, response) => response.end(text));

  beforeEach(() => asked.splice(0));

  it('gives the head that it was asked for', async () => {
    expect(await answering(body)).to.deep.equal(signed);
    expect(asked).to.deep.equal(['/tree-head?height=3&from=2']);
    const consistency = { from: 2, proof: [hash] };
    expect(await answering(JSON.stringify({ ...signed, consistency }))).to.deep.equal({
      ...signed,
      consistency,
    });
  });

  it('is believed in one reading only', async () => {
    const faults: Readonly<Record<string, string>> = {
      DUPLICATE_MEMBER: body.replace('"height":3', '"height":3,"height":4'),
      INVALID_JSON: body.slice(1),
      INVALID_FIELD: body.replace(hash, hash.toUpperCase()),
    };
    for (const [code, text] of Object.entries(faults))
      expect(await answering(text))
        .to.be.an('error')
        .with.property('code', code);
  });

  it('sends us nowhere else', async () => {
    const elsewhere: RequestListener = (request, response) => {
      if (request.url === '/inner') response.end(body);
      else response.writeHead(302, { location: '/inner' }).end();
    };
    expect(await headFrom(elsewhere)).to.be.an('error');
    expect(asked).to.deep.equal(['/tree-head?height=3&from=2']);
  });

  it('is not read further than an answer goes', async () => {
    expect(await answering(body + ' '.repeat(MOST_ANSWER_BYTES)))
      .to.be.an('error')
      .with.property('message')
      .that.contains('more than 65536 bytes');
  });

  it('is quoted where it refuses', async () => {
    const refusing: RequestListener = (_, response) => response.writeHead(503).end('in a moment');
    expect(await headFrom(refusing))
      .to.be.an('error')
      .with.property('message')
      .that.matches(/answers 503: in a moment$/);
  });
});
