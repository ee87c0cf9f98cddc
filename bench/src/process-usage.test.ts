import { expect } from 'chai';

import { cpuSecondsOf, mostResidentMegabytesOf, residentMegabytesOf } from './process-usage.js';

describe('what the kernel says of a process', () => {
  it('adds user and kernel time, whatever the process is called', () => {
    const rest = 'S 1 42 42 0 -1 4194560 9000 0 3 0 1234 66 0 0 20 0 11 0 5555 1000000 2000';
    expect(cpuSecondsOf(`42 (node) ${rest}`)).to.equal(13);
    expect(cpuSecondsOf(`42 (a (very) odd name) ${rest}`)).to.equal(13);
  });

  it('reads resident memory in MB', () => {
    const status = 'Name:\tnode\nVmHWM:\t  250000 kB\nVmRSS:\t  125000 kB\n';
    expect(residentMegabytesOf(status)).to.equal(128);
    expect(mostResidentMegabytesOf(status)).to.equal(256);
  });
});
