/** What a module of ours exports. */
export type Exports<Name extends string> = Readonly<Record<Name, (...args: readonly number[]) => void>> & {
  readonly memory: { readonly buffer: ArrayBuffer };
};

/** The part of the WebAssembly JavaScript Interface that is used here; TypeScript knows it in browsers alone. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** Compiles a module that imports nothing, and starts it. */
export function instantiate<Name extends string>(bytes: Uint8Array<ArrayBuffer>): Exports<Name> {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports<Name>;
}
