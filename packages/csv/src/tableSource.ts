/** A file that may be read more than once, whatever it is in. */
export interface TableSource {
  /** For people. */
  name: string
  bytes: () => AsyncIterable<Uint8Array>
}
