import { createBrowserStore } from './createBrowserStore.ts'

interface KnownCustomer {
  name?: string
  email?: string
}

const store = createBrowserStore<KnownCustomer>(() => localStorage, 'demo-store.customer', {})

/** What the person once typed in this browser, so that the shop does not ask twice. */
export const readCustomer = (): KnownCustomer => store.read()

export const rememberCustomer = (customer: KnownCustomer): void =>
  store.write({ ...store.read(), ...customer })
