import type { Capture } from '../capture.ts'
import { captureClicks } from './captureClicks.ts'
import { captureEngagement } from './captureEngagement.ts'
import { captureForms } from './captureForms.ts'
import { countAnonymously } from './countAnonymously.ts'
import { keepCookie } from './keepCookie.ts'
import { linkHosts } from './linkHosts.ts'
import { loadOnsite } from './loadOnsite.ts'

/** What the whole tracker does besides page views. The visitor from another host comes first: the rest is theirs. */
export const captures: readonly Capture[] = [
  linkHosts,
  keepCookie,
  captureClicks,
  captureForms,
  captureEngagement,
  countAnonymously,
  loadOnsite,
]
