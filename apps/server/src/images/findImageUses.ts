import { listTemplateVersions, readNewestTemplate } from '../store/queries/templates.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'

/** What shows an image now. */
export interface ImageUses {
  /** The templates whose draft or published version does, by their names. */
  templates: string[]
  /** Whether it is the logo of the brand, which stands in every mail. */
  isLogo: boolean
}

/** Who shows the file of that name. */
export async function findImageUses(store: Store, workspaceId: string, hash: string): Promise<ImageUses> {
  const { names, brand } = await store.read(async (tx) => ({
    names: new Set((await listTemplateVersions(tx, workspaceId)).map(({ name }) => name)),
    brand: (await readSettings(tx, workspaceId)).brand,
  }))
  const templates: string[] = []
  for (const name of names) {
    // One at a time: each may be a megabyte.
    const sources = await store.read(async (tx) => [
      await readNewestTemplate(tx, workspaceId, name, 'draft'),
      await readNewestTemplate(tx, workspaceId, name, 'published'),
    ])
    if (sources.some((row) => row && JSON.stringify(row.source).includes(`/images/${hash}.`)))
      templates.push(name)
  }
  return { templates, isLogo: brand.logoUrl?.includes(`/images/${hash}.`) ?? false }
}
