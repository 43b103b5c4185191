declare module 'snappyjs' {
  /** Throws when the block is cut, wrong, or longer than `maxLength` unpacked. */
  export function uncompress(compressed: Uint8Array, maxLength?: number): Uint8Array
  export function compress(raw: Uint8Array): Uint8Array
}
