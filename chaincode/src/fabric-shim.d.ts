/** Fabric's own start of a contract (fabric-shim 2.5.8, lib/contract-spi/bootstrap.js), which ships without types. */
declare module 'fabric-shim/lib/contract-spi/bootstrap.js' {
  const Bootstrap: {
    register(
      contracts: readonly (new () => object)[],
      serializers: object,
      fileMetadata: object,
      title: string,
      version: string,
      options: object,
      serverMode: boolean,
    ): Promise<void>;
  };
  export default Bootstrap;
}

/** The shim's routing of calls to contracts, for tests that want all of Fabric's own code between call and contract. */
declare module 'fabric-shim/lib/contract-spi/chaincodefromcontract.js' {
  import type { ChaincodeInterface } from 'fabric-shim';

  export default class ChaincodeFromContract {
    constructor(
      contracts: (new () => object)[],
      serializers: object,
      metadata: object,
      title: string,
      version: string,
    );
    readonly metadata: object;
    readonly Invoke: ChaincodeInterface['Invoke'];
  }
}
