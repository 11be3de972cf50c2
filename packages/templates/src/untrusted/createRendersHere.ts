import { checkTemplate } from '../check/checkTemplate.ts'
import { compileTemplate } from '../compileTemplate.ts'
import type { RenderPool } from './createRenderPool.ts'
import { renderGuarded } from './renderGuarded.ts'

/**
 * The same without processes of its own, for who renders their own templates on their own machine: as quick as the first
 * process of a pool is to start. A template that never ends keeps this process busy until somebody ends it.
 */
export function createRendersHere(): RenderPool {
  return {
    render: async (source, options, request) =>
      renderGuarded(await compileTemplate(source, options), request, []),
    check: (source, options) => checkTemplate(source, options),
    stop: async () => {},
  }
}
