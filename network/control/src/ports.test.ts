import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { isFree, needFreePorts } from './ports.js';

describe('needFreePorts', () => {
  it('names the port that another program holds, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const refusal = await needFreePorts([{ ports: [port] }]).catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'PORT_IN_USE' });
    expect((refusal as Error).message)
      .to.contain(`127.0.0.1:${String(port)}`)
      .and.to.contain('--base-port');
    other.close();
    await once(other, 'close');
    expect(await isFree(port)).to.equal(true);
    await needFreePorts([{ ports: [port] }]);
  });
});
