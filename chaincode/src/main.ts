/*
 * Runs the contract as a service in Fabric's own Node runtime: the peer connects to it. Nobody imports this file.
 */
import './log-level.js';
import contractApi from 'fabric-contract-api';
import Bootstrap from 'fabric-shim/lib/contract-spi/bootstrap.js';
import { PassageContract } from './contract.js';
import { EnvironmentError, serverOptions } from './server-options.js';

const serializers = {
  transaction: 'jsonSerializer',
  serializers: { jsonSerializer: contractApi.JSONSerializer },
};

try {
  const options = serverOptions(process.env);
  await Bootstrap.register([PassageContract], serializers, {}, 'passage', '1', options, true);
  const security = options.tlsProps ? (options.tlsProps.clientCACerts ? 'mutual TLS' : 'TLS') : 'plain text';
  console.log(JSON.stringify({ ready: true, ccid: options.ccid, address: options.address, security }));
} catch (error) {
  const usage = error instanceof EnvironmentError;
  console.error(`The chaincode cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(usage ? 2 : 3);
}
