import { readFileSync } from 'node:fs';

/** What Fabric's chaincode server is started with (fabric-shim 2.5.8, lib/server.js). */
export interface ServerOptions {
  /** The package id under which the peer knows this chaincode. */
  readonly ccid: string;
  /** `host:port` to listen on. */
  readonly address: string;
  /** With `clientCACerts` the peer must show a certificate of these CAs; without `tlsProps` anyone may connect in plain text. */
  readonly tlsProps?: { readonly key: Buffer; readonly cert: Buffer; readonly clientCACerts?: Buffer };
  readonly 'grpc.max_send_message_length': number;
  readonly 'grpc.max_receive_message_length': number;
}

/** Something in the environment that keeps the server from starting; the message says what to set. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the options from the variables that `fabric-chaincode-node server` reads as well: CORE_CHAINCODE_ID,
 * CORE_CHAINCODE_ADDRESS and, for TLS, CORE_CHAINCODE_TLS_KEY_FILE, _CERT_FILE and _CLIENT_CACERT_FILE (PEM files).
 *
 * @throws EnvironmentError
 */
export function serverOptions(env: Environment): ServerOptions {
  const key = pem(env, 'CORE_CHAINCODE_TLS_KEY_FILE');
  const cert = pem(env, 'CORE_CHAINCODE_TLS_CERT_FILE');
  const clientCACerts = pem(env, 'CORE_CHAINCODE_TLS_CLIENT_CACERT_FILE');
  if ((key === undefined) !== (cert === undefined)) {
    throw new EnvironmentError(
      'TLS needs both CORE_CHAINCODE_TLS_KEY_FILE and CORE_CHAINCODE_TLS_CERT_FILE: set the other one too',
    );
  }
  if (clientCACerts !== undefined && key === undefined) {
    throw new EnvironmentError(
      'CORE_CHAINCODE_TLS_CLIENT_CACERT_FILE is set, but no key and certificate: set CORE_CHAINCODE_TLS_KEY_FILE and _CERT_FILE',
    );
  }
  return {
    ccid: required(env, 'CORE_CHAINCODE_ID'),
    address: required(env, 'CORE_CHAINCODE_ADDRESS'),
    ...(key && cert && { tlsProps: { key, cert, ...(clientCACerts && { clientCACerts }) } }),
    // Batches are longer than the 4 MiB that gRPC allows by default; what is too long is judged by the contract.
    'grpc.max_send_message_length': -1,
    'grpc.max_receive_message_length': -1,
  };
}

function required(env: Environment, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new EnvironmentError(`${name} is not set`);
  return value;
}

function pem(env: Environment, name: string): Buffer | undefined {
  const path = env[name];
  if (path === undefined || path === '') return undefined;
  try {
    return readFileSync(path);
  } catch (error) {
    throw new EnvironmentError(`${name} names a file that cannot be read: ${(error as Error).message}`);
  }
}
