import { expect } from 'chai';
import { fill } from './template.js';

describe('fill', () => {
  it('puts values where the template names them, however deep', () => {
    const text = "listen: '${host}:${port.peer}' # ${port.peer}";
    expect(fill(text, { host: '127.0.0.1', port: { peer: 7401 } })).to.equal(
      "listen: '127.0.0.1:7401' # 7401",
    );
  });

  it("keeps a quote in a folder's name inside its YAML text", () => {
    expect(fill("path: '${folder}/msp'", { folder: "/home/o'neil" })).to.equal("path: '/home/o''neil/msp'");
  });

  it('refuses a name that has no value, or that is a group', () => {
    expect(() => fill('${port.peer}', { port: {} })).to.throw(TypeError, 'port.peer');
    expect(() => fill('${port}', { port: { peer: 1 } })).to.throw(TypeError, 'port');
  });
});
