// Loads piste.wasm from where the site serves it.

/** Compiles while loading where the server's content type allows it, else after. */
export const fetchWasm = async (source: string | URL | Promise<WebAssembly.Module>): Promise<WebAssembly.Instance> => {
  if (source instanceof Promise) return WebAssembly.instantiate(await source);
  const response = await fetch(source);
  const { instance } =
    response.headers.get('Content-Type') === 'application/wasm'
      ? await WebAssembly.instantiateStreaming(response)
      : await WebAssembly.instantiate(await response.arrayBuffer());
  return instance;
};
