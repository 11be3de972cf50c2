/** The part of the tracker's public object that this shop uses. A shop copies these lines from the documentation. */
interface Ciclo {
  track(event: string, properties: Record<string, unknown>): void
  identify(traits: Record<string, unknown>): void
}

declare global {
  interface Window {
    ciclo?: Ciclo
  }
}

/** Where the tracker is blocked, the shop works just as well, only unheard. */
export const track = (event: string, properties: Record<string, unknown>): void =>
  window.ciclo?.track(event, properties)

export const identify = (traits: Record<string, unknown>): void => window.ciclo?.identify(traits)
