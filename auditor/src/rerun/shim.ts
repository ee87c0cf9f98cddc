import { createRequire } from 'node:module';

/** A chaincode as Fabric's Node runtime runs it. */
export interface ShimChaincode {
  Init(stub: ShimStub): Promise<unknown>;
  Invoke(stub: ShimStub): Promise<unknown>;
}

/** As much of the shim's stub as is looked at here. */
export interface ShimStub {
  getTransient: () => Map<string, Uint8Array>;
}

/** A message in the shim's copy of fabric-protos. */
export interface ShimMessage {
  serializeBinary(): Uint8Array;
}

/** The stream between a peer and a chaincode, as the shim sees it. */
export interface ShimStream {
  readonly on: (event: 'data' | 'end' | 'error', listener: (message: ShimMessage) => void) => void;
  write(message: ShimMessage): void;
  end(): void;
}

/** Fabric's own Node runtime (fabric-shim 2.5.8), of which parts ship without types. */
interface Shim {
  /** Goes through the conversation of a chaincode with its peer (lib/handler.js). */
  readonly ChaincodeMessageHandler: new (
    stream: ShimStream,
    chaincode: ShimChaincode,
  ) => { chat(first: ShimMessage): void };
  /** Routes calls to contracts (lib/contract-spi/chaincodefromcontract.js). */
  readonly ChaincodeFromContract: new (
    contracts: (new () => object)[],
    serializers: object,
    metadata: object,
    title: string,
    version: string,
  ) => ShimChaincode;
  readonly Contract: new () => object;
  readonly JSONSerializer: new () => object;
  readonly readMessage: (bytes: Uint8Array) => ShimMessage;
}

/** The library that the runtime logs by. */
interface Winston {
  createLogger: (options: object) => object;
}

/** Who sets it wants to read what the runtime and the chaincode log. */
const LOGGING_LEVEL = 'CORE_CHAINCODE_LOGGING_LEVEL';

/**
 * Lets loggers that are made from now on say nothing. A level alone would not do: what it holds back is put into words
 * all the same, every message between peer and chaincode, at a third of what a rerun costs.
 */
function silence(winston: Winston): void {
  const { createLogger } = winston;
  // An ordinary function, because the runtime calls it by `new`.
  winston.createLogger = function silent(options) {
    return createLogger({ ...options, silent: true });
  };
}

let loaded: Shim | undefined;

/** Loads it when it is first needed, and quietly: it logs every refusal of a chaincode as an error. */
export function shim(): Promise<Shim> {
  loaded ??= load();
  return Promise.resolve(loaded);
}

function load(): Shim {
  const require = createRequire(import.meta.url);
  // The shim takes messages of its own copy of fabric-protos only.
  const inShim = createRequire(require.resolve('fabric-shim'));
  if (process.env[LOGGING_LEVEL] === undefined) silence(inShim('winston') as Winston);
  const { peer } = inShim('@hyperledger/fabric-protos') as {
    readonly peer: { readonly ChaincodeMessage: { deserializeBinary(bytes: Uint8Array): ShimMessage } };
  };
  const { ChaincodeMessageHandler } = require('fabric-shim/lib/handler.js') as Shim;
  const { Contract, JSONSerializer } = require('fabric-contract-api') as Shim;
  const ChaincodeFromContract =
    require('fabric-shim/lib/contract-spi/chaincodefromcontract.js') as Shim['ChaincodeFromContract'];
  return {
    ChaincodeMessageHandler,
    ChaincodeFromContract,
    Contract,
    JSONSerializer,
    readMessage: (bytes) => peer.ChaincodeMessage.deserializeBinary(bytes),
  };
}
