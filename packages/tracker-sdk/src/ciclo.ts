import type { EcommerceEvents, PropertiesOf } from './ecommerceEvents.ts'
import type { Properties, TrackerEvent, Traits } from './trackerEvent.ts'

/**
 * `pending`: nothing is stored and nothing is sent; calls wait in memory. `granted`: both happen. `denied`: calls are
 * dropped, and what was stored is cleared.
 */
export type ConsentState = 'granted' | 'pending' | 'denied'

export interface CicloOptions {
  /** The workspace's public key. */
  writeKey: string
  /** Where events go, such as `https://events.shop.example`. Default: where the script was loaded from. */
  host?: string
  /** The path below the host. Default: `/v1/batch`. */
  path?: string
  /** Default: `pending`. The tracker does not remember consent: the page says it on every load. */
  consent?: ConsentState
  /** Where the visitor's cookie counts, such as `shop.example`. Default: the widest domain that the browser allows. */
  cookieDomain?: string
  /**
   * Lets the server of `host` set the visitor's cookie: browsers that delete script-set cookies after 7 days (Safari)
   * keep that one. Only where `host` is on the shop's own domain. Default: false.
   */
  cookieRoute?: boolean
  /** Records page views, also those of single-page applications. Default: true. */
  pages?: boolean
  /** A fragment that begins with `#/` or `#!` is a page of its own, as in old single-page applications. Default: false. */
  hashRouting?: boolean
  /** Records clicks on links that leave the shop and on `[data-ciclo-event]`. Default: true. */
  clicks?: boolean
  /** Records sign-up forms when they are submitted. Default: true. */
  forms?: boolean
  /** Records how far and how long a page was read, once for each page. Default: true. */
  engagement?: boolean
  /** Other hosts of the same shop, separated by spaces: links to them carry the visitor on. Default: none. */
  linkHosts?: string
  /** Shows the messages that the shop has set up for its pages. Default: true. */
  onsite?: boolean
  /**
   * Counts page views of visitors who have not agreed, without anything that tells one from the other: no identifier,
   * nothing stored. Default: false.
   */
  anonymous?: boolean
}

export interface IdentifyOptions {
  /** A JSON Web Token of the shop's server for this person. Without it, who the visitor says to be is only a claim. */
  identityToken?: string
}

/** The public object, `window.ciclo`. No call ever throws into the page; a problem is a `console.warn`. */
export interface Ciclo {
  /** Starts the tracker, once. Calls made before wait for it. */
  init(options: CicloOptions): void
  page(name?: string, properties?: Properties): void
  page(category: string, name: string, properties?: Properties): void
  page(properties: Properties): void
  /** The properties of an e-commerce event are checked; any other event may have any. */
  track<Name extends keyof EcommerceEvents | (string & {})>(
    event: Name,
    ...properties: PropertiesOf<Name>
  ): void
  /** Traits are merged into those that were given before. Another user id than the last one starts a new visitor. */
  identify(userId: string, traits?: Traits, options?: IdentifyOptions): void
  identify(traits: Traits): void
  group(groupId: string, traits?: Traits): void
  /** `previousId` defaults to the current user id, else to the anonymous id. */
  alias(userId: string, previousId?: string): void
  /** Forgets user id and traits and starts a new anonymous visitor, as at a log-out. */
  reset(): void
  /** `true` is `granted`, `false` is `denied`. */
  consent(state: ConsentState | boolean): void
  /** Denies for good in this browser, whatever the page says later; `optOut(false)` takes it back. */
  optOut(out?: boolean): void
  /** Calls back once the tracker is initialised, at once if it already is. */
  ready(callback: () => void): void
  /** Calls back for each recorded event of a type, or for all (`'*'`). The answer ends it. */
  on(type: TrackerEvent['type'] | '*', listener: (event: TrackerEvent) => void): () => void
  /** Takes a call as an array, as the stub does: `ciclo.push(['track', 'Order Completed', { ... }])`. */
  push(...calls: StubCall[]): void
}

/** A call recorded by the stub (`window.ciclo = window.ciclo || []`) before the script was there. */
export type StubCall = readonly [method: string, ...values: unknown[]]
