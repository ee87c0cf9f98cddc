// A device's process for the crash test: signs and takes new keys without end, notes in a file what has left the kit, and waits
// to be killed. Usage: node rotate-forever.js FOLDER FILE
import { openSync, writeSync } from 'node:fs';
import { DeviceKit } from '../kit/device-kit.js';
import { numberedEvent } from './samples.js';

const [folder = '', file = ''] = process.argv.slice(2);
const kit = DeviceKit.open(folder);
const left = openSync(file, 'a');
for (let number = 0; ; number += 1) {
  const { jws, statementId } = kit.sign(numberedEvent(process.pid * 10_000 + number));
  writeSync(left, `${jws}\n`);
  if (number % 2 === 0) kit.acknowledge([statementId]);
  if (number % 3 !== 0) continue;
  writeSync(left, `${kit.rotate({ owner: 'CARRIER1' }).rotation}\n`);
  kit.confirmRotation();
}
