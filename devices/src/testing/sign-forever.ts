// A device's process for the crash test: signs without end, notes in a file what has left the kit, acknowledges some, and
// waits to be killed. Usage: node sign-forever.js FOLDER FILE
import { openSync, writeSync } from 'node:fs';
import { DeviceKit } from '../kit/device-kit.js';
import { numberedEvent } from './samples.js';

const [folder = '', file = ''] = process.argv.slice(2);
const kit = DeviceKit.open(folder);
const left = openSync(file, 'a');
for (let number = 0; ; number += 1) {
  // The process id makes each process's events its own: a number used again would carry other bytes.
  const { jws, statementId } = kit.sign(numberedEvent(process.pid * 10_000 + number));
  writeSync(left, `${jws}\n`);
  if (number % 3 === 0) kit.acknowledge([statementId]);
}
