/** Reads and writes one value of the shop in the browser; without storage it lives as long as the page. */
export const createBrowserStore = <Value>(storage: () => Storage, key: string, initial: Value) => {
  let memory = initial
  return {
    read(): Value {
      try {
        return JSON.parse(storage().getItem(key) ?? JSON.stringify(memory)) as Value
      } catch {
        return memory
      }
    },
    write(value: Value): void {
      memory = value
      try {
        storage().setItem(key, JSON.stringify(value))
      } catch {
        // Kept in memory only.
      }
    },
  }
}
