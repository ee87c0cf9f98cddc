import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Organization } from '../network.js';
import type { NetworkPaths } from '../paths.js';

const PROGRAM = fileURLToPath(new URL('./fixture-chaincode.js', import.meta.url));

/** A fixture chaincode that runs as a process of its own. */
export interface ChaincodeProcess {
  stop(): Promise<void>;
}

/** Starts a fixture chaincode where the peers expect this organisation's, and waits until it listens. */
export async function startChaincode(
  { name, ports }: Organization,
  paths: NetworkPaths,
  answer?: string,
): Promise<ChaincodeProcess> {
  const files = paths.organization(name);
  const pair = files.pair('chaincode');
  const child = fork(PROGRAM, {
    // The shim starts its gRPC server in a way that grpc-js calls outdated.
    execArgv: ['--no-deprecation'],
    env: {
      ...process.env,
      CORE_CHAINCODE_ID: 'fixture:1',
      CORE_CHAINCODE_ADDRESS: `127.0.0.1:${ports.chaincode}`,
      CORE_CHAINCODE_TLS_KEY_FILE: pair.key,
      CORE_CHAINCODE_TLS_CERT_FILE: pair.cert,
      CORE_CHAINCODE_TLS_CLIENT_CACERT_FILE: files.chaincodeClientCa,
      ...(answer !== undefined && { FIXTURE_ANSWER: answer }),
    },
  });
  await Promise.race([once(child, 'message'), failed(child)]);
  return { stop: () => stop(child) };
}

async function failed(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`the fixture chaincode ended with ${String(code)} before it listened`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
