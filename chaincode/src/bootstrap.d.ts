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
