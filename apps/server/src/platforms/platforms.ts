import { z } from 'zod'
import { generic } from './generic/generic.ts'
import type { Platform } from './platform.ts'
import { shopify, SHOPIFY_TOPICS } from './shopify/shopify.ts'
import { woocommerce, WOOCOMMERCE_TOPICS } from './woocommerce/woocommerce.ts'

export const PLATFORMS = ['shopify', 'woocommerce', 'generic'] as const
export const PlatformNameSchema = z.enum(PLATFORMS)
export type PlatformName = z.infer<typeof PlatformNameSchema>

/** The shop systems that are known, each in a folder of its own. */
export const platforms: Readonly<Record<PlatformName, Platform>> = { shopify, woocommerce, generic }

/** What to have each of them tell. */
export const TOPICS: Readonly<Record<PlatformName, readonly string[]>> = {
  shopify: SHOPIFY_TOPICS,
  woocommerce: WOOCOMMERCE_TOPICS,
  generic: [],
}
