import type { MapContext, PlatformEvent } from './platform.ts'

type Who = Pick<PlatformEvent, 'userId' | 'anonymousId' | 'traits'>

/** Whom a message is about: by the system's id, the address that it knows, and the order, as far as it says them. */
export function whoOf(
  {
    orderId,
    customerId,
    email,
  }: {
    orderId?: string | null | undefined
    customerId?: string | null | undefined
    email?: string | undefined
  },
  { knowsIds, nameOf }: MapContext,
): Who {
  return {
    ...(knowsIds && customerId ? { userId: customerId } : {}),
    ...(orderId ? { anonymousId: nameOf(`order/${orderId}`) } : {}),
    traits: email === undefined ? {} : { email },
  }
}
