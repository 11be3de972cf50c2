import type { Hono } from 'hono'
import type { MakeMailLinks } from '../mail/mailLinks.ts'
import type { ReadSurvey } from '../mail/readSurvey.ts'
import type { RenderMessage } from '../mail/renderMessage.ts'
import { addBrandStyleRoute } from './links/brandStyleRoute.ts'
import { addClickRoute } from './links/clickRoute.ts'
import { addConfirmRoutes } from './links/confirmRoutes.ts'
import { createLinkShell, type LinkShellOptions } from './links/linkShell.ts'
import { addOpenRoute } from './links/openRoute.ts'
import { addPreferenceRoutes } from './links/preferenceRoutes.ts'
import { addSurveyRoutes } from './links/surveyRoutes.ts'
import { addUnsubscribeRoutes } from './links/unsubscribeRoutes.ts'
import { addViewRoute } from './links/viewRoute.ts'

export interface LinkRoutesOptions extends LinkShellOptions {
  renderMessage: RenderMessage
  linksOf: MakeMailLinks
  readSurvey: ReadSurvey
  /** The shop's address where the workspace has not said its own. */
  shopUrl: () => string
}

/**
 * The links of our own mails: open pixel, click redirect, unsubscribe (RFC 8058), preferences, opt-in confirmation, the
 * mail as a page, and the answers to its question. A GET of a page changes nothing: scanners fetch every link.
 */
export function createLinkRoutes(options: LinkRoutesOptions): Hono {
  const shell = createLinkShell(options)
  addOpenRoute(shell, options)
  addClickRoute(shell, options)
  addUnsubscribeRoutes(shell, options)
  addPreferenceRoutes(shell, options)
  addConfirmRoutes(shell, options)
  addViewRoute(shell, options)
  addSurveyRoutes(shell, options)
  addBrandStyleRoute(shell.routes, options)
  return shell.routes
}
