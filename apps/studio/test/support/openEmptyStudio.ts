import { makeOwner } from './makeOwner.ts'
import { openStudio, type OpenStudioOptions } from './openStudio.ts'

/** The studio of a new shop, which nothing has been sent to, before its signed-in owner. No demo. */
export const openEmptyStudio = (options: OpenStudioOptions = {}) =>
  openStudio({ ...options, demo: false, signIn: makeOwner })
