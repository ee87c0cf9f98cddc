import { expect } from 'chai';

import { Faults } from './faults.js';
import { startFaultServer } from './server.js';

describe('the server that switches faults', () => {
  const PORT = 25_405;

  it('takes a state, tells it, and refuses what it cannot read', async () => {
    const faults = new Faults();
    const server = await startFaultServer(faults, ['customs', 'port', 'business', 'auditor'], PORT);
    try {
      const url = `http://127.0.0.1:${PORT}/faults`;
      const put = await fetch(url, { method: 'PUT', body: '{"down":["auditor"]}' });
      expect(put.status).to.equal(200);
      expect(faults.isDown('auditor')).to.equal(true);
      expect(await (await fetch(url)).json()).to.deep.include({ down: ['auditor'], stalled: false });
      const bad = await fetch(url, { method: 'PUT', body: '{"down":["x"]}' });
      expect([bad.status, await bad.json()]).to.deep.equal([400, { error: 'there is no organisation "x"' }]);
      expect(faults.isDown('auditor')).to.equal(true);
      expect((await fetch(url, { method: 'POST' })).status).to.equal(405);
      expect((await fetch(`${url}/x`)).status).to.equal(404);
    } finally {
      await server.close();
    }
  });
});
